/**
 * Erases a patient: the records with every version, and everything that was recorded in their sessions. Written into the ledger first, so
 * that what a crash has left undone, or a backup has brought back, is erased at the next start.
 */
import { recordingSchema, type RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { classKind } from "../records/kinds.ts";
import { askedOf } from "../recordings/archive.ts";
import { wantedOf } from "../recordings/record.ts";
import { collection } from "../register/collection.ts";
import type { Entry, Named, Register } from "../register/register.ts";
import type { Recordings } from "../store/recordings.ts";
import type { Removal } from "../store/removal.ts";
import { failed, type StoreResult } from "../store/store.ts";
import type { Ledger } from "./ledger.ts";

export type ErasureOptions = Readonly<{
  register: Register;
  recordings: Pick<Recordings, "removeLines">;
  ledger: Ledger;
}>;

/** How much is gone: records of the register, and lines of recordings. */
export type Gone = Readonly<{ records: number; lines: number }>;

/** A session of somebody's, as the record of its recording told. */
export type Part = Readonly<{ session: string; body: RecordingRecord }>;

/** Every session of which there ever was a recording of this patient's. */
export const partsOf = async (register: Register, patient: string): Promise<StoreResult<readonly Part[]>> => {
  const named = await register.everOf(patient);
  if (!named.ok) return named;
  const parts: Part[] = [];
  for (const { kind, id } of named.value) {
    if (kind !== "recording") continue;
    const history = await register.history(kind, id);
    if (!history.ok) return history;
    const body = lastBody(history.value);
    if (body === undefined)
      return failed("io", `The recording's record ${id} is damaged: what it names cannot be erased.`);
    if (body !== null) parts.push({ session: id, body });
  }
  return { ok: true, value: parts };
};

/** Null where every version says that it was taken away; undefined for what cannot be read. */
const lastBody = (history: readonly Entry[]): RecordingRecord | null | undefined => {
  const told = history.find(({ body }) => body !== null);
  return told === undefined ? null : recordingSchema.safeParse(told.body).data;
};

/** What of a log is taken away with a session. */
export const removalOf = ({ session, body }: Part, why: Removal["why"], patient: string): Removal => {
  const { stretch, span } = askedOf(wantedOf(session, body), null);
  // Whoever's session has only outlived its time may have later ones, whose states name them and stay.
  return { stretch, span, why, marks: why === "erased" ? [session, patient] : [session] };
};

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
  const parts = await partsOf(register, patient);
  if (!parts.ok) return parts;
  const lines = await recordings.removeLines(parts.value.map((part) => removalOf(part, "erased", patient)));
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
  for (const id of new Set(parts.flatMap(({ body }) => body.class ?? []))) {
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
