/**
 * A recording that was made elsewhere, lived through by the same engine as everything else: what it would have raised, counted and shown had the
 * cuff been supervised here.
 */
import type { ChosenLimits } from "../../shared/alarm/limits.ts";
import type { Given, Seat } from "../../shared/class/seat.ts";
import { newVisit } from "../../shared/class/seat.ts";
import type { VisitExercise } from "../../shared/class/visit.ts";
import type { DataMessage } from "../../shared/cuff/message.ts";
import { apply, type Input, newState, type State, step } from "../../shared/engine.ts";
import {
  classId,
  cuffId,
  type Epoch,
  type PatientId,
  type SessionId,
  type SiteId,
  staffId,
  stationId,
} from "../../shared/ids.ts";
import { defaultReperfusion, hardCap, type Limb } from "../../shared/plan/prescription.ts";
import type { Line } from "../../shared/recording/line.ts";
import type { ClassOrder } from "../../shared/class/order.ts";
import type { Fact } from "../../shared/session/fact.ts";
import {
  minutes,
  mmhg,
  monotonic,
  type Monotonic,
  seconds,
  type WallTime,
  wallTime,
} from "../../shared/units.ts";
import { exportWords as words } from "../../shared/view/export-words.ts";
import { type Course, phasesOf } from "./phases.ts";

/** What it was a recording of. */
export type ToldOf = Readonly<{
  session: SessionId;
  patient: PatientId | null;
  /** As a tile shows it. */
  name: string;
  limb: Limb;
  lopMmhg: number | null;
  pctLop: number | null;
  targetMmhg: number | null;
  limitMin: number;
  falls: "release" | "loss";
  /** Of the first sample. */
  startedAt: WallTime;
}>;
export type Judging = Readonly<{
  site: SiteId;
  epoch: Epoch;
  /** Who brought it in. */
  by: string;
  /** What the clinic has chosen. */
  limits: ChosenLimits;
}>;

/** The cuff is called this in the recording. */
const cuff = cuffId("imported");
const station = stationId("1");
/** What is over has to be seen to be over: a cuff is known to be down after two seconds, and a reading is old after three. */
const after = seconds(2.5);

/** The lines of a log of its own, from the beginning of its site time on. */
export const judged = (course: Course, of: ToldOf, { site, epoch, by, limits }: Judging): readonly Line[] => {
  let state: State = newState(site);
  const lines: Line[] = [];
  const record = (facts: readonly Fact[]): void => {
    for (const fact of facts)
      lines.push({
        ...{ id: lines.length + 1, epoch, at: fact.at, fact },
        wall: wallTime(of.startedAt + fact.at),
      });
  };
  const take = (input: Input): boolean => {
    const done = step(state, input);
    state = done.state;
    record(done.facts);
    return done.refusal === null;
  };
  const order = (at: Monotonic, one: Wish): boolean =>
    take({ kind: "order", at, order: { ...one, by, verified: true } });

  const begin = monotonic(0);
  const staff = [{ id: staffId("imported"), name: by }];
  const room = words.importedRoom;
  take({ kind: "roster", at: begin, roster: { room, staff, stations: [], basicCuffs: [], limits } });
  take({ kind: "listening", at: begin, screens: 1 });
  order(begin, { kind: "start-class", class: classId(of.session), room, heard: true });
  // Nobody was seated here, so no order could have done it: a patient of no record has none.
  const seated: Fact = { kind: "patient-seated", at: begin, by, verified: true, seat: seatOf(of, begin) };
  state = apply(state, seated);
  record([seated]);
  for (const message of messagesOf(course, of))
    take({ kind: "data", at: monotonic(message.m0), cuff, message });
  const end = monotonic((course.ms.at(-1) ?? 0) + after);
  take({ kind: "tick", at: end });
  // What was not known to be down at the end stays open: nobody can say now that it was off.
  if (order(end, { kind: "finish", session: of.session, outcome: "completed", reason: "", seenOff: [] }))
    order(end, { kind: "end-class" });
  return lines;
};
type Wish = ClassOrder extends infer O ? (O extends ClassOrder ? Omit<O, "by" | "verified"> : never) : never;

/** What the plan would have asked for. */
export const targetOf = ({
  targetMmhg,
  lopMmhg,
  pctLop,
}: Pick<ToldOf, "targetMmhg" | "lopMmhg" | "pctLop">) =>
  targetMmhg ?? (lopMmhg === null || pctLop === null ? null : Math.round((lopMmhg * pctLop) / 100));

const seatOf = (of: ToldOf, at: Monotonic): Seat => {
  const { limb, lopMmhg, pctLop } = of;
  const target = targetOf(of);
  const given: Given = {
    limits: {},
    prescription: {
      ...{ plan: words.importedPlan, limb, lop: lopMmhg === null ? null : mmhg(lopMmhg) },
      ...{ target: target === null ? null : mmhg(target), pctLop: lopMmhg === null ? null : pctLop },
      ...{ limit: minutes(of.limitMin), cap: hardCap[limb.limb], reperfusion: defaultReperfusion },
      ...{ repsOfSets: [], inflations: 1, cuffDownBetweenSets: false },
    },
  };
  const exercise: VisitExercise = {
    kind: "restricted",
    ...{ name: words.importedPlan, instructions: "", sets: [], rounds: 1, repS: 4 },
    ...{ restS: 0, durationS: null, loadKg: null, pctOneRm: null, pctLop: given.prescription.pctLop },
  };
  const visit = newVisit(
    { session: of.session, patient: of.patient, programme: words.importedPlan, exercises: [exercise] },
    at,
  );
  return {
    station,
    name: of.name,
    programme: null,
    visit,
    worn: [{ cuff, limb, lop: null, given: [given] }],
  };
};

/** One message a sample, as a cuff of the contract would have sent it. */
function* messagesOf(course: Course, of: ToldOf): Generator<DataMessage> {
  const told = phasesOf(course, of.falls);
  const tgt = 10 * (targetOf(of) ?? 0);
  for (const [i, { phase, upSince, episode }] of told.entries()) {
    const m0 = course.ms[i] ?? 0;
    const value = course.mmhg[i] ?? null;
    const next = course.ms[i + 1] ?? m0 + 100;
    yield {
      ...{ v: 1, boot: "0", seq: i, m0, dt: Math.min(10_000, Math.max(1, next - m0)) },
      p: [value === null ? null : Math.round(value * 10)],
      st: { phase, tgt: phase === "idle" ? 0 : tgt, occMs: upSince === null ? 0 : m0 - upSince, ep: episode },
    };
  }
}
