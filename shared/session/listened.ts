/** What one live message of a cuff changes of what is known of it. */
import { settingTolerance } from "../alarm/limits.ts";
import { clearsAfter, downBelow, inflatedAt } from "../alarm/policy.ts";
import type { CuffPhase, DataMessage } from "../cuff/message.ts";
import { between, earlier, fromTenths, later, type Mmhg, type Monotonic, monotonic } from "../units.ts";
import { clockHeard } from "./clock-watch.ts";
import { type CuffState, judgedFromStart, type Occlusion } from "./cuff-state.ts";
import { lastSampleAt, lateAfterMs, siteTime } from "./liveness.ts";
import { beginning } from "./occlusion.ts";
import { noPeaks, peaked } from "./peaks.ts";
import { levelOf, measured, read } from "./pressure.ts";
import { noSensor, sensed } from "./sensor.ts";
import { unwatched, type Watch, watched } from "./watch.ts";
import { yardstick } from "./yardstick.ts";

/**
 * A cuff after a live message that arrived at `arrival`: its timer state, then its readings in order. `now` is what the message
 * has changed of its power-ups already; the present one stands first. Every message of every cuff comes through here, so the state is
 * copied once.
 */
export const listened = (
  before: CuffState,
  now: Pick<CuffState, "boots" | "turns">,
  message: DataMessage,
  arrival: Monotonic,
): CuffState => {
  const boot = now.boots[0];
  if (boot === undefined) return before;
  const st = message.st;
  const taken = siteTime(boot, lastSampleAt(message), arrival);
  const search = searchAfter(before, st.phase, taken);
  // A phase that flickers for a message or two has found no LOP.
  const treated =
    before.said?.phase === "measuring" &&
    st.phase !== "measuring" &&
    before.measuringSince !== null &&
    between(before.measuringSince, taken) >= clearsAfter;
  const { occlusion } = before;
  const anew = treated && occlusion !== null ? treatedFrom(occlusion, taken) : occlusion;
  const c: Spoken = {
    meta: before.meta,
    prescription: before.prescription,
    limits: before.limits,
    freshFor: before.freshFor,
    basic: false,
    said: st,
    occlusion: anew === null ? null : heardOcclusion(anew, message, { taken, arrival, anew: treated }),
  };
  const pressure = treated ? measured(before.pressure) : before.pressure;
  const shown = readAll(
    c,
    { ...now, pressure, sensor: before.sensor, peaks: before.peaks },
    message,
    arrival,
  );
  return {
    ...before,
    turns: now.turns,
    heardAt: arrival,
    basic: c.basic,
    said: c.said,
    occlusion: c.occlusion,
    batteryPct: message.bat?.pct ?? before.batteryPct,
    measuringSince: search.measuringSince,
    otherwiseSince: search.otherwiseSince,
    setChangedAt: before.said?.set !== st.set && before.said !== null ? arrival : before.setChangedAt,
    setting: settingWatch(c, before.setting, taken),
    boots: shown.boots,
    pressure: shown.pressure,
    sensor: shown.sensor,
    peaks: shown.peaks,
  };
};

/** The search for the LOP after one more word of the cuff; only what it keeps saying ends it. */
const searchAfter = (
  { measuringSince, otherwiseSince }: Pick<CuffState, "measuringSince" | "otherwiseSince">,
  phase: CuffPhase,
  taken: Monotonic,
): Pick<CuffState, "measuringSince" | "otherwiseSince"> => {
  if (phase === "measuring") return { measuringSince: measuringSince ?? taken, otherwiseSince: null };
  const since = otherwiseSince ?? taken;
  const over = measuringSince === null || between(since, taken) >= clearsAfter;
  return over ? { measuringSince: null, otherwiseSince: null } : { measuringSince, otherwiseSince: since };
};

/** What a cuff says of itself, and what is known of it that its readings are held against. */
type Spoken = Pick<
  CuffState,
  "meta" | "prescription" | "limits" | "freshFor" | "basic" | "said" | "occlusion"
