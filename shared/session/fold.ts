/** State is derived: one cuff's state after one fact. The only place where it changes, live, after a crash and in replay. */
import type { Occurrence } from "../alarm/occurrence.ts";
import { isMoreUrgent, occurrenceState } from "../alarm/occurrence.ts";
import { clearsAfter, downBelow, inflatedAt, releaseWithin, settingTolerance } from "../alarm/policy.ts";
import type { DataMessage, StatusMessage } from "../cuff/message.ts";
import { between, earlier, fromTenths, later, millis, type Monotonic, monotonic } from "../units.ts";
import { type CuffState, judgedFromStart, nextOrdinal, type Occlusion, setOf } from "./cuff-state.ts";
import type { CuffFact, ResumedFact } from "./fact.ts";
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
import { measured, read, settled, unwatched, type Watch, watched, type Yardstick } from "./pressure.ts";

/** An inflation shorter than this was a fitting, not one of the plan's. */
const countsFrom = millis(60_000);

/** `c` after `fact`, which must be about this cuff. */
export const applyToCuff = (c: CuffState, fact: CuffFact): CuffState => {
  switch (fact.kind) {
    case "samples": {
      const boots = heard(c.boots, fact.message, fact.quality, fact.at);
      return fact.quality === "live"
        ? listened({ ...c, boots, heardAt: fact.at }, fact.message, fact.at)
        : { ...c, boots };
    }
    case "basic-sample":
      return {
        ...c,
        basic: true,
        heardAt: fact.at,
        freshFor: fact.freshFor,
        pressure: read(c.pressure, fact.pressure, fact.at, yardstick(c, fact.at)),
      };
    case "status":
      return { ...c, heardAt: fact.at, ...saidOf(c, fact.message) };
    case "meta":
      return { ...c, heardAt: fact.at, meta: fact.message };
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
          firstOrderedAt: null,
          releasingSince: null,
          saysUpSince: null,
          measuredAt: null,
          toldReleasedAt: null,
          saysDownSince: null,
          saidUp: null,
        },
      };
    case "deflated": {
      const lasted = c.occlusion === null ? 0 : fact.end - c.occlusion.since;
      return {
        ...c,
        ...close(c, fact.end),
        occlusion: null,
        inflationsDone: c.inflationsDone + (lasted >= countsFrom ? 1 : 0),
        setting: unwatched,
        pressure: settled(c.pressure),
        boots: c.boots.map((b) => ({ ...b, upSince: null })),
      };
    }
    case "ordered-down":
      return onOcclusion(c, (o) => ({
        ...o,
        ordered: { order: fact.order, by: fact.by, at: fact.at },
        firstOrderedAt: o.firstOrderedAt ?? fact.at,
      }));
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
    case "forgotten":
      // The cuff is taken out of the floor; there is nothing left to change.
      return c;
  }
};

/** A will that arrives late says nothing about the present power-up. */
const saidOf = (c: CuffState, { boot, state }: StatusMessage): Pick<CuffState, "saysOnline"> => {
  const present = c.boots[0]?.boot ?? c.meta?.boot ?? boot;
  return { saysOnline: state === "online" ? true : present === boot ? false : c.saysOnline };
};

/**
 * Nothing is confirmed after an interruption of the server until it is heard. Arrivals of before and after can be
 * compared within one process, whose sockets may hold what is minutes old, and not across two.
 */
export const resumed = (c: CuffState, { at, vouchedBy }: ResumedFact): CuffState => ({
  ...c,
  boots: vouchedBy === "own-clock" ? c.boots : interrupted(c.boots),
  resumedAt: at,
});

/** What the readings of a cuff are held against; nothing while it is being measured or let down. */
const yardstick = (c: CuffState, at: Monotonic): Yardstick => {
  const measuring = c.said?.phase === "measuring";
  const ordered = c.occlusion?.ordered ?? null;
  const letDown =
    c.said?.phase === "releasing" || (ordered !== null && between(ordered.at, at) < releaseWithin);
  return {
    inflated: c.occlusion !== null && !measuring,
    measuring,
    lop: c.prescription?.lop ?? null,
    target: c.prescription?.target ?? null,
    judgedFrom: measuring || letDown ? null : (c.occlusion?.judgedFrom ?? null),
    rests: restsByCount(c),
    freshMs: c.freshFor,
  };
};

/** A set whose repetitions are all done is in its rest (contract); null where cuff or plan counts none. */
const restsByCount = ({ said, prescription }: CuffState): boolean | null => {
  const planned = said?.set === undefined ? undefined : prescription?.repsOfSets[said.set - 1];
  return planned === undefined || said?.rep === undefined ? null : said.rep >= planned;
};

