/**
 * Erases a patient: the records with every version, and everything that was recorded in their sessions. Written into the ledger first, so
 * that what a crash has left undone, or a backup has brought back, is erased at the next start.
 */
import { keepingWords as words } from "../../shared/view/keeping-words.ts";
import { classKind } from "../records/kinds.ts";
import { collection } from "../register/collection.ts";
import type { Named, Register } from "../register/register.ts";
import type { Recordings } from "../store/recordings.ts";
import { failed, type Store, type StoreResult } from "../store/store.ts";
import type { Ledger } from "./ledger.ts";
import { type Part, partsOf, removalOf } from "./parts.ts";

export type ErasureOptions = Readonly<{
  register: Register;
  recordings: Pick<Recordings, "removeLines" | "scrub"> & Pick<Store, "readKind" | "loadAnchor">;
  ledger: Ledger;
  /** False: from now on a class is under way, and no further step may be taken. */
  isQuiet?: () => boolean;
}>;

/** How much is gone: records of the register, and lines of recordings. */
export type Gone = Readonly<{ records: number; lines: number }>;

/** `scrubbed` says whether the bytes are gone from the files too; where they are not, the next start sees to it. */
export type Carried = Readonly<{ gone: Gone; scrubbed: StoreResult<null> }>;

/** Erases somebody; twice leaves the same as once. The live floor must hold nothing of them any more. */
export const erase = async (
  options: ErasureOptions,
  patient: string,
  at: number,
): Promise<StoreResult<Carried>> => {
  const parts = await partsOf(options, patient);
  if (!parts.ok) return parts;
  const sessions = [...new Set(parts.value.map(({ span }) => String(span.session)))];
  const added = options.ledger.add({ patient, at, sessions });
  return added.ok ? carryOut(options, { patient, at, parts: parts.value }) : added;
};

/** How many were erased again, and why what is left of them in the files could not be removed; null where it was. */
export type Again = Readonly<{ erased: number; unscrubbed: string | null }>;

/**
 * Erases anew whoever was erased before and is there again, and carries on with what was begun and never done, before anything is folded
 * from what they left.
 */
export const eraseAgain = async (options: ErasureOptions): Promise<StoreResult<Again>> => {
  const { register, ledger } = options;
  const [all, undone] = [ledger.all(), ledger.undone()];
  if (!all.ok) return all;
  if (!undone.ok) return undone;
  let erased = 0;
  let unscrubbed: string | null = null;
  for (const [patient, at] of new Map(all.value.map((one) => [one.patient, one.at]))) {
    const [owned, own] = [await register.everOf(patient), await register.history("patient", patient)];
    if (!owned.ok) return owned;
    if (!own.ok) return own;
    if (owned.value.length + own.value.length === 0 && !undone.value.has(patient)) continue;
    const parts = await partsOf(options, patient);
    if (!parts.ok) return parts;
    const carried = await carryOut(options, { patient, at, parts: parts.value });
    if (!carried.ok) return carried;
    erased += 1;
    if (!carried.value.scrubbed.ok) unscrubbed = carried.value.scrubbed.error.detail;
  }
  return { ok: true, value: { erased, unscrubbed } };
};

const carryOut = async (
  { register, recordings, ledger, isQuiet = () => true }: ErasureOptions,
  { patient, at, parts }: Readonly<{ patient: string; at: number; parts: readonly Part[] }>,
): Promise<StoreResult<Carried>> => {
  let lines = 0;
  for (const part of parts) {
    if (!isQuiet()) return classBegan;
    const removed = await recordings.removeLines([removalOf(part, "erased")]);
    if (!removed.ok) return removed;
    lines += removed.value;
  }
  if (!isQuiet()) return classBegan;
  const left = await leaveClasses(register, patient, parts);
  if (!left.ok) return left;
  const owned = await register.everOf(patient);
  if (!owned.ok) return owned;
  const records: readonly Named[] = [...owned.value, { kind: "patient", id: patient }];
  if (!isQuiet()) return classBegan;
  const purged = await register.purge(records, "nothing");
  if (!purged.ok) return purged;
  const gone = { records: records.length, lines };
  // It rewrites the file, so that no page holds what the records held.
  const scrubbed = isQuiet() ? await recordings.scrub() : classBegan;
  return { ok: true, value: { gone, scrubbed: scrubbed.ok ? ledger.done({ patient, at }) : scrubbed } };
};

const classBegan = failed("busy", words.classBegan);

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
