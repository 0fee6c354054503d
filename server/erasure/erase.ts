/**
 * Erases a patient: the records with every version, and everything that was recorded in their sessions. Written into the ledger first, so
 * that what a crash has left undone, or a backup has brought back, is erased at the next start.
 */
import { freeze } from "../../shared/checkpoint.ts";
import { openAlarms, type State } from "../../shared/engine.ts";
import { type ClassRecord, classRecordSchema, recordingSchema } from "../../shared/clinic/recording-record.ts";
import type { Entry, Named } from "../register/register.ts";
import type { Clinic } from "../records/clinic.ts";
import { wantedOf } from "../recordings/record.ts";
import type { Recordings } from "../store/recordings.ts";
import type { Removal } from "../store/removal.ts";
import type { StoreResult } from "../store/store.ts";
import type { Ledger } from "./ledger.ts";

export type ErasureOptions = Readonly<{
  clinic: Pick<Clinic, "register" | "classes" | "wall" | "inTurn">;
  recordings: Pick<Recordings, "removeLines">;
  ledger: Ledger;
  state: () => State;
  /** Keeps the state as it is now, without what is to be erased, in the place of the last one that was kept. */
  checkpoint: () => Promise<void>;
}>;

/** How much is gone: records of the register, and lines of recordings. */
export type Gone = Readonly<{ records: number; lines: number }>;

/** Why a patient cannot be erased now. */
export type Standing = "class-under-way" | "in-class" | "alarm-stands";

export type Erasure = Readonly<{
  /** What stands in the way; null where nothing does. */
  standing: (patient: string) => Promise<StoreResult<Standing | null>>;
  erase: (patient: string) => Promise<StoreResult<Gone>>;
  /** Erases anew whoever was erased before and is there again. Answers how many were. */
  again: () => Promise<StoreResult<number>>;
}>;

export const createErasure = (options: ErasureOptions): Erasure => {
  const { clinic, recordings, ledger, state, checkpoint } = options;
  const { register, classes, wall, inTurn } = clinic;

  const sessionsOf = async (patient: string): Promise<StoreResult<readonly Part[]>> => {
    const named = await register.everOf(patient);
    if (!named.ok) return named;
    const parts: Part[] = [];
    for (const { kind, id } of named.value) {
      if (kind !== "recording") continue;
      const history = await register.history(kind, id);
      if (!history.ok) return history;
      const body = lastBody(history.value);
      if (body !== null) parts.push({ id, body });
    }
    return { ok: true, value: parts };
  };

  /** Everything that is theirs goes; twice leaves the same as once. */
  const carryOut = async (patient: string): Promise<StoreResult<Gone>> => {
    const parts = await sessionsOf(patient);
    if (!parts.ok) return parts;
    await checkpoint();
    const lines = await recordings.removeLines(parts.value.map((part) => removalOf(part, patient)));
    if (!lines.ok) return lines;
    const forgotten = await inTurn(() => leaveOutOfClasses(patient, parts.value));
    if (!forgotten.ok) return forgotten;
    const owned = await register.everOf(patient);
    if (!owned.ok) return owned;
    const records: readonly Named[] = [...owned.value, { kind: "patient", id: patient }];
    const purged = await register.purge(records);
    if (!purged.ok) return purged;
    // Once more without anything to take away: it rewrites the file, so that no page holds what the records held.
    const scrubbed = await recordings.removeLines([]);
    return scrubbed.ok ? { ok: true, value: { records: records.length, lines: lines.value } } : scrubbed;
  };

  /** A class keeps its other patients; no version of its record keeps this one. */
  const leaveOutOfClasses = async (
    patient: string,
    parts: readonly Part[],
  ): Promise<StoreResult<null>> => {
    for (const id of new Set(parts.flatMap(({ body }) => body.class ?? []))) {
      const kept = await classes.get(id);
      if (!kept.ok) return kept;
      if (kept.value === null) continue;
      const body: ClassRecord = classRecordSchema.parse({
        ...kept.value.body,
        sessions: kept.value.body.sessions.filter((s) => s.patient !== patient),
      });
      const { by, at } = kept.value;
      const replaced = await register.replace(classes.change(id, body, kept.value.version, { by, at }));
      if (!replaced.ok) return replaced;
    }
    return { ok: true, value: null };
  };

  return {
    standing: async (patient) => {
      const present = state();
      if (present.class.seats.some((s) => s.visit.patient === patient)) return { ok: true, value: "in-class" };
      if (present.class.running !== null) return { ok: true, value: "class-under-way" };
      const parts = await sessionsOf(patient);
      if (!parts.ok) return parts;
      const stands = openAlarms(present).some((o) => parts.value.some((part) => isOf(o, part)));
      return { ok: true, value: stands ? "alarm-stands" : null };
    },
    erase: async (patient) => {
      const added = ledger.add({ patient, at: wall() });
      return added.ok ? carryOut(patient) : added;
    },
    again: async () => {
      const all = ledger.all();
      if (!all.ok) return all;
      let count = 0;
      for (const patient of new Set(all.value.map((erased) => erased.patient))) {
        const there = await isThere(patient);
        if (!there.ok) return there;
        if (!there.value) continue;
        const gone = await carryOut(patient);
        if (!gone.ok) return gone;
        count += 1;
      }
      return { ok: true, value: count };
    },
  };

  async function isThere(patient: string): Promise<StoreResult<boolean>> {
    const [owned, own] = [await register.everOf(patient), await register.history("patient", patient)];
    if (!owned.ok) return owned;
    if (!own.ok) return own;
    const stillKept = freeze(state()).includes(JSON.stringify(patient));
    return { ok: true, value: owned.value.length > 0 || own.value.length > 0 || stillKept };
  }
};
