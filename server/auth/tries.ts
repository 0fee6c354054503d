/** How often somebody may try a password or a PIN. None of it is asked where somebody acknowledges or releases by a tapped name. */
import { minutes, seconds } from "../../shared/units.ts";
import { type Attempts, createAttempts } from "./attempts.ts";

export type Tries = Readonly<{
  /** Of a password: for a name from anywhere, or from one known tablet, so that nobody outside can hold up whoever is at the tablet. */
  name: Attempts;
  /** Of a password, for an address, whatever the names. */
  address: Attempts;
  /** Of a PIN, for one person on one device: after these the password is needed there. */
  pin: Attempts;
}>;

const pinsFree = 5;

/** `demo`: there are no passwords, so a PIN that was wrong too often waits for a minute instead. */
export const createTries = ({ demo }: Readonly<{ demo: boolean }>): Tries => ({
  name: createAttempts({ free: 5, first: seconds(1), most: minutes(1), forgetAfter: minutes(15) }),
  address: createAttempts({ free: 20, first: seconds(1), most: seconds(30), forgetAfter: minutes(15) }),
  pin: demo
    ? createAttempts({ free: pinsFree, first: minutes(1), most: minutes(1), forgetAfter: minutes(1) })
    : createAttempts({ free: pinsFree, first: Infinity, most: Infinity, forgetAfter: Infinity }),
});