/** A live message: its timer state, then its readings in order. */
const listened = (before: CuffState, message: DataMessage, arrival: Monotonic): CuffState => {
  const boot = before.boots[0];
  if (boot === undefined) return before;
  const st = message.st;
  const taken = siteTime(boot, lastSampleAt(message), arrival);
  const treated = before.said?.phase === "measuring" && st.phase !== "measuring";
  const c: CuffState = {
    ...before,
    basic: false,
    said: st,
    batteryPct: message.bat?.pct ?? before.batteryPct,
    setChangedAt: before.said?.set !== st.set && before.said !== null ? arrival : before.setChangedAt,
    ...(treated ? { pressure: measured(before.pressure) } : {}),
    occlusion:
      before.occlusion === null
        ? null
        : heardOcclusion(
            treated
              ? { ...before.occlusion, judgedFrom: judgedFromStart(taken), measuredAt: taken }
              : before.occlusion,
            message,
            taken,
            treated,
          ),
  };
  return { ...c, ...readAll(c, message, boot, arrival), setting: settingWatch(c, taken) };
};

const readAll = (
  c: CuffState,
  message: DataMessage,
  boot: Boot,
  arrival: Monotonic,
): Pick<CuffState, "pressure" | "boots"> => {
  const newest = lastSampleAt(message);
  const by = yardstick(c, arrival);
  let pressure = c.pressure;
  let { upSince: up, downSince: down } = boot;
  for (const [i, tenths] of message.p.entries()) {
    const m = message.m0 + i * message.dt;
    // A batch may be live at its end and hold what is too old to decide anything at its beginning.
    if (tenths === null || newest - m > lateAfterMs) continue;
    const dated = siteTime(boot, m, arrival);
    const at = pressure.lastAt === null ? dated : later(dated, pressure.lastAt);
    const value = fromTenths(tenths);
    pressure = read(pressure, value, at, by);
    up = value >= inflatedAt ? (up ?? at) : null;
    down = value < downBelow ? (down ?? at) : null;
  }
  const boots = c.boots.map((b, i) => (i === 0 ? { ...b, upSince: up, downSince: down } : b));
  return { pressure, boots };
};

/** An inflation after the cuff's word on it. `anew`: the LOP was found, and the treatment begins. */
const heardOcclusion = (
  o: Occlusion,
  { st, boot }: DataMessage,
  taken: Monotonic,
  anew: boolean,
): Occlusion => {
  const saysDown = st.phase === "releasing" || st.phase === "idle";
  // An idle cuff's timer is that of an inflation which it believes to be over.
  const since = st.phase === "idle" ? o.since : beginning(o.since, monotonic(taken - st.occMs));
  const judgedFrom = anew || since === o.since ? o.judgedFrom : earlier(o.judgedFrom, judgedFromStart(since));
  if (!saysDown) {
    const saysUpSince = o.saysUpSince ?? taken;
    // A cuff that flickers between the two lets go as little as one that hangs in it.
    const staysUp = (st.tgt > 0 || st.phase === "inflating") && between(saysUpSince, taken) >= clearsAfter;
    return {
      ...o,
      since,
      judgedFrom,
      saidUp: { at: taken, boot },
      saysDownSince: null,
      saysUpSince,
      releasingSince: staysUp ? null : o.releasingSince,
      toldReleasedAt: st.phase === "inflating" ? null : o.toldReleasedAt,
    };
  }
  // A cuff that comes to life idle, on a limb that it has up, has ended nothing by saying so.
  const knows = st.phase === "releasing" || o.saidUp?.boot === boot || o.saysDownSince !== null;
  const letsGo = st.phase === "releasing" && st.tgt === 0;
  return {
    ...o,
    since,
    judgedFrom,
    saysDownSince: knows ? (o.saysDownSince ?? taken) : null,
    saysUpSince: null,
    releasingSince: o.releasingSince ?? (letsGo ? taken : null),
  };
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
    return unwatched;
  const off = Math.abs(fromTenths(c.said.tgt) - target);
  const tolerance = settingTolerance(target);
  return watched(c.setting, off > tolerance, off <= tolerance / 2, at);
};

const told = (c: CuffState, fact: Extract<CuffFact, { kind: "event" }>): CuffState => {
  const next = { ...c, heardAt: fact.at, boots: heardEvent(c.boots, fact.message) };
  if (fact.quality !== "live") return next;
  switch (fact.message.kind) {
    case "on-target":
      return onOcclusion(next, (o) => ({ ...o, judgedFrom: earlier(o.judgedFrom, fact.at) }));
    case "release":
      return onOcclusion(next, (o) => ({ ...o, toldReleasedAt: fact.at }));
    case "inflate":
      return onOcclusion(next, (o) => ({ ...o, toldReleasedAt: null }));
    case "leak":
    case "fault":
    case "lop":
    case "button":
      return next;
  }
};

const onOcclusion = (c: CuffState, change: (o: Occlusion) => Occlusion): CuffState =>
  c.occlusion === null ? c : { ...c, occlusion: change(c.occlusion) };

const raised = (c: CuffState, occurrence: Occurrence): CuffState => ({
  ...c,
  alarms: [...c.alarms, occurrence],
  raised: {
    ...c.raised,
    [occurrence.condition]: {
      occlusion: c.occlusions,
      ordinal: nextOrdinal(c, occurrence.condition),
      set: setOf(c),
    },
  },
});

const onAlarm = (c: CuffState, id: string, change: (o: Occurrence) => Occurrence): CuffState => ({
  ...c,
  alarms: c.alarms.map((o) => (o.id === id ? change(o) : o)).filter((o) => occurrenceState(o) !== "closed"),
});