>;
/** What its readings show. */
type Shown = Pick<CuffState, "boots" | "pressure" | "sensor" | "peaks">;

/** The LOP was found: the treatment begins, and with it what it is held against. */
const treatedFrom = (o: Occlusion, taken: Monotonic): Occlusion => ({
  ...o,
  judgedFrom: judgedFromStart(taken),
  measuredAt: taken,
});

const readAll = (c: Spoken, shown: Shown, message: DataMessage, arrival: Monotonic): Shown => {
  const [boot, ...others] = shown.boots;
  if (boot === undefined) return shown;
  const newest = lastSampleAt(message);
  const by = yardstick(c, arrival);
  let { pressure, sensor, peaks } = shown;
  let { upSince: up, downSince: down } = boot;
  for (const [i, tenths] of message.p.entries()) {
    const m = message.m0 + i * message.dt;
    // A batch may be live at its end and hold what is too old to decide anything at its beginning.
    if (tenths === null || newest - m > lateAfterMs) continue;
    const dated = siteTime(boot, m, arrival);
    const at = pressure.lastAt === null ? dated : later(dated, pressure.lastAt);
    const value = fromTenths(tenths);
    pressure = read(pressure, value, at, by);
    ({ sensor, peaks } = readMore(c, { sensor, peaks, pressure }, value, at));
    up = value >= inflatedAt ? (up ?? at) : null;
    down = value < downBelow ? (down ?? at) : null;
  }
  return { pressure, sensor, peaks, boots: [{ ...boot, upSince: up, downSince: down }, ...others] };
};

/** What a reading says of the sensor and of the repetitions' peaks, while the cuff is up. */
export const readMore = (
  c: Spoken,
  { sensor, peaks, pressure }: Pick<CuffState, "sensor" | "peaks" | "pressure">,
  value: Mmhg,
  at: Monotonic,
): Pick<CuffState, "sensor" | "peaks"> => {
  if (c.occlusion === null || c.said?.phase === "measuring") return { sensor: noSensor, peaks: noPeaks };
  return {
    sensor: sensed(sensor, value, at, c),
    peaks: peaked(peaks, value, at, { level: levelOf(pressure), lop: c.prescription?.lop ?? null }),
  };
};

/** An inflation after the cuff's word on it. `anew`: the LOP was found, and the treatment begins. */
const heardOcclusion = (
  o: Occlusion,
  message: DataMessage,
  { taken, arrival, anew }: Readonly<{ taken: Monotonic; arrival: Monotonic; anew: boolean }>,
): Occlusion => {
  const { st, boot } = message;
  const saysDown = st.phase === "releasing" || st.phase === "idle";
  // An idle cuff's timer is that of an inflation which it believes to be over.
  const since = st.phase === "idle" ? o.since : beginning(o.since, monotonic(taken - st.occMs));
  const judgedFrom = anew || since === o.since ? o.judgedFrom : earlier(o.judgedFrom, judgedFromStart(since));
  const clock = clockHeard(o.clock, message, arrival);
  if (!saysDown) {
    const saysUpSince = o.saysUpSince ?? taken;
    // A cuff that flickers between the two lets go as little as one that hangs in it.
    const staysUp = (st.tgt > 0 || st.phase === "inflating") && between(saysUpSince, taken) >= clearsAfter;
    return {
      ...o,
      since,
      judgedFrom,
      clock,
      searched: o.searched || st.phase === "measuring",
      treated: o.treated || st.phase === "occluded",
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
    clock,
    saysDownSince: knows ? (o.saysDownSince ?? taken) : null,
    saysUpSince: null,
    releasingSince: o.releasingSince ?? (letsGo ? taken : null),
  };
};

/** The cuff's own set pressure against the plan's, after one more word on it. */
const settingWatch = (c: Spoken, was: Watch, at: Monotonic): Watch => {
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
  const tolerance = settingTolerance(target, c.limits);
  return watched(was, off > tolerance, off <= tolerance / 2, at);
};
