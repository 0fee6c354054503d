/** Everything that is known of one cuff and of the limb it is on; folded from facts, never written otherwise. */
import type { Occurrence } from "../alarm/occurrence.ts";
import { type Limits, usualLimits } from "../alarm/limits.ts";
import { type ConditionId, crossing, explainsFor, freshFor, judgedAfter } from "../alarm/policy.ts";
import type { DataMessage, MetaMessage } from "../cuff/message.ts";
import type { CuffId, StationId } from "../ids.ts";
import type { Prescription } from "../plan/prescription.ts";
import { after, before, between, later, type Millis, millis, type Monotonic } from "../units.ts";
import type { ClockWatch } from "./clock-watch.ts";
import type { DriftSign } from "./drift.ts";
import type { OrderKind } from "./fact.ts";
import type { Boot } from "./liveness.ts";
import type { Notes } from "./note.ts";
import { type Dose, noDose } from "./occlusion.ts";
import { noPeaks, type Peaks } from "./peaks.ts";
import { noSensor, type Sensor } from "./sensor.ts";
import { type Pressure, unheard } from "./pressure.ts";
import type { Watch } from "./watch.ts";

/** One inflation of one cuff, from crossing 30 mmHg until it has been under 20 mmHg for 2 s, for a reason. */
export type Occlusion = Readonly<{
  /** The server's own count for this cuff; a reboot of the cuff changes nothing of it. */
  number: number;
  since: Monotonic;
  /** From when the pressure is held against the target: on-target, or 30 s after it began. */
  judgedFrom: Monotonic;
  /** The last order to let it down. */
  ordered: Readonly<{ order: OrderKind; by: string; at: Monotonic }> | null;
  /** When the first such order was given: who presses again waits no longer for the alarm that it has failed. */
  firstOrderedAt: Monotonic | null;
  /** Since when the cuff has been letting go to 0; only its staying up for some seconds takes that back. */
  releasingSince: Monotonic | null;
  /** Since when the cuff has said, without a break, that it is up. */
  saysUpSince: Monotonic | null;
  /** When the cuff last had found the limb occlusion pressure in this inflation. */
  measuredAt: Monotonic | null;
  /** When the cuff told of a release, in time. */
  toldReleasedAt: Monotonic | null;
  /** When the cuff first told that it leaks. */
  toldLeakAt: Monotonic | null;
  /** Since when the cuff has said, without a break, that it is letting go or idle. */
  saysDownSince: Monotonic | null;
  /** When, and in which power-up, the cuff itself last said that it is up. */
  saidUp: Readonly<{ at: Monotonic; boot: string }> | null;
  /** The pause before it and the one that it needed, where it was inflated again too soon. */
  tooSoon: Readonly<{ pause: Millis; needed: Millis }> | null;
  /** The cuff's clock against the server's. */
  clock: ClockWatch | null;
  /** The cuff has looked for the LOP in it, and it has treated: one that only did the first needs no reperfusion after it. */
  searched: boolean;
  treated: boolean;
}>;

export type CuffState = Readonly<{
  cuff: CuffId;
  station: StationId | null;
  patient: string;
  prescription: Prescription | null;
  /** What its alarms are held to: the clinic's choice, and the plan's. */
  limits: Limits;
  /** Since when the present session runs; null on no patient. */
  assignedAt: Monotonic | null;
  meta: MetaMessage | null;
  /** When anything was last heard of it; a stranger that has been gone for long is forgotten. */
  heardAt: Monotonic | null;
  /** What the cuff's status or its will said last; a hint for people, nothing is decided by it. */
  saysOnline: boolean | null;
  basic: boolean;
  freshFor: Millis;
  boots: readonly Boot[];
  /** The timer state of the last live message. */
  said: DataMessage["st"] | null;
  batteryPct: number | null;
  /** The last fault that the cuff told of, in time. */
  fault: Readonly<{ code: string; at: Monotonic }> | null;
  /** When it last went back to a power-up that had been superseded, the latest first: three at most. */
  turns: readonly Monotonic[];
  /** Since when the cuff has looked for the LOP; and since when it has said otherwise, which ends the search after some seconds. */
  measuringSince: Monotonic | null;
  otherwiseSince: Monotonic | null;
  /** What was noted at the patient in this session. */
  notes: Notes;
  setChangedAt: Monotonic | null;
  /** When it last told that it is on target; it may tell so before its inflation is certain. */
  toldOnTargetAt: Monotonic | null;
  /** The cuff's own set pressure against the plan's. */
  setting: Watch;
  pressure: Pressure;
  sensor: Sensor;
  peaks: Peaks;
  /** How many inflations this cuff has had since it was first known. */
  occlusions: number;
  occlusion: Occlusion | null;
  dose: Dose;
  restricted: Millis;
  inflationsDone: number;
  /** How many inflations the present dose has, and whether the last of them only looked for the LOP. */
  inDose: number;
  lastSearched: boolean;
  resumedAt: Monotonic | null;
  /** Occurrences that are present, acknowledged or latched. */
  alarms: readonly Occurrence[];
  /** How often a condition was raised in an inflation, and in which set it was last. */
  raised: Readonly<
    Partial<Record<ConditionId, Readonly<{ occlusion: number; ordinal: number; set: string }>>>
  >;
}>;

