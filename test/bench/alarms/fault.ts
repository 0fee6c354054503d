/** What is done to a cuff in the alarm bench, and by when the engine must have said so (docs/alarms.md, "How well it must work"). */
import type { Fault } from "../../../devices/physics/fault.ts";
import type { CuffModelName } from "../../../devices/physics/model.ts";
import { type Random, randomFrom, seedOf } from "../../../devices/random.ts";
import { isResting } from "./oracle.ts";
import { isRegulated } from "./person.ts";
import type { Session } from "./session.ts";

export const faultKinds = [
  "overrun",
  "full-occlusion",
  "burst",
  "silence",
  "stuck-release",
  "step",
  "leak",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What an alarm said: its condition, what was measured and what that was held against. */
export type Said = Readonly<{ condition: string; value: number; limit: number }>;

const sayingIt: Readonly<Record<Exclude<FaultKind, "step" | "leak">, string>> = {
  overrun: "overrun",
  "full-occlusion": "full-occlusion",
  burst: "pressure-lost",
  silence: "silent",
  "stuck-release": "release-failed",
};

/**
 * Whether an alarm says what was done: the right condition, and that the pressure goes where it does go. Once an unregulated cuff has
 * a band of its own (`own`), `pressure-low` is its standing offset and says nothing of a fall.
 */
export const says = (
  { kind, fault }: Injection,
  said: Said,
  { model, own }: Readonly<{ model: CuffModelName; own: boolean }>,
): boolean => {
  if (kind !== "step" && kind !== "leak") return said.condition === sayingIt[kind];
  // A leak that is made good shows in the pump and hardly in the pressure.
  if (kind === "leak" && isRegulated(model)) return said.condition === "drift";
  const rises = fault !== "silence" && fault.kind === "posture-step" && fault.byMmhg > 0;
  switch (said.condition) {
    case "drift":
      return rises ? said.value > said.limit : said.value < said.limit;
    case "pressure-high":
      return rises;
    case "pressure-lost":
      return !rises;
    case "pressure-low":
      return !rises && kind === "step" && !own;
    default:
      return false;
  }
};

/** By when it must have been found, from when it is true; a leak, from when it has left the band. */
export const dueAfterMs: Readonly<Record<FaultKind, number>> = {
  overrun: 100,
  "full-occlusion": 4000,
  burst: 3000,
  silence: 3500,
  "stuck-release": 11_000,
  step: 15_000,
  leak: 15_000,
};

export type Injection = Readonly<{
  kind: FaultKind;
  /** Index into the session's moments. */
  from: number;
  fault: Fault | "silence";
}>;

export type Judged = Readonly<{
  kind: FaultKind;
  model: CuffModelName;
  seed: number;
  /** Of the found: from when it became true (a leak: began) to the alarm. */
  foundAfterMs: number | null;
  condition: string | null;
  /** It was said in time, but the same session without it says so, too, at that time. */
  saidAnyway: boolean;
  /** The same of the surgical rule, which is credited with any alarm of its own in time. */
  tourniquetAfterMs: number | null;
  /** Of a leak that left a band which was the cuff's own: whether it was found before. */
  beforeExit: boolean | null;
  /** What a person who looks at a miss wants to know. */
  says: string;
}>;

/** In turns, so that every person has leaks, steps and two of the others. */
const others = ["full-occlusion", "burst", "silence", "stuck-release"] as const;

/** What is tried on one person: each in a copy of the session of its own. */
export const injectionsInto = (session: Session, ordinal: number): Injection[] => {
  const random = randomFrom(seedOf(session.person.seed, 78));
  const [one, another] = [0, 1].map((n) => others[(2 * ordinal + n) % others.length] ?? "burst");
  const kinds = [one, another, "step", "step", "leak", "leak", "leak", "leak"] as const;
  return kinds.flatMap((kind) => {
    if (kind === undefined) return [];
    const inflation = session.held[random.whole(0, session.held.length - 1)];
    if (inflation === undefined) return [];
    // Up to 3 s before the release, so that it can show; a valve sticks only when it has to open.
    const from =
      kind === "stuck-release" ? inflation.to - 50 : random.whole(inflation.from + 1, inflation.to - 30);
    const moment = session.moments[from];
    if (moment === undefined) return [];
    return [{ kind, from, fault: faultOf(kind, session, from, random) }];
  });
};

const faultOf = (kind: FaultKind, session: Session, from: number, random: Random): Fault | "silence" => {
  const cuff = session.moments[from]?.bed.cuff;
  // What begins at a moment changes the sample after it.
  const fromMs = Math.round(cuff?.atMs ?? 0) + 1;
  switch (kind) {
    case "full-occlusion":
      return { kind: "over-inflation", fromMs, toMmhg: occludingMmhg(session, random) };
    case "burst":
      return { kind: "burst", fromMs };
    case "overrun":
    case "silence":
      return "silence";
    case "stuck-release":
      return { kind: "stuck-release", fromMs };
    case "step":
      return { kind: "posture-step", fromMs, byMmhg: random.whole(0, 1) === 0 ? 20 : -20 };
    case "leak":
      return { kind: "slow-leak", fromMs, mmhgPerMin: random.between(3, 10) };
  }
};

/** A level at which even the valleys of this limb's repetitions stay above its LOP. */
const occludingMmhg = ({ person, moments }: Session, random: Random): number => {
  const { limb } = person.spec;
  const deepest = moments.reduce(
    (least, { bed }) => Math.min(least, bed.cuff.bladder.swingMmhg + bed.cuff.bladder.counteredMmhg),
    0,
  );
  return limb.lopMmhg * random.between(1.02, 1.15) - deepest;
};

/** Where it was done, in words. */
export const placeOf = (session: Session, from: number): string => {
  const cuff = session.moments[from]?.bed.cuff;
  if (cuff === undefined) return "nowhere";
  const { stage, atMs, spec, bladder } = cuff;
  const at = "sinceMs" in stage ? `${Math.round((atMs - stage.sinceMs) / 1000)} s into ` : "";
  const set = "set" in stage ? ` ${stage.set ?? ""}` : "";
  return (
    `${at}${stage.kind}${set}${isResting(cuff) ? ", at rest" : ""}; ` +
    `level ${bladder.trueMmhg.toFixed(0)}, target ${spec.course.targetMmhg}, LOP ${spec.limb.lopMmhg}`
  );
};
