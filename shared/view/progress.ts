/**
 * How a patient's treatment went over the weeks, as series to be drawn: one point a session, null where nothing is known. What is not known
 * is a gap and never a zero.
 */
import type { Figures, RecordingRecord } from "../clinic/recording-record.ts";
import { type LopEntry, type LopMethod, type Posture } from "../plan/limb-occlusion.ts";
import type { Limb } from "../plan/prescription.ts";

/** A recording by its session. */
export type OfSession = Readonly<{ id: string; body: RecordingRecord }>;

export type ProgressPoint = Readonly<{
  session: string;
  /** When it began, by the wall clock. */
  at: number;
  source: RecordingRecord["source"];
  /** Why its facts are no longer there; null while they are. */
  removed: "erased" | "outlived" | null;
  outcome: RecordingRecord["outcome"];
  /** Of this exercise alone. */
  loadKg: number | null;
  pctOneRm: number | null;
  repetitions: number | null;
  repetitionsPlanned: number | null;
  /** Of the limb that was restricted longest, in ms; null for work without a cuff. */
  restrictedMs: number | null;
  /** Of the whole session and all its limbs, in percent of the time in which the pressure was judged. */
  exercisingPct: number | null;
  restingPct: number | null;
  /** The worst that was noted in the session, 0 to 10. */
  pain: number | null;
  exertion: number | null;
}>;

export type ExerciseProgress = Readonly<{
  name: string;
  kind: "restricted" | "free";
  /** The oldest first. */
  points: readonly ProgressPoint[];
}>;

/**
 * One series for each exercise that was in a session's plan: first what was restricted or had a load, then a warm-up without either; among
 * those, what was in the most sessions.
 */
export const exerciseProgress = (sessions: readonly OfSession[]): readonly ExerciseProgress[] => {
  const all = new Map<string, { name: string; kind: "restricted" | "free"; points: ProgressPoint[] }>();
  for (const session of oldestFirst(sessions)) {
    const own = Map.groupBy(
      session.body.figures.exercises,
      ({ name, kind }) => `${kind} ${name.toLowerCase()}`,
    );
    for (const [key, exercises] of own) {
      const [first] = exercises;
      if (first === undefined) continue;
      const series = all.get(key) ?? { name: first.name, kind: first.kind, points: [] };
      // As it was written last.
      series.name = first.name;
      series.points.push(pointOf(session, exercises));
      all.set(key, series);
    }
  }
  const isWork = ({ kind, points }: ExerciseProgress): boolean =>
    kind === "restricted" || points.some(({ loadKg }) => loadKg !== null);
  return [...all.values()].toSorted(
    (a, b) => Number(isWork(b)) - Number(isWork(a)) || b.points.length - a.points.length,
  );
};

export const oldestFirst = (sessions: readonly OfSession[]): readonly OfSession[] =>
  sessions.toSorted((a, b) => a.body.startedAt - b.body.startedAt);

type Exercises = Figures["exercises"];

const pointOf = ({ id, body }: OfSession, exercises: Exercises): ProgressPoint => {
  const { figures, removed, outcome, source, startedAt } = body;
  const restricted = exercises.filter(({ kind }) => kind === "restricted");
  // A load that nobody lifted is a plan, not something that was done.
  const done = exercises.filter(({ setsDone }) => setsDone > 0);
  return {
    ...{ session: id, at: startedAt, source, removed: removed?.why ?? null, outcome },
    loadKg: greatest(done.map((e) => e.loadKg)),
    pctOneRm: greatest(done.map((e) => e.pctOneRm)),
    repetitions: sum(exercises.map((e) => e.repetitions)),
    repetitionsPlanned: sum(exercises.map((e) => e.repetitionsPlanned)),
    restrictedMs: restricted.length === 0 ? null : sum(restricted.map((e) => e.restrictedMs)),
    ...inBand(figures),
    ...{ pain: figures.pain, exertion: figures.exertion },
  };
};

/** Null where one of them is not known: a sum without it would look like less. */
const sum = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0);

const greatest = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** The share of the time within the target's tolerance, over all limbs, in percent; null where nothing was judged. */
export const inBand = ({
  limbs,
}: Pick<Figures, "limbs">): Readonly<{ exercisingPct: number | null; restingPct: number | null }> => {
  const share = (of: "exercising" | "resting"): number | null => {
    const judged = limbs.reduce((ms, limb) => ms + limb[of].ofMs, 0);
    return judged === 0 ? null : (100 * limbs.reduce((ms, limb) => ms + limb[of].inMs, 0)) / judged;
  };
  return { exercisingPct: share("exercising"), restingPct: share("resting") };
};

export type LopPoint = Readonly<{ at: number; mmHg: number; method: LopMethod; estimated: boolean }>;
/** Pressures that can be held against each other: one limb, one width of cuff, one posture. */
export type LopSeries = Readonly<{ cuffWidthCm: number; posture: Posture; points: readonly LopPoint[] }>;
export type LopHistory = Readonly<{ limb: Limb; series: readonly LopSeries[] }>;

/** The limb occlusion pressures of each limb, the oldest first; the longest series comes first. */
export const lopHistory = (lops: readonly LopEntry[]): readonly LopHistory[] => {
  const inOrder = lops.toSorted((a, b) => a.at - b.at);
  return [...Map.groupBy(inOrder, ({ limb, side }) => `${limb} ${side}`).values()].flatMap((ofLimb) => {
    const [first] = ofLimb;
    if (first === undefined) return [];
    const alike = Map.groupBy(ofLimb, ({ cuffWidthCm, posture }) => `${cuffWidthCm} ${posture}`);
    const series = [...alike.values()].flatMap((some): readonly LopSeries[] => {
      const [one] = some;
      return one === undefined
        ? []
        : [{ cuffWidthCm: one.cuffWidthCm, posture: one.posture, points: some.map(lopPoint) }];
    });
    const longest = series.toSorted((one, other) => other.points.length - one.points.length);
    return [{ limb: { limb: first.limb, side: first.side }, series: longest }];
  });
};

const lopPoint = ({ at, mmhg: mmHg, method }: LopEntry): LopPoint => ({
  ...{ at, mmHg, method },
  estimated: method === "estimated",
});

/** The session that was recorded before this one and can still be looked at; null where there is none. */
export const sessionBefore = (sessions: readonly OfSession[], session: string): string | null => {
  const there = oldestFirst(sessions).filter((s) => s.body.removed === null || s.id === session);
  const at = there.findIndex(({ id }) => id === session);
  return at <= 0 ? null : (there[at - 1]?.id ?? null);
};
