/** State is derived: one cuff's state after one fact. The only place where it changes, live, after a crash and in replay. */
import type { Occurrence } from "../alarm/occurrence.ts";
import { occurrenceState } from "../alarm/occurrence.ts";
import { settingTolerance } from "../alarm/policy.ts";
import type { DataMessage } from "../cuff/message.ts";
import { earlier, fromTenths, later, millis, type Monotonic, monotonic } from "../units.ts";
import { type CuffState, judgedFromStart, type Occlusion, setOf } from "./cuff-state.ts";
import type { CuffFact } from "./fact.ts";
import {
  type Boot,
  heard,
  heardEvent,
  interrupted,
  lastSampleAt,
  lateAfterMs,
  siteTime,
} from "./liveness.ts";
import { beginning, close } from "./occlusion.ts";
import { type Pressure, read, settled, type Watch, type Yardstick } from "./pressure.ts";

/** An inflation shorter than this was a fitting, not one of the plan's. */
const countsFrom = millis(60_000);

export const applyToCuff = (c: CuffState, fact: CuffFact): CuffState => {
  switch (fact.kind) {
    case "samples":
      return fact.quality === "live"
        ? listened({ ...c, boots: heard(c.boots, fact.message, "live", fact.at) }, fact.message, fact.at)
        : { ...c, boots: heard(c.boots, fact.message, fact.quality, fact.at) };
    case "basic-sample":
      return {
        ...c,
        basic: true,
        freshFor: fact.freshFor,
        pressure: read(c.pressure, fact.pressure, fact.at, yardstick(c)),
      };
    case "status":
      return { ...c, saysOnline: fact.message.state === "online" };
    case "meta":
      return { ...c, meta: fact.message };
    case "event":
      return told(c, fact);
    case "inflated":
      return {
        ...c,
        occlusions: fact.occlusion,
        occlusion: {
          number: fact.occlusion,
          since: fact.since,
          judgedFrom: judgedFromStart(fact.since),
          ordered: null,
          releasingSince: null,
          toldReleased: false,
        },
      };
    case "deflated": {
      const lasted = c.occlusion === null ? 0 : fact.end - c.occlusion.since;
      return {
        ...c,
        ...close(c, fact.end),
        occlusion: null,
        inflationsDone: c.inflationsDone + (lasted >= countsFrom ? 1 : 0),
        setting: { beyond: null, within: null },
        pressure: settled(c.pressure),
      };
    }
    case "ordered-down":
      return onOcclusion(c, (o) => ({ ...o, ordered: { order: fact.order, by: fact.by, at: fact.at } }));
    case "alarm-raised":
      return raised(c, fact.occurrence);
    case "alarm-changed":
      return onAlarm(c, fact.id, (o) => ({
        ...o,
        priority: fact.priority,
        value: fact.value,
        limit: fact.limit,
        unconfirmed: fact.unconfirmed,
        // What somebody answered was less urgent than what it has become.
        acknowledged: isMoreUrgent(fact.priority, o.priority) ? null : o.acknowledged,
      }));
    case "alarm-cleared":
      return onAlarm(c, fact.id, (o) => ({ ...o, clearedAt: fact.at }));
    case "alarm-acknowledged":
      return onAlarm(c, fact.id, (o) => ({ ...o, acknowledged: fact.acknowledged }));
    case "alarm-taken-back":
      return onAlarm(c, fact.id, (o) => ({ ...o, acknowledged: null }));
  }
};

/** Nothing is confirmed after an interruption of the server until it is heard. */
export const resumed = (c: CuffState, at: Monotonic): CuffState => ({
  ...c,
  boots: interrupted(c.boots),
  resumedAt: at,
});

const urgency = { low: 0, medium: 1, high: 2 } as const;
const isMoreUrgent = (a: keyof typeof urgency, b: keyof typeof urgency): boolean => urgency[a] > urgency[b];

/** What the readings of a cuff are held against; nothing while it is being measured or let down. */
const yardstick = (c: CuffState): Yardstick => {
  const held =
    c.said?.phase !== "measuring" && c.said?.phase !== "releasing" && (c.occlusion?.ordered ?? null) === null;
  return {
    inflated: c.occlusion !== null && c.said?.phase !== "measuring",
    lop: c.prescription?.lop ?? null,
    target: c.prescription?.target ?? null,
    judgedFrom: held ? (c.occlusion?.judgedFrom ?? null) : null,
    freshMs: c.freshFor,
  };
};

