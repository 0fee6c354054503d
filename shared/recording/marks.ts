/** Everything of a recording that stands on the time axis beside the pressure, as data: what happened, from when to when, and who did it. */
import { historiesOf, type History, type ToldAlarm } from "../alarm/history.ts";
import type { ClassFact } from "../class/fact.ts";
import type { CuffId, SessionId } from "../ids.ts";
import type { State } from "../engine.ts";
import { allCuffs } from "../session/cuffs.ts";
import type { EndReason, Fact } from "../session/fact.ts";
import { isAboutAlarm } from "../session/fact.ts";
import { before, between, type Monotonic, type WallTime, wallTime } from "../units.ts";
import { each, eachBesides, type Recorded } from "./recorded.ts";

/** One inflation; `to` is null while it lasts, and `confirmed` tells whether its end was measured. */
export type InflationMark = Readonly<{
  cuff: CuffId;
  number: number;
  from: Monotonic;
  to: Monotonic | null;
  reason: EndReason | null;
  confirmed: boolean;
}>;

/** One set; `exercise` counts from 0, `set` from 1. */
export type SetMark = Readonly<{
  session: SessionId;
  exercise: number;
  set: number;
  from: Monotonic;
  to: Monotonic | null;
  repetitions: number | null;
}>;

/** A repetition that a cuff has counted itself. */
export type RepetitionMark = Readonly<{ at: Monotonic; cuff: CuffId; set: number | null; rep: number }>;

/** What somebody did or noted, or what a cuff told, at one moment: the fact itself. */
export type MomentFact = Extract<
  Fact,
  {
    kind: "ordered-down" | "noted" | "event" | "sound-paused" | "duty-taken" | ClassFact["kind"];
  }
>;

/** The server was away, or could not store; `to` is null while that lasts. */
export type TroubleMark = Readonly<{
  is: "interrupted" | "not-recording";
  from: Monotonic;
  to: Monotonic | null;
}>;

export type Marks = Readonly<{
  inflations: readonly InflationMark[];
  sets: readonly SetMark[];
  /** As they were raised, with everything that became of them. */
  alarms: readonly History[];
  moments: readonly Readonly<{ wall: WallTime; fact: MomentFact }>[];
  troubles: readonly TroubleMark[];
}>;

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export const marksOf = (recorded: Recorded): Marks => {
  const { start, lines, to } = recorded;
  const inflations: Draft<InflationMark>[] = allCuffs(start.cuffs).flatMap(({ cuff, occlusion: o }) =>
    o === null ? [] : [{ cuff, number: o.number, from: o.since, to: null, reason: null, confirmed: false }],
  );
  const sets = createSets(start);
  const told: ToldAlarm[] = [];
  const moments: { wall: WallTime; fact: MomentFact }[] = [];
  const troubles: Draft<TroubleMark>[] = [];
  let lastWall = wallTime(0);
  let lastAt = start.at;
  for (const { id, wall, at, fact } of eachBesides(lines)) {
    [lastWall, lastAt] = [wall, at];
    if (isAboutAlarm(fact)) {
      told.push({ id, wall, fact });
      continue;
    }
    if (isMoment(fact)) moments.push({ wall, fact });
    sets.took(fact);
    switch (fact.kind) {
      case "inflated":
        inflations.push({
          ...{ cuff: fact.cuff, number: fact.occlusion, from: fact.since },
          ...{ to: null, reason: null, confirmed: false },
        });
        break;
      case "deflated": {
        const open = inflations.find((i) => i.cuff === fact.cuff && i.to === null);
        if (open !== undefined)
          Object.assign(open, { to: fact.end, reason: fact.reason, confirmed: fact.confirmed });
        break;
      }
      case "resumed":
        troubles.push({ is: "interrupted", from: before(at, fact.gap), to: at });
        break;
      case "recording": {
        const open = troubles.find((t) => t.is === "not-recording" && t.to === null);
        if (!fact.ok && open === undefined) troubles.push({ is: "not-recording", from: at, to: null });
        if (fact.ok && open !== undefined) open.to = at;
        break;
      }
      default:
        break;
    }
  }
  const now = { at: to, wall: wallTime(lastWall + between(lastAt, to)) };
  return {
    ...{ inflations, sets: sets.done, moments, troubles },
    alarms: historiesOf(told, now).histories,
  };
};

const momentKinds: ReadonlySet<Fact["kind"]> = new Set<MomentFact["kind"]>([
  ...(["ordered-down", "noted", "event", "sound-paused", "duty-taken"] as const),
  ...(["class-started", "class-ended", "patient-seated", "checked", "exercise-begun"] as const),
  ...(["set-begun", "set-ended", "cuff-swapped", "exertion-noted", "remarked"] as const),
  ...(["finished", "all-released"] as const),
]);
const isMoment = (fact: Fact): fact is MomentFact => momentKinds.has(fact.kind);

/** Gathers sets from the facts about them. */
const createSets = ({ class: { seats } }: State) => {
  const done: Draft<SetMark>[] = [];
  const exercises = new Map(seats.map(({ visit }) => [visit.session, visit.exercise]));
  const end = (session: SessionId, to: Monotonic, repetitions: number | null): void => {
    const open = done.find((set) => set.session === session && set.to === null);
    if (open !== undefined) Object.assign(open, { to, repetitions });
  };
  for (const { visit } of seats)
    if (visit.set !== null)
      done.push({
        ...{ session: visit.session, exercise: visit.exercise, set: visit.set.number },
        ...{ from: visit.set.beganAt, to: null, repetitions: null },
      });
  return {
    done,
    took: (fact: Fact): void => {
      switch (fact.kind) {
        case "exercise-begun":
          exercises.set(fact.session, fact.exercise);
          break;
        case "set-begun": {
          const { session, set, at: from } = fact;
          const exercise = exercises.get(session) ?? 0;
          done.push({ session, exercise, set, from, to: null, repetitions: null });
          break;
        }
        case "set-ended":
          end(fact.session, fact.at, fact.repetitions);
          break;
        case "finished":
          end(fact.session, fact.at, null);
          break;
        default:
          break;
      }
    },
  };
};

/** Every repetition that a cuff has counted, as it was heard. It goes through all lines, which takes its time. */
export const repetitionsOf = ({ lines }: Pick<Recorded, "lines">): readonly RepetitionMark[] => {
  const done: RepetitionMark[] = [];
  const last = new Map<CuffId, Readonly<{ set: number | null; rep: number }>>();
  for (const { fact } of each(lines)) {
    if (fact.kind !== "samples" || fact.quality !== "live" || fact.message.st.rep === undefined) continue;
    const { cuff, at } = fact;
    const { set = null, rep } = fact.message.st;
    const was = last.get(cuff);
    if (was?.set === set && was.rep === rep) continue;
    last.set(cuff, { set, rep });
    if (rep > (was?.set === set ? was.rep : 0)) done.push({ at, cuff, set, rep });
  }
  return done;
};