/** A cuff of which nothing is known but its name. */
export const newCuff = (cuff: CuffId, limits: Limits = usualLimits): CuffState => ({
  cuff,
  limits,
  station: null,
  patient: "",
  prescription: null,
  assignedAt: null,
  meta: null,
  heardAt: null,
  saysOnline: null,
  basic: false,
  freshFor,
  boots: [],
  said: null,
  batteryPct: null,
  fault: null,
  turns: [],
  measuringSince: null,
  otherwiseSince: null,
  notes: {},
  setChangedAt: null,
  toldOnTargetAt: null,
  setting: { beyond: null, within: null },
  pressure: unheard,
  sensor: noSensor,
  peaks: noPeaks,
  occlusions: 0,
  occlusion: null,
  dose: noDose,
  restricted: millis(0),
  inflationsDone: 0,
  inDose: 0,
  lastSearched: false,
  resumedAt: null,
  alarms: [],
  raised: {},
});

/** Pressure is judged from here on if the cuff never says that it is on target. */
export const judgedFromStart = (since: Monotonic): Monotonic => after(since, judgedAfter);

/** The set that is under way, as a name that changes with it; the cuff's own count where it has one. */
export const setOf = (c: CuffState): string =>
  `${c.occlusion?.number ?? 0}.${c.said?.set ?? c.pressure.setsSeen}`;

/** Which occurrence of a condition within the present inflation the next one is, from 1. */
export const nextOrdinal = (c: CuffState, condition: ConditionId): number => {
  const was = c.raised[condition];
  return was?.occlusion === c.occlusions ? was.ordinal + 1 : 1;
};

/** From when silence counts: the last reading, the start of the session, or the server's return. */
export const quietSince = (c: CuffState): Monotonic | null => {
  const heard = c.pressure.lastAt ?? c.assignedAt;
  return heard === null || c.resumedAt === null || heard > c.resumedAt ? heard : c.resumedAt;
};

/** What tells whether the last reading may be taken for the present pressure. */
type Heard = Readonly<{ lastAt: Monotonic | null; freshFor: Millis; resumedAt: Monotonic | null }>;

/** Whether a last reading is young enough to look new, and was taken since the server last came back. */
export const isYoung = ({ lastAt, freshFor, resumedAt }: Heard, now: Monotonic): boolean =>
  lastAt !== null && between(lastAt, now) < freshFor && (resumedAt === null || lastAt >= resumedAt);

/** Whether the last reading may be taken for the present pressure. */
export const isFresh = (c: CuffState, now: Monotonic): boolean =>
  isYoung({ lastAt: c.pressure.lastAt, freshFor: c.freshFor, resumedAt: c.resumedAt }, now);

/** The power-ups that speak now: two at once are two devices of one name, and the one that is up counts. */
const speaking = ({ boots, freshFor: within }: CuffState): readonly Boot[] => {
  const [newest] = boots;
  return newest === undefined ? [] : boots.filter((b) => between(b.offsetAt, newest.offsetAt) < within);
};

