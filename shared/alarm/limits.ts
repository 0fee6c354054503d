/**
 * The limits of the alarms, each a setting of the clinic and, where it says so, of a plan: what it is held to unless
 * somebody chooses otherwise, between which bounds it can be chosen, and where it comes from. Units stand in the names.
 */
import { z } from "zod";
import { type Millis, millis, minutes, type Mmhg, mmhg, seconds } from "../units.ts";

export type Limit = Readonly<{
  /** What holds where nothing was chosen, and what may be chosen. */
  usual: number;
  least: number;
  most: number;
  unit: "s" | "min" | "%" | "mmHg" | "repetitions" | "of 10";
  /** Whether a plan may have a value of its own. */
  plan: boolean;
  /** What it is, for the person who sets it, and where the number comes from. */
  what: string;
  source: string;
}>;

const chosen = "chosen here; no figure is published";
const delfi = "Delfi PTS ii: a pump that runs for over 7 s";
const zimmer = "Zimmer ATS 3000: silenced for 30 s, then it sounds again";
const patterson = "Patterson et al. 2019";

/** Every limit; a clinic that chooses none has all of these. */
export const limitTable = {
  releaseSoonS: {
    ...{ usual: 60, least: 15, most: 180, unit: "s", plan: true },
    what: "how long before the limit the countdown begins",
    source: chosen,
  },
  overrunHighAfterS: {
    ...{ usual: 60, least: 10, most: 120, unit: "s", plan: false },
    what: "how long after the limit an overrun becomes high",
    source: chosen,
  },
  releaseWithinS: {
    ...{ usual: 10, least: 5, most: 20, unit: "s", plan: false },
    what: "how long a release may take to bring the pressure down",
    source: "venting takes 3 to 6 s",
  },
  sessionLimitMin: {
    ...{ usual: 30, least: 5, most: 60, unit: "min", plan: false },
    what: "how long one limb may be restricted in a session, all inflations together",
    source: "the clinic's to choose (docs/clinical.md)",
  },
  fullOcclusionForS: {
    ...{ usual: 3, least: 1, most: 5, unit: "s", plan: false },
    what: "how long a pressure may stay at or above 100 % LOP",
    source: chosen,
  },
  absoluteCapMmhg: {
    ...{ usual: 300, least: 200, most: 300, unit: "mmHg", plan: false },
    what: "the pressure that alarms at once, whatever the LOP",
    source: chosen,
  },
  measuringForS: {
    ...{ usual: 120, least: 30, most: 300, unit: "s", plan: false },
    what: "how long a search for the LOP may take",
    source: chosen,
  },
  peaksInARow: {
    ...{ usual: 3, least: 2, most: 10, unit: "repetitions", plan: false },
    what: "how many repetitions running may peak at or above 100 % LOP",
    source: "Swain et al. 2025: common on unregulated cuffs",
  },
  settingPct: {
    ...{ usual: 5, least: 2, most: 20, unit: "%", plan: false },
    what: "how far the cuff's own set pressure may be off the plan's; the greater of this and settingMmhg counts",
    source: chosen,
  },
  settingMmhg: {
    ...{ usual: 5, least: 2, most: 20, unit: "mmHg", plan: false },
    what: "the same in mmHg",
    source: chosen,
  },
  settingForS: {
    ...{ usual: 5, least: 2, most: 30, unit: "s", plan: false },
    what: "how long the cuff's own set pressure may be off the plan's",
    source: chosen,
  },
  exercisePct: {
    ...{ usual: 10, least: 5, most: 30, unit: "%", plan: true },
    what: "how far the pressure may be off its target in exercise; the greater of this and exerciseMmhg counts",
    source: "Swain et al. 2025: a regulated cuff keeps within ±10 % of target",
  },
  exerciseMmhg: {
    ...{ usual: 15, least: 5, most: 40, unit: "mmHg", plan: true },
    what: "the same in mmHg",
    source: "surgical tourniquets: 15 mmHg",
  },
  restPct: {
    ...{ usual: 5, least: 2, most: 20, unit: "%", plan: true },
    what: "how far the pressure may be off its target at rest; the greater of this and restMmhg counts",
    source: "Swain et al. 2025: a regulated cuff rests within ±5 % of target",
  },
  restMmhg: {
    ...{ usual: 15, least: 5, most: 40, unit: "mmHg", plan: true },
    what: "the same in mmHg",
    source: "surgical tourniquets: 15 mmHg",
  },
  restForS: {
    ...{ usual: 5, least: 2, most: 20, unit: "s", plan: false },
    what: "how long the pressure may be off its target at rest",
    source: chosen,
  },
  driftAheadS: {
    ...{ usual: 60, least: 15, most: 120, unit: "s", plan: false },
    what: "how long ahead a drifting level is told",
    source: chosen,
  },
  pumpForS: {
    ...{ usual: 7, least: 5, most: 20, unit: "s", plan: false },
    what: "how long the pump of a regulated cuff may run at rest",
    source: delfi,
  },
  lostPct: {
    ...{ usual: 70, least: 50, most: 80, unit: "%", plan: false },
    what: "the share of its own level under which a pressure is lost",
    source: "deeper than a repetition's valley in Swain et al. 2025",
  },
  lostForS: {
    ...{ usual: 2, least: 1, most: 5, unit: "s", plan: false },
    what: "how long a pressure may be under that share",
    source: chosen,
  },
  silentAfterS: {
    ...{ usual: 3, least: 3, most: 10, unit: "s", plan: false },
    what: "how long an inflated cuff may be silent; a basic cuff always for three of its intervals",
    source: chosen,
  },
  silentDownAfterS: {
    ...{ usual: 30, least: 10, most: 300, unit: "s", plan: false },
    what: "how long a cuff that is down may be silent in a session",
    source: chosen,
  },
  frozenForS: {
    ...{ usual: 5, least: 3, most: 15, unit: "s", plan: false },
    what: "how long an inflated cuff may read exactly the same",
    source: "a limb's pulse moves the pressure by 1 to 4 mmHg",
  },
  frozenBasicForS: {
    ...{ usual: 60, least: 20, most: 180, unit: "s", plan: false },
    what: "the same for a basic cuff that sends whole mmHg",
    source: chosen,
  },
  clockApartS: {
    ...{ usual: 2, least: 1, most: 5, unit: "s", plan: false },
    what: "how far the clocks of cuff and server may drift apart in one inflation",
    source: "the cuff contract",
  },
  unassignedForS: {
    ...{ usual: 10, least: 5, most: 60, unit: "s", plan: false },
    what: "how long a cuff may be up on no patient",
    source: chosen,
  },
  batteryLowPct: {
    ...{ usual: 20, least: 10, most: 50, unit: "%", plan: false },
    what: "the charge below which a battery is low",
    source: chosen,
  },
  batteryEmptyPct: {
    ...{ usual: 10, least: 5, most: 30, unit: "%", plan: false },
    what: "the charge below which a battery is nearly empty",
    source: chosen,
  },
  painOver: {
    ...{ usual: 7, least: 4, most: 9, unit: "of 10", plan: true },
    what: "the pain above which stopping is advised",
    source: patterson,
  },
  refillOverS: {
    ...{ usual: 3, least: 3, most: 4, unit: "s", plan: false },
    what: "the capillary refill above which stopping is advised",
    source: "1 to 3 s is normal",
  },
  unheardForS: {
    ...{ usual: 5, least: 1, most: 15, unit: "s", plan: false },
    what: "how long no armed screen may be connected while a cuff is up",
    source: "a screen that reloads is back within 5 s",
  },
  silencesHighS: {
    ...{ usual: 30, least: 10, most: 60, unit: "s", plan: false },
    what: "how long an answer silences a high alarm",
    source: zimmer,
  },
  silencesS: {
    ...{ usual: 120, least: 30, most: 120, unit: "s", plan: false },
    what: "how long an answer silences a medium alarm",
    source: chosen,
  },
  pauseForS: {
    ...{ usual: 120, least: 30, most: 120, unit: "s", plan: false },
    what: "how long the sound of a room can be paused",
    source: chosen,
  },
  remindAfterS: {
    ...{ usual: 60, least: 20, most: 120, unit: "s", plan: false },
    what: "how long an alarm may be without anybody going before the tablets are reminded",
    source: chosen,
  },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof limitTable;
export type Limits = Readonly<Record<LimitName, number>>;
/** The limits that somebody has chosen. */
export type ChosenLimits = Readonly<Partial<Limits>>;

/** Every limit's name, in the order of the table. */
export const limitNames = Object.keys(limitTable) as readonly LimitName[];

const made = (value: (name: LimitName) => number): Limits =>
  Object.fromEntries(limitNames.map((name) => [name, value(name)])) as Limits;

export const usualLimits: Limits = made((name) => limitTable[name].usual);

/** What holds where a clinic and a plan have chosen these; the plan's own stand before the clinic's. */
export const limitsOf = (clinic: ChosenLimits, plan: ChosenLimits = {}): Limits => {
  const chosen = { ...clinic, ...plan };
  return Object.keys(chosen).length === 0 ? usualLimits : made((name) => chosen[name] ?? usualLimits[name]);
};

const choice = (name: LimitName) => {
  const { least, most, unit, what }: Limit = limitTable[name];
  const must = `${what}: must be ${least} to ${most} ${unit}`;
  return z.number(must).min(least, must).max(most, must).optional();
};

const choices = (names: readonly LimitName[]): z.ZodType<ChosenLimits> =>
  z
    .strictObject(
      Object.fromEntries(names.map((name) => [name, choice(name)])) as Record<
        LimitName,
        ReturnType<typeof choice>
      >,
    )
    .transform((chosen) => Object.fromEntries(Object.entries(chosen).filter(([, v]) => v !== undefined)));

/** What a clinic may choose. */
export const clinicLimits = choices(limitNames).refine(
  (l) => (l.batteryEmptyPct ?? usualLimits.batteryEmptyPct) < (l.batteryLowPct ?? usualLimits.batteryLowPct),
  { path: ["batteryEmptyPct"], message: "a nearly empty battery must be below a low one" },
);
/** What a plan may choose. */
export const planLimits = choices(limitNames.filter((name) => limitTable[name].plan));

/** Milliseconds in one of each limit's unit. */
const msInUnit: Limits = made((name) => (limitTable[name].unit === "min" ? minutes(1) : seconds(1)));

/** A limit that is a time. */
export const lasts = (limits: Limits, name: LimitName): Millis => millis(limits[name] * msInUnit[name]);

const tolerance = (target: Mmhg, pct: number, atLeast: number): Mmhg =>
  mmhg(Math.max((pct / 100) * target, atLeast));

/** How far off the target is too far while exercising, while resting, and for the cuff's own set pressure. */
export const exerciseTolerance = (target: Mmhg, l: Limits): Mmhg =>
  tolerance(target, l.exercisePct, l.exerciseMmhg);
export const restTolerance = (target: Mmhg, l: Limits): Mmhg => tolerance(target, l.restPct, l.restMmhg);
export const settingTolerance = (target: Mmhg, l: Limits): Mmhg =>
  tolerance(target, l.settingPct, l.settingMmhg);
