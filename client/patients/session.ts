/** A session that was recorded, and what the rule of a plan needs to know of it. */
import type { z } from "zod";
import { entryOf } from "../../shared/clinic/api.ts";
import { type SessionRecord, sessionRecordSchema } from "../../shared/clinic/session-record.ts";
import type { SessionSummary } from "../../shared/plan/progression.ts";

export const sessionEntry = entryOf(sessionRecordSchema);
export type SessionEntry = Readonly<z.output<typeof sessionEntry>>;

/** What the rule of a plan goes by. */
export type Went = Pick<SessionRecord, "endedAt" | "outcome" | "exercises" | "sets" | "notes" | "exertions">;

const greatest = (scores: readonly number[]): number | null =>
  scores.length === 0 ? null : Math.max(...scores);

/** What the rule of a plan needs to know of it. The load is that of the first exercise under the cuff. */
export const summaryOf = ({ endedAt, outcome, exercises, sets, notes, exertions }: Went): SessionSummary => ({
  at: endedAt,
  complete: outcome === "completed" && exercises.every((exercise, n) => isDone(exercise, n, sets)),
  pain: greatest(notes.flatMap(({ note }) => (note.kind === "pain" ? [note.score] : []))),
  exertion: greatest(exertions.map(({ score }) => score)),
  loadKg: exercises.find(({ kind }) => kind === "restricted")?.loadKg ?? null,
});

/** Every set of an exercise under the cuff with all its repetitions; what nobody counted is taken as done. */
const isDone = (
  { kind, sets: asked, rounds }: Went["exercises"][number],
  exercise: number,
  done: Went["sets"],
): boolean =>
  kind === "free" ||
  Array.from({ length: rounds }, (_, n) => n).every((n) => {
    const one = done.find((set) => set.exercise === exercise && set.set === n + 1);
    return one !== undefined && (one.repetitions ?? Infinity) >= (asked[n] ?? 0);
  });
