/** All records of who may come in, and the one way in which they are written: one change after the other. */
import type { Staff } from "../../shared/clinic/staff.ts";
import { staffKind } from "../records/kinds.ts";
import type { Register, Written } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import { deviceKind, type KnownDevice, type Secret, secretKind, type SignIn, signInKind } from "./kinds.ts";
import { commit, loadShelf, type Pending, type Shelf } from "./shelf.ts";

export type Ledger = Readonly<{
  register: Register;
  staff: Shelf<Staff>;
  secrets: Shelf<Secret>;
  devices: Shelf<KnownDevice>;
  signIns: Shelf<SignIn>;
  /** Does this while nothing else is written, so that what it has looked at still stands when it writes. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  write: (pending: readonly Pending[]) => Promise<StoreResult<Written>>;
  /** Resolves once all that was begun is written. */
  settled: () => Promise<void>;
}>;

/** Reads them all. */
export const loadLedger = async (register: Register): Promise<StoreResult<Ledger>> => {
  const staff = await loadShelf(register, staffKind);
  if (!staff.ok) return staff;
  const secrets = await loadShelf(register, secretKind);
  if (!secrets.ok) return secrets;
  const devices = await loadShelf(register, deviceKind);
  if (!devices.ok) return devices;
  const signIns = await loadShelf(register, signInKind);
  if (!signIns.ok) return signIns;
  let last: Promise<unknown> = Promise.resolve();
  return {
    ok: true,
    value: {
      register,
      ...{ staff: staff.value, secrets: secrets.value, devices: devices.value, signIns: signIns.value },
      alone: (work) => {
        const mine = last.then(work);
        last = mine.catch(() => undefined);
        return mine;
      },
      write: (pending) => commit(register, pending),
      settled: async () => {
        await last;
      },
    },
  };
};
