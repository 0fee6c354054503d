/** All cuffs of the clinic with their credentials, as the register has them now: read whole at the start and after each change. */
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";
import type { SiteId } from "../../shared/ids.ts";
import { permitOf } from "../broker/permit.ts";
import { cuffKind } from "../records/kinds.ts";
import { collection, type Collection, everyOne } from "../register/collection.ts";
import type { Entry, Register } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import type { Access } from "./gate.ts";
import { type Credential, credentialKind } from "./kinds.ts";

export type Roll = Readonly<{
  records: Collection<CuffRecord>;
  credentials: Collection<Credential>;
  /** Every cuff that is registered, as it was read last. */
  cuffs: () => readonly Entry<CuffRecord>[];
  /** Its credentials; undefined where it has none. */
  credentialOf: (id: string) => Entry<Credential> | undefined;
  /** How many have credentials. */
  paired: () => number;
  /** Reads everything anew. To be called by whoever has written cuffs; the credentials that hold follow from it. */
  refresh: () => Promise<StoreResult<null>>;
}>;

/** `changed` is given what holds after each reading. */
export const openRoll = (
  register: Register,
  site: SiteId,
  changed: (accesses: readonly Access[]) => void,
): Roll => {
  const records = collection(register, cuffKind);
  const credentials = collection(register, credentialKind);
  let cuffs: readonly Entry<CuffRecord>[] = [];
  let held: ReadonlyMap<string, Entry<Credential>> = new Map();
  let newest = 0;

  const refresh = async (): Promise<StoreResult<null>> => {
    newest += 1;
    const mine = newest;
    const [allCuffs, allCredentials] = [await everyOne(records), await everyOne(credentials)];
    if (!allCuffs.ok) return allCuffs;
    if (!allCredentials.ok) return allCredentials;
    // One that was begun later has read what is newer.
    if (mine === newest) {
      cuffs = allCuffs.value;
      held = new Map(allCredentials.value.map((c) => [c.id, c]));
      changed(accessesOf(site, cuffs, held));
    }
    return { ok: true, value: null };
  };

  return {
    ...{ records, credentials, refresh },
    cuffs: () => cuffs,
    credentialOf: (id) => held.get(id),
    paired: () => held.size,
  };
};

/** Credentials hold for the name that they were made for, and not for a cuff that was taken out of use. */
const accessesOf = (
  site: SiteId,
  cuffs: readonly Entry<CuffRecord>[],
  held: ReadonlyMap<string, Entry<Credential>>,
): readonly Access[] =>
  cuffs.flatMap(({ id, body: { cuff, basic, retired } }) => {
    const credential = held.get(id);
    return credential === undefined || retired || credential.body.cuff !== cuff
      ? []
      : [{ cuff, hash: credential.body.hash, permit: permitOf(site, cuff, basic?.topic ?? null) }];
  });
