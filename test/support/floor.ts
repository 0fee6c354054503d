/** A floor for tests of the engine: time is a number, cuffs are generated messages, and deadlines are met on time. */
import { type Fact, isAboutAlarm } from "../../shared/session/fact.ts";
import type { ConditionId } from "../../shared/alarm/policy.ts";
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import type { DataMessage } from "../../shared/cuff/message.ts";
import { type Input, newState, openAlarms, type Order, type State, step } from "../../shared/engine.ts";
import { cuffId, siteId } from "../../shared/ids.ts";
import { type ClassFile, parseRoster, type Roster } from "../../shared/plan/roster.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import type { CuffState } from "../../shared/session/cuff-state.ts";
import type { Note } from "../../shared/session/note.ts";
import { type Monotonic, monotonic } from "../../shared/units.ts";

export const at = (seconds: number): Monotonic => monotonic(Math.round(seconds * 1000));
export const cuff = cuffId("cuff-1");

/** A class of one: station 1, thigh, LOP 250, 60 % = 150 mmHg, limit 8 min unless said otherwise. */
export const classOf = (plan: Partial<ClassFile["plans"][number]> = {}): ClassFile => ({
  version: 1,
  staff: [{ id: "aidan", name: "Aidan R." }],
  plans: [{ id: "plan", name: "Plan", targetPctLop: 60, limitS: 480, ...plan }],
  stations: [
    {
      station: "1",
      patient: "Maya K.",
      plan: "plan",
      cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
});

export const roster = (file: ClassFile = classOf()): Roster => {
  const result = parseRoster(file);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.roster;
};

/** A stretch of a cuff's life: five messages a second from `from` to `to` (seconds), one sample each. */
export type Stretch = Readonly<{
  from: number;
  to: number;
  /** mmHg, with a tenth of a pulse on it as a living limb has, or exactly a function of seconds; null: the sensor gives nothing. */
  p: number | null | ((second: number) => number | null);
  phase?: DataMessage["st"]["phase"];
  tgt?: number;
  /** The cuff's own timer in seconds at `from`; it runs on from there. Left out, it runs from the stretch's beginning. */
  occ?: number;
  boot?: string;
  cuff?: string;
  set?: number;
  /** How many repetitions of the set are complete; a function of seconds where they go on. */
  rep?: number | ((second: number) => number);
  pump?: boolean;
  pct?: number;
  ep?: number;
  /** Seconds by which each message arrives after it was sent. */
  delay?: number;
  /** The cuff's monotonic clock at second 0 of the test, in ms. */
  m?: number;
}>;

const perSecond = 5;

export const heard = (s: Stretch): Input[] => {
  const inputs: Input[] = [];
  for (let i = 0; i / perSecond < s.to - s.from; i++) {
    const second = s.from + i / perSecond;
    const p = typeof s.p === "function" ? s.p(second) : s.p === null ? null : s.p + (i % 2) / 10;
    const m0 = Math.round((s.m ?? 1_000_000) + second * 1000);
    inputs.push({
      kind: "data",
      at: at(second + (s.delay ?? 0)),
      cuff: cuffId(s.cuff ?? "cuff-1"),
      message: {
        v: 1,
        boot: s.boot ?? "b0",
        seq: Math.round(second * perSecond) + 1000,
        m0,
        dt: 100,
        p: [p === null ? null : Math.round(p * 10)],
        st: {
          phase: s.phase ?? "occluded",
          tgt: s.tgt ?? 1500,
          occMs: Math.round(((s.occ ?? 0) + i / perSecond) * 1000),
          ep: s.ep ?? 1,
          ...(s.set === undefined ? {} : { set: s.set }),
          ...(s.rep === undefined ? {} : { rep: typeof s.rep === "function" ? s.rep(second) : s.rep }),
          ...(s.pump === undefined ? {} : { pump: s.pump }),
        },
        ...(s.pct === undefined ? {} : { bat: { pct: s.pct } }),
      },
    });
  }
  return inputs;
};

/** A live event of the cuff whose power-up is "b0" and whose clock is that of `heard`. */
export const told = (second: number, event: Told, eseq = Math.round(second * 10)): Input => ({
  kind: "event",
  at: at(second),
  cuff,
  message: { v: 1, boot: "b0", eseq, m: 1_000_000 + second * 1000, ...event },
});
type Told =
  | Readonly<{ kind: "release" | "inflate" | "on-target" | "leak" }>
  | Readonly<{ kind: "fault"; code: string }>;
/** What a cuff says about itself. */
export const meta = (second: number, regulated: boolean): Input => ({
  kind: "meta",
  at: at(second),
  cuff,
  message: { v: 1, boot: "b0", model: "Test", caps: [], regulated, simulated: true },
});

export const tick = (second: number): Input => ({ kind: "tick", at: at(second) });
export const acknowledge = (second: number, alarm: Occurrence | undefined, by = "Aidan R."): Input => ({
  kind: "order",
  at: at(second),
  order: { kind: "acknowledge", alarm: alarm?.id ?? ("none" as Occurrence["id"]), by, verified: false },
});
export const takeBack = (second: number, alarm: Occurrence | undefined, by = "Aidan R."): Input => ({
  kind: "order",
  at: at(second),
  order: { kind: "take-back", alarm: alarm?.id ?? ("none" as Occurrence["id"]), by, verified: false },
});
export const note = (second: number, what: Note): Input => ({
  kind: "order",
  at: at(second),
  order: { kind: "note", cuff, note: what, by: "Aidan R.", verified: false },
});
type InRoom = Extract<
  Order,
  { kind: "pause-sound" | "resume-sound" | "take-duty" | "decline-duty" | "offer-duty" }
>;
/** An order about the room. */
export const inRoom = (
  second: number,
  what: DistributiveOmit<InRoom, "by" | "verified">,
  by = "Aidan R.",
): Input => ({
  kind: "order",
  at: at(second),
  order: { ...what, by, verified: false },
});
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export const order = (second: number, kind: "release" | "cuff-off", name = "cuff-1"): Input => ({
  kind: "order",
  at: at(second),
  order: { kind, cuff: cuffId(name), by: "Aidan R.", verified: false },
});

export type Run = Readonly<{ state: State; facts: readonly Fact[] }>;

/** The floor of a class to whose room a screen listens. */
const listenedTo = (file: ClassFile): State => {
  const floor = step(newState(siteId("main")), { kind: "roster", at: at(0), roster: roster(file) }).state;
  return step(floor, { kind: "listening", at: at(0), screens: 1 }).state;
};

/** Runs inputs in the order given, after those of an earlier run or on a new floor with the class of one. */
export const run = (inputs: readonly Input[], after?: Run): Run => {
  let state = after?.state ?? listenedTo(classOf());
  const facts: Fact[] = [...(after?.facts ?? [])];
  for (const input of inputs) {
    const next = step(state, input);
    state = next.state;
    facts.push(...next.facts);
  }
  return { state, facts };
};

/** A new floor with this class. */
export const floorOf = (file: ClassFile): Run => ({ state: listenedTo(file), facts: [] });

/** What became of the alarms, as lines that read: "480.0 overrun raised medium"; without reminders. */
export const alarmLog = (facts: readonly Fact[], only?: ConditionId): string[] => {
  const conditionOf = new Map<string, ConditionId>();
  return facts.flatMap((fact): string[] => {
    const line = toldOf(fact, conditionOf);
    return line === null || (only !== undefined && line.condition !== only) || fact.kind === "alarm-reminded"
      ? []
      : [`${(fact.at / 1000).toFixed(1)} ${line.condition} ${line.what}`];
  });
};

const toldOf = (
  fact: Fact,
  conditionOf: Map<string, ConditionId>,
): { condition: ConditionId; what: string } | null => {
  if (fact.kind === "alarm-raised") {
    const { id, condition, priority, unconfirmed } = fact.occurrence;
    conditionOf.set(id, condition);
    return { condition, what: `raised ${priority}${unconfirmed ? " unconfirmed" : ""}` };
  }
  if (!isAboutAlarm(fact)) return null;
  const condition = conditionOf.get(fact.id) ?? ("?" as ConditionId);
  if (fact.kind === "alarm-changed")
    return { condition, what: `is ${fact.priority}${fact.unconfirmed ? " unconfirmed" : ""}` };
  return { condition, what: fact.kind.slice("alarm-".length) };
};

export const cuffNow = (r: Run, name = "cuff-1"): CuffState => {
  const found = cuffIn(r.state.cuffs, cuffId(name));
  if (found === undefined) throw new Error(`${name} was never heard`);
  return found;
};
export const alarmOf = (r: Run, condition: ConditionId): Occurrence | undefined =>
  openAlarms(r.state).find((o) => o.condition === condition);