/** Since when every reading was at or above 30 mmHg. */
export const upSince = (c: CuffState): Monotonic | null => {
  if (c.boots.length < 2) return c.pressure.upSince;
  const all = speaking(c);
  if (all.length < 2) return c.pressure.upSince;
  return all.reduce<Monotonic | null>(
    (first, { upSince: up }) => (first === null || (up !== null && up < first) ? up : first),
    null,
  );
};

/** Since when every reading was under 20 mmHg. */
export const downSince = (c: CuffState): Monotonic | null => {
  if (c.boots.length < 2) return c.pressure.downSince;
  const all = speaking(c);
  if (all.length < 2) return c.pressure.downSince;
  return all.reduce<Monotonic | null>(
    (last, { downSince: down }) => (last === null || down === null ? null : later(last, down)),
    all[0]?.downSince ?? null,
  );
};

/** Whether the pressure has been measured under 20 mmHg for long enough. */
export const isDown = (c: CuffState): boolean => {
  const since = downSince(c);
  return since !== null && c.pressure.lastAt !== null && between(since, c.pressure.lastAt) >= crossing;
};

/**
 * Whether somebody or the cuff itself has given a reason for a fall that began at `fell`: with it, soon before it, or
 * afterwards. A reason that was given long before explains nothing: what it was meant for did not happen.
 */
export const isExplained = (c: CuffState, fell: Monotonic): boolean => {
  const o = c.occlusion;
  if (o === null) return false;
  const from = before(fell, explainsFor);
  const toldInTime = [o.toldReleasedAt, o.saysDownSince].some((at) => at !== null && at >= from);
  return (
    (c.said?.phase === "releasing" && o.saysDownSince !== null) || toldInTime || isOrdered(o.ordered, fell)
  );
};

/** A release explains the fall that follows it; a person who says that the cuff is off has seen the one before, too. */
const isOrdered = (ordered: Occlusion["ordered"], fell: Monotonic): boolean => {
  if (ordered === null || ordered.at < before(fell, explainsFor)) return false;
  return ordered.order === "cuff-off" || ordered.at <= fell;
};

/** The cuff itself counts the limb as restricted. */
export const saysUp = (c: CuffState): boolean =>
  c.said?.phase === "occluded" || c.said?.phase === "inflating";

/** The same, or it looks for the LOP: by its own word it is up or on its way there. */
export const saysFilled = (c: CuffState): boolean => saysUp(c) || c.said?.phase === "measuring";

/** Whether the pressure is being let down on purpose, as of the last reading. */
export const isLetDown = (c: CuffState): boolean => {
  const { lastAt } = c.pressure;
  const o = c.occlusion;
  if (o === null || lastAt === null) return false;
  if (c.said?.phase === "releasing") return true;
  return [o.ordered?.at, o.toldReleasedAt].some(
    (at) => at !== null && at !== undefined && between(at, lastAt) < explainsFor,
  );
};

/** What says that the pressure of an inflated cuff drifts; null while nothing does. */
export const driftSign = ({ occlusion, pressure }: CuffState): DriftSign | null => {
  if (occlusion === null) return null;
  switch (pressure.drift.finding) {
    case "leaving":
    case "outside":
      return "level";
    case "pump":
      return "pump";
    case "inside":
      return occlusion.toldLeakAt === null ? null : "told";
  }
};

/** The pressure is down and nobody has said why: clocks run on, unconfirmed. */
export const hasFallen = (c: CuffState): boolean => {
  const fell = downSince(c);
  return c.occlusion !== null && fell !== null && !isExplained(c, fell);
};

/** Whether the cuff lets itself be vented from here. */
export const canRelease = (c: CuffState): boolean => c.meta?.caps.includes("release") ?? false;

/** A cuff on no patient, down, without an alarm: nothing would be missed without it. */
export const isStranger = (c: CuffState): boolean =>
  c.station === null && c.occlusion === null && upSince(c) === null && c.alarms.length === 0;

/** The stranger that has been quiet for longest, or null where every cuff matters. */
export const leastMissed = (cuffs: readonly CuffState[]): CuffState | null =>
  cuffs
    .filter(isStranger)
    .reduce<CuffState | null>((a, b) => (a === null || (b.heardAt ?? 0) < (a.heardAt ?? 0) ? b : a), null);
