/** The alarm conditions, and the numbers of the engine that nobody sets (docs/decisions/014): what a clinic sets is in limits.ts. */
import { type Millis, millis, minutes, mmhg, seconds } from "../units.ts";

export type Priority = "low" | "medium" | "high";

/** What can be true of a cuff, or of the limb that it is on. */
export const cuffConditions = [
  "overrun",
  "full-occlusion",
  "release-failed",
  "measuring-too-long",
  "pressure-lost",
  "silent",
  "stop-advised",
  "cuff-fault",
  "target-differs",
  "pressure-high",
  "pressure-low",
  "drift",
  "peaks-over-lop",
  "sensor-frozen",
  "reperfusion-short",
  "session-overrun",
  "inflated-unassigned",
  "two-of-one",
  "clock-disagrees",
  "battery",
  "release-soon",
] as const;
/** What can be true of a room. */
export const roomConditions = ["not-recording", "nobody-listening"] as const;
export const conditions = [...cuffConditions, ...roomConditions] as const;

export type CuffCondition = (typeof cuffConditions)[number];
export type RoomCondition = (typeof roomConditions)[number];
export type ConditionId = (typeof conditions)[number];

/**
 * Whether it counts among the alarms of a session, a class or a clinic: `release-soon` reminds of a release that is due soon, and nothing
 * went wrong. Every page counts by this.
 */
export const countsAsAlarm = (condition: ConditionId): boolean => condition !== "release-soon";

const latching: ReadonlySet<ConditionId> = new Set<ConditionId>([
  "overrun",
  "full-occlusion",
  "release-failed",
  "measuring-too-long",
  "pressure-lost",
  "stop-advised",
  "cuff-fault",
]);

/** Whether it stays visible after it has cleared until a person has answered it. */
export const latches = (condition: ConditionId): boolean => latching.has(condition);

/** Said at most once in a set and the rest after it. */
const onceASet: ReadonlySet<ConditionId> = new Set<ConditionId>(["pressure-low", "peaks-over-lop"]);
export const isOnceASet = (condition: ConditionId): boolean => onceASet.has(condition);

/** At or above this for `crossing`, a cuff is inflated. */
export const inflatedAt = mmhg(30);
/** Under this for `crossing`, and explained, an inflation has ended. */
export const downBelow = mmhg(20);
export const crossing = seconds(2);
/** A reading that is older than this no longer looks new. */
export const freshFor = seconds(3);
/** A reason that was given longer before a fall than this explains nothing: what it was meant for did not happen. */
export const explainsFor = seconds(10);
/** The pulse moves the pressure of a cuff by up to 4 mmHg from peak to peak (clinical.md). */
export const pulseRipple = mmhg(2);
/** No plan may ask for this pressure; a clinic may hold its cuffs to less (`absoluteCapMmhg`). */
export const absoluteCap = mmhg(300);
/** Pressure is held against its target from on-target, or this long after the inflation began. */
export const judgedAfter = seconds(30);
/** How long a pressure must be back within half of the threshold before an alarm about it clears. */
export const clearsAfter = seconds(5);
/** Own level and exercise are judged over the median of this long. */
export const levelOver = seconds(10);
/** Rest: pressure has kept within `restRange` for this long. */
export const restOver = seconds(3);
export const restRange = mmhg(5);
/** A lost pressure must be back above this share of its own level. */
export const lostRegained = 0.85;
/** In the first repetitions after a rest it must be under this share, or last for longer than any valley. */
export const lostAtOnceBelow = 0.5;
export const valleyAtMost = seconds(4);
/** The level of `levelOver` is that of exercise alone only when there have been some repetitions more. */
export const firstRepetitions = seconds(20);
/** The share of the readings that lies deepest in the valleys of the repetitions. */
export const valleyShare = 0.05;
/** No repetition is quicker, and none takes longer. */
export const repetitionAtLeast = seconds(1.5);
export const repetitionAtMost = seconds(8);
/** A fall within this long after the set counter changed is the end of a set. */
export const setJustFinished = seconds(10);

/**
 * Readings that are further apart than this are no unbroken stretch: the cuff was silent between them. Closer ones are held
 * together, or a link that loses half of them would hide what lasts.
 */
export const unbroken = freshFor;
/** What was told or noted once, of a cuff that is down, stands for this long. */
export const standsAfter = seconds(60);
/** How many per cent above its limit a battery must be again. */
export const batteryRegained = 2;

/** A disk that has given no answer for this long does not store. */
export const storesWithin = seconds(5);

/** A cuff on no patient that is down and quiet for this long is forgotten. */
export const strangersKeptFor = minutes(10);

/** How far apart two releases must be, so that one person can do both. */
export const releasesApart: Millis = millis(30_000);
