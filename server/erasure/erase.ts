/**
 * Erases a patient: the records with every version, and everything that was recorded in their sessions. Written into the ledger first, so
 * that what a crash has left undone, or a backup has brought back, is erased at the next start.
 */
import { classKind } from "../records/kinds.ts";
import { collection } from "../register/collection.ts";
import type { Named, Register } from "../register/register.ts";
import type { Recordings } from "../store/recordings.ts";
import { failed, type Store, type StoreResult } from "../store/store.ts";
import type { Ledger } from "./ledger.ts";
import { type Part, partsOf, removalOf } from "./parts.ts";

export type ErasureOptions = Readonly<{
  register: Register;
  recordings: Pick<Recordings, "removeLines"> & Pick<Store, "readKind" | "loadAnchor">;
  ledger: Ledger;
}>;

/** How much is gone: records of the register, and lines of recordings. */
export type Gone = Readonly<{ records: number; lines: number }>;

/** Erases somebody; twice leaves the same as once. The live floor must hold nothing of them any more. */
export const erase = async (
  options: ErasureOptions,
  patient: string,
  at: number,
): Promise<StoreResult<Gone>> => {
  const added = options.ledger.add({ patient, at });
  return added.ok ? carryOut(options, patient) : added;
};

/**
 * Erases anew whoever was erased before and is there again, before anything is folded from what they left. Answers how many were.
 */
export const eraseAgain = async (options: ErasureOptions): Promise<StoreResult<number>> => {
  const { register, ledger } = options;
  const all = ledger.all();
  if (!all.ok) return all;
  let count = 0;
  for (const patient of new Set(all.value.map((erased) => erased.patient))) {
    const [owned, own] = [await register.everOf(patient), await register.history("patient", patient)];
    if (!owned.ok) return owned;
    if (!own.ok) return own;
    if (owned.value.length + own.value.length === 0) continue;
    const gone = await carryOut(options, patient);
    if (!gone.ok) return gone;
    count += 1;
  }
  return { ok: true, value: count };
};

const carryOut = async (
  { register, recordings }: ErasureOptions,
  patient: string,
): Promise<StoreResult<Gone>> => {
  const parts = await partsOf({ register, recordings }, patient);
  if (!parts.ok) return parts;
  const lines = await recordings.removeLines(parts.value.map((part) => removalOf(part, "erased")));
  if (!lines.ok) return lines;
  const left = await leaveClasses(register, patient, parts.value);
  if (!left.ok) return left;
  const owned = await register.everOf(patient);
  if (!owned.ok) return owned;
  const records: readonly Named[] = [...owned.value, { kind: "patient", id: patient }];
  const purged = await register.purge(records, "nothing");
  if (!purged.ok) return purged;
  // Without anything to take away it rewrites the file, so that no page holds what the records held.
  const scrubbed = await recordings.removeLines([]);
  return scrubbed.ok ? { ok: true, value: { records: records.length, lines: lines.value } } : scrubbed;
};

/** A class keeps its other patients; no version of its record keeps this one. */
const leaveClasses = async (
  register: Register,
  patient: string,
  parts: readonly Part[],
): Promise<StoreResult<null>> => {
  const classes = collection(register, classKind);
  for (const id of new Set(parts.flatMap(({ span }) => span.class ?? []))) {
    const kept = await classes.get(id);
    if (!kept.ok) return kept;
    if (kept.value === null) continue;
    const { body, by, at, version } = kept.value;
    const sessions = body.sessions.filter((s) => s.patient !== patient);
    const written = await classes.write([classes.change(id, { ...body, sessions }, version, { by, at })]);
    if (!written.ok) return written;
    if (written.value.is !== "written")
      return failed("busy", `The record of the class ${id} was changed at the same moment.`);
    const purged = await register.purge([{ kind: "class", id }], "what-stands");
    if (!purged.ok) return purged;
  }
  return { ok: true, value: null };
};
