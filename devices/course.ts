/** The course of a session as one cuff goes through it: inflate, sets with their rests, release, reperfuse, again. */
import type { CuffPhase } from "../shared/cuff/message.ts";
import type { Valve } from "./physics/bladder.ts";
import type { Effort } from "./physics/motion.ts";

export type Course = Readonly<{
  targetMmhg: number;
  /** Repetitions of each set; none where the plan is one stretch of `durationMs`. */
  sets: readonly number[];
  durationMs: number;
  /** How long a repetition takes; 0 where the person keeps still. */
  repMs: number;
  restMs: number;
  /** Whether the cuff stays up in the rests between sets. */
  betweenSets: "up" | "down";
  /** How often the sets are done before the session is over. */
  inflations: number;
  /** How long the cuff stays deflated before the next inflation. */
  reperfusionMs: number;
  /** How long after the last inflation the next session begins. */
  pauseMs: number;
  /** How long the cuff stays up after its last set, one entry an inflation, over and over. */
  stayMs: readonly number[];
}>;

/** Where a cuff is in its course. `set` counts from 1. */
export type Stage = Readonly<
  | { kind: "ready"; untilMs: number }
  | { kind: "inflating"; sinceMs: number; set: number }
  /** Inflated, before the first repetition of a set. */
  | { kind: "settling"; sinceMs: number; set: number }
  | { kind: "working"; sinceMs: number; set: number }
  | { kind: "resting"; sinceMs: number; set: number }
  /** All sets are done and the cuff is still up. */
  | { kind: "staying"; sinceMs: number; set: number }
  /** `set` is the one just finished when another follows after a rest without pressure. */
  | { kind: "releasing"; sinceMs: number; set: number | null }
  | { kind: "reperfusing"; untilMs: number; set: number | null }
>;

/** What the cuff itself knows when it decides what comes next. */
export type Sense = Readonly<{ atMs: number; readMmhg: number | null; inflation: number }>;

/** From on-target to the first repetition. */
const settleMs = 2000;
/** A cuff that cannot reach its pressure gives up. */
const inflateAtMostMs = 15_000;
/** Below this the cuff holds itself for released. */
const releasedMmhg = 5;

/** The stage that follows, or the same one. One boundary at a time, on the exact millisecond where it was due. */
export const nextStage = (course: Course, stage: Stage, sense: Sense): Stage => {
  const { atMs, readMmhg } = sense;
  switch (stage.kind) {
    case "ready":
      return atMs >= stage.untilMs ? { kind: "inflating", sinceMs: atMs, set: 1 } : stage;
    case "inflating":
      if (readMmhg !== null && readMmhg >= course.targetMmhg - 2)
        return { kind: "settling", sinceMs: atMs, set: stage.set };
      return cannotInflate(stage, atMs) ? { kind: "releasing", sinceMs: atMs, set: null } : stage;
    case "settling":
      return later(stage, settleMs, atMs, "working");
    case "working": {
      const lastsMs = workMs(course, stage.set);
      if (stage.set >= course.sets.length) return later(stage, lastsMs, atMs, "staying");
      return course.betweenSets === "up" || atMs < stage.sinceMs + lastsMs
        ? later(stage, lastsMs, atMs, "resting")
        : { kind: "releasing", sinceMs: atMs, set: stage.set };
    }
    case "resting":
      return atMs >= stage.sinceMs + course.restMs
        ? { kind: "working", sinceMs: stage.sinceMs + course.restMs, set: stage.set + 1 }
        : stage;
    case "staying": {
      const stayMs = course.stayMs[(sense.inflation - 1) % course.stayMs.length] ?? 0;
      return atMs >= stage.sinceMs + stayMs ? { kind: "releasing", sinceMs: atMs, set: null } : stage;
    }
    case "releasing":
      if (readMmhg === null || readMmhg >= releasedMmhg) return stage;
      return { kind: "reperfusing", untilMs: atMs + pauseAfter(course, stage, sense), set: stage.set };
    case "reperfusing":
      return atMs >= stage.untilMs ? { kind: "inflating", sinceMs: atMs, set: (stage.set ?? 0) + 1 } : stage;
  }
};

/** How long a set is worked for; a plan without sets is one long one. */
const workMs = ({ sets, repMs, durationMs }: Course, set: number): number => {
  const repetitions = sets[set - 1];
  return repetitions === undefined ? durationMs : repetitions * repMs;
};

/** Whether an inflation has been given up. */
export const cannotInflate = (stage: Stage, atMs: number): boolean =>
  stage.kind === "inflating" && atMs >= stage.sinceMs + inflateAtMostMs;

const later = (
  stage: Extract<Stage, { set: number }>,
  lastsMs: number,
  atMs: number,
  next: "working" | "resting" | "staying",
): Stage =>
  atMs >= stage.sinceMs + lastsMs ? { kind: next, sinceMs: stage.sinceMs + lastsMs, set: stage.set } : stage;

const pauseAfter = (course: Course, { set }: { set: number | null }, { inflation }: Sense): number => {
  if (set !== null) return course.restMs;
  return inflation % course.inflations === 0 ? course.pauseMs : course.reperfusionMs;
};

/** What the cuff does with its air in a stage. */
export const valveOf = ({ targetMmhg }: Course, stage: Stage): Valve => {
  switch (stage.kind) {
    case "inflating":
      return { kind: "fill", toMmhg: targetMmhg };
    case "settling":
    case "working":
    case "resting":
    case "staying":
      return { kind: "hold", setMmhg: targetMmhg };
    case "ready":
    case "releasing":
    case "reperfusing":
      return { kind: "vent" };
  }
};

/** The set under way, if the person is moving. */
export const effortOf = ({ repMs }: Course, stage: Stage): Effort | null =>
  stage.kind === "working" && repMs > 0 ? { set: stage.set, sinceMs: stage.sinceMs, repMs } : null;

/** What the cuff calls it. */
export const phaseOf = (stage: Stage): CuffPhase => {
  switch (stage.kind) {
    case "ready":
    case "reperfusing":
      return "idle";
    case "inflating":
      return "inflating";
    case "settling":
    case "working":
    case "resting":
    case "staying":
      return "occluded";
    case "releasing":
      return "releasing";
  }
};

/** The cuff's own counters: the set, and the repetitions of it that are complete. None while it is down, or without sets. */
export const countersOf = (
  course: Course,
  stage: Stage,
  atMs: number,
): Readonly<{ set: number; rep: number }> | null => {
  if (course.sets.length === 0) return null;
  switch (stage.kind) {
    case "working": {
      const done = Math.floor((atMs - stage.sinceMs) / course.repMs);
      return { set: stage.set, rep: Math.max(0, done) };
    }
    case "settling":
    case "inflating":
      return { set: stage.set, rep: 0 };
    case "resting":
    case "staying":
      return { set: stage.set, rep: course.sets[stage.set - 1] ?? 0 };
    case "ready":
    case "releasing":
    case "reperfusing":
      return null;
  }
};