/** A live message: its timer state, then its readings in order. */
const listened = (before: CuffState, message: DataMessage, arrival: Monotonic): CuffState => {
  const boot = before.boots[0];
  if (boot === undefined) return before;
  const st = message.st;
  const c = {
    ...before,
    basic: false,
    said: st,
    batteryPct: message.bat?.pct ?? before.batteryPct,
    setChangedAt: before.said?.set !== st.set && before.said !== null ? arrival : before.setChangedAt,
  };
  const pressure = readAll(c, message, boot, arrival);
  const taken = siteTime(boot, lastSampleAt(message), arrival);
  const setting = settingWatch(c, taken);
  return c.occlusion === null
    ? { ...c, pressure, setting }
    : { ...c, pressure, setting, occlusion: heardOcclusion(c.occlusion, st, taken) };
};

const readAll = (c: CuffState, message: DataMessage, boot: Boot, arrival: Monotonic): Pressure => {
  const by = yardstick(c);
  const newest = lastSampleAt(message);
  let pressure = c.pressure;
  for (const [i, tenths] of message.p.entries()) {
    const m = message.m0 + i * message.dt;
    // A batch may be live at its end and hold what is too old to decide anything at its beginning.
    if (tenths === null || newest - m > lateAfterMs) continue;
    const at = siteTime(boot, m, arrival);
    pressure = read(
      pressure,
      fromTenths(tenths),
      pressure.lastAt === null ? at : later(at, pressure.lastAt),
      by,
    );
  }
  return pressure;
};

const heardOcclusion = (o: Occlusion, st: DataMessage["st"], taken: Monotonic): Occlusion => {
  // An idle cuff's timer is that of an inflation which it believes to be over.
  const since = st.phase === "idle" ? o.since : beginning(o.since, monotonic(taken - st.occMs));
  const letsGo = st.phase === "releasing" && st.tgt === 0;
  const releasingSince = letsGo ? (o.releasingSince ?? taken) : null;
  return since === o.since && releasingSince === o.releasingSince
    ? o
    : { ...o, since, releasingSince, judgedFrom: earlier(o.judgedFrom, judgedFromStart(since)) };
};

const settingWatch = (c: CuffState, at: Monotonic): Watch => {
  const target = c.prescription?.target ?? null;
  if (
    c.occlusion === null ||
    target === null ||
    c.said === null ||
    c.said.tgt === 0 ||
    c.said.phase === "measuring"
  )
    return { beyond: null, within: null };
  const off = Math.abs(fromTenths(c.said.tgt) - target);
  const tolerance = settingTolerance(target);
  if (off > tolerance) return { beyond: c.setting.beyond ?? at, within: null };
  return { beyond: null, within: off <= tolerance / 2 ? (c.setting.within ?? at) : null };
};

const told = (c: CuffState, fact: Extract<CuffFact, { kind: "event" }>): CuffState => {
  const next = { ...c, boots: heardEvent(c.boots, fact.message) };
  if (fact.quality !== "live") return next;
  switch (fact.message.kind) {
    case "on-target":
      return onOcclusion(next, (o) => ({ ...o, judgedFrom: earlier(o.judgedFrom, fact.at) }));
    case "release":
      return onOcclusion(next, (o) => ({ ...o, toldReleased: true }));
    case "inflate":
    case "leak":
    case "fault":
    case "lop":
    case "button":
      return next;
  }
};

const onOcclusion = (c: CuffState, change: (o: Occlusion) => Occlusion): CuffState =>
  c.occlusion === null ? c : { ...c, occlusion: change(c.occlusion) };

const raised = (c: CuffState, occurrence: Occurrence): CuffState => {
  const number = c.occlusions;
  const was = c.raised[occurrence.condition];
  const ordinal = was?.occlusion === number ? was.ordinal + 1 : 1;
  return {
    ...c,
    alarms: [...c.alarms, occurrence],
    raised: { ...c.raised, [occurrence.condition]: { occlusion: number, ordinal, set: setOf(c) } },
  };
};

const onAlarm = (c: CuffState, id: string, change: (o: Occurrence) => Occurrence): CuffState => ({
  ...c,
  alarms: c.alarms.map((o) => (o.id === id ? change(o) : o)).filter((o) => occurrenceState(o) !== "closed"),
});
