/** Everything that is known of one cuff and of the limb it is on; folded from facts, never written otherwise. */
import type { Occurrence } from "../alarm/occurrence.ts";
import { type ConditionId, crossing, freshFor, judgedAfter } from "../alarm/policy.ts";
import type { DataMessage, MetaMessage } from "../cuff/message.ts";
import type { CuffId, StationId } from "../ids.ts";
import type { Prescription } from "../plan/prescription.ts";
import { after, between, type Millis, millis, type Monotonic } from "../units.ts";
import type { OrderKind } from "./fact.ts";
import type { Boot } from "./liveness.ts";
import { type Dose, noDose } from "./occlusion.ts";
import { type Pressure, unheard, type Watch } from "./pressure.ts";

/** One inflation of one cuff, from crossing 30 mmHg until it has been under 20 mmHg for 2 s, for a reason. */
export type Occlusion = Readonly<{
  /** The server's own count for this cuff; a reboot of the cuff changes nothing of it. */
  number: number;
  since: Monotonic;
  /** From when the pressure is held against the target: on-target, or 30 s after it began. */
  judgedFrom: Monotonic;
  ordered: Readonly<{ order: OrderKind; by: string; at: Monotonic }> | null;
  /** Since when the cuff has said, without a break, that it is letting go to 0. */
  releasingSince: Monotonic | null;
  /** The cuff has told a release, in time. */
  toldReleased: boolean;
}>;

export type CuffState = Readonly<{
  cuff: CuffId;
  station: StationId | null;
  patient: string;
  prescription: Prescription | null;
  /** Since when the present session runs; null on no patient. */
  assignedAt: Monotonic | null;
  meta: MetaMessage | null;
  /** What the cuff's status or its will said last; a hint for people, nothing is decided by it. */
  saysOnline: boolean | null;
  basic: boolean;
  freshFor: Millis;
  boots: readonly Boot[];
  /** The timer state of the last live message. */
  said: DataMessage["st"] | null;
  batteryPct: number | null;
  setChangedAt: Monotonic | null;
  /** The cuff's own set pressure against the plan's. */
  setting: Watch;
  pressure: Pressure;
  /** How many inflations this cuff has had since it was first known. */
  occlusions: number;
  occlusion: Occlusion | null;
  dose: Dose;
  restricted: Millis;
  inflationsDone: number;
  resumedAt: Monotonic | null;
  /** Occurrences that are present, acknowledged or latched. */
  alarms: readonly Occurrence[];
  /** How often a condition was raised in an inflation, and in which set it was last. */
  raised: Readonly<
    Partial<Record<ConditionId, Readonly<{ occlusion: number; ordinal: number; set: string }>>>
  >;
}>;

export const newCuff = (cuff: CuffId): CuffState => ({
  cuff,
  station: null,
  patient: "",
  prescription: null,
  assignedAt: null,
  meta: null,
  saysOnline: null,
  basic: false,
  freshFor,
  boots: [],
  said: null,
  batteryPct: null,
  setChangedAt: null,
  setting: { beyond: null, within: null },
  pressure: unheard,
  occlusions: 0,
  occlusion: null,
  dose: noDose,
  restricted: millis(0),
  inflationsDone: 0,
  resumedAt: null,
  alarms: [],
  raised: {},
});

/** Pressure is judged from here on if the cuff never says that it is on target. */
export const judgedFromStart = (since: Monotonic): Monotonic => after(since, judgedAfter);

/** The set that is under way, as a name that changes with it; the cuff's own count where it has one. */
export const setOf = (c: CuffState): string =>
  `${c.occlusion?.number ?? 0}.${c.said?.set ?? c.pressure.setsSeen}`;

/** From when silence counts: the last reading, the start of the session, or the server's return. */
export const quietSince = (c: CuffState): Monotonic | null => {
  const heard = c.pressure.lastAt ?? c.assignedAt;
  return heard === null || c.resumedAt === null || heard > c.resumedAt ? heard : c.resumedAt;
};

/** Whether the last reading may be taken for the present pressure. */
export const isFresh = (c: CuffState, now: Monotonic): boolean =>
  c.pressure.lastAt !== null &&
  between(c.pressure.lastAt, now) < c.freshFor &&
  (c.resumedAt === null || c.pressure.lastAt >= c.resumedAt);

/** Whether the pressure has been measured under 20 mmHg for long enough. */
export const isDown = (c: CuffState): boolean =>
  c.pressure.downSince !== null &&
  c.pressure.lastAt !== null &&
  between(c.pressure.downSince, c.pressure.lastAt) >= crossing;

/** Whether somebody or the cuff itself has given a reason for the pressure to fall. */
export const isExplained = (c: CuffState): boolean =>
  c.occlusion !== null &&
  (c.occlusion.ordered !== null ||
    c.occlusion.toldReleased ||
    c.said?.phase === "releasing" ||
    c.said?.phase === "idle");

/** The pressure is down and nobody has said why: clocks run on, unconfirmed. */
export const hasFallen = (c: CuffState): boolean =>
  c.occlusion !== null && c.pressure.downSince !== null && !isExplained(c);

export const canRelease = (c: CuffState): boolean => c.meta?.caps.includes("release") ?? false;
