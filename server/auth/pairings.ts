/** Screens that ask to be let in: each shows a code, and somebody who is signed in types it. */
import { randomInt } from "node:crypto";
import { after, minutes, type Monotonic } from "../../shared/units.ts";
import { digestOf, newToken } from "./tokens.ts";

export type Pairing = Readonly<{ code: string; expiresAt: Monotonic }>;

export type Asked =
  | Readonly<{ ok: true; token: string; pairing: Pairing }>
  /** Too many ask at once, from this address or at all. */
  | Readonly<{ ok: false }>;

export type Pairings = Readonly<{
  /** A code for a browser; the same again while it is good, where `token` is what the browser was given with it. */
  ask: (token: string | null, address: string, now: Monotonic) => Asked;
  /** The one that waits under a code, however it was typed. */
  waiting: (code: string, now: Monotonic) => Pairing | null;
  /** Lets the screen in that shows the code: `deviceToken` is handed over when it asks next. */
  confirm: (pairing: Pairing, deviceToken: string) => void;
  /** What has become of a browser's asking; its device's token is given away once. */
  collect: (
    token: string | null,
    now: Monotonic,
  ) => Readonly<{ state: "waiting" | "expired" }> | Readonly<{ state: "paired"; deviceToken: string }>;
}>;

/** Of each pair that looks alike across a room (O 0, I 1, B 8, S 5, Z 2, G 6, U V) none, or one. */
const letters = "ACDEFHJKMNPRTWXY3479";
const codeLength = 6;
const goodFor = minutes(10);
const mostFromOneAddress = 5;
const mostAtAll = 50;

type Asking = Pairing & Readonly<{ digest: string; address: string; deviceToken: string | null }>;

export const createPairings = (): Pairings => {
  let all: readonly Asking[] = [];
  const standing = (now: Monotonic): readonly Asking[] => (all = all.filter((one) => now < one.expiresAt));
  const mine = (token: string | null, now: Monotonic): Asking | undefined => {
    const digest = token === null ? null : digestOf(token);
    return standing(now).find((one) => one.digest === digest);
  };
  return {
    ask: (token, address, now) => {
      const known = mine(token, now);
      if (known !== undefined && token !== null && known.deviceToken === null)
        return { ok: true, token, pairing: known };
      const asking = standing(now);
      if (
        asking.length >= mostAtAll ||
        asking.filter((one) => one.address === address).length >= mostFromOneAddress
      )
        return { ok: false };
      const fresh = newToken();
      const pairing = {
        code: newCode(asking),
        expiresAt: after(now, goodFor),
        ...{ digest: digestOf(fresh), address, deviceToken: null },
      };
      all = [...asking, pairing];
      return { ok: true, token: fresh, pairing };
    },
    waiting: (typed, now) => {
      const code = typed.toUpperCase().replace(/[\s-]/g, "");
      return standing(now).find((one) => one.code === code && one.deviceToken === null) ?? null;
    },
    confirm: ({ code }, deviceToken) => {
      all = all.map((one) => (one.code === code ? { ...one, deviceToken } : one));
    },
    collect: (token, now) => {
      const known = mine(token, now);
      if (known === undefined) return { state: "expired" };
      if (known.deviceToken === null) return { state: "waiting" };
      all = all.filter((one) => one !== known);
      return { state: "paired", deviceToken: known.deviceToken };
    },
  };
};

const newCode = (taken: readonly Pairing[]): string => {
  for (;;) {
    const code = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join("");
    if (!taken.some((one) => one.code === code)) return code;
  }
};
