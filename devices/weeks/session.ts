/** What one session will be: what is worn, at which pressure, what is out of the ordinary, and what is answered in the days after it. */
import { givenOf } from "../../shared/class/given.ts";
import { sessionId } from "../../shared/ids.ts";
import type { Programme } from "../../shared/plan/programme.ts";
import { mmhg } from "../../shared/units.ts";
import { type Random, seedOf } from "../random.ts";
import type { Coming } from "./attendance.ts";
import type { Felt } from "./felt.ts";
import type { Measured } from "./lops.ts";
import { type Person, spareCuff } from "./people.ts";
import type { Answer, SessionPlan, Trouble, WornCuff } from "./plan.ts";
import { weeksWords as words } from "./words.ts";

export type Known = Readonly<{
  body: Programme;
  lops: Measured;
  felt: Felt;
  random: Random;
  by: string;
  isFirst: boolean;
  /** In the last class of all. */
  isLast: boolean;
}>;

const s = 1000;
const min = 60 * s;
const hour = 60 * min;

export const sessionOf = (one: Coming, known: Known): SessionPlan => {
  const { person, day, phase, event } = one;
  const { body, felt, random } = known;
  return {
    ...{ session: sessionId(`demo-${day + 1}-${person.station}`), station: person.station },
    ...{ patient: person.patient, name: person.name, body },
    programme: { id: phase.id, name: body.name },
    cuffs: cuffsOf(person, known),
    seed: seedOf(person.seed, 100 + day),
    arrivesMs: event === "late" ? 14 * min : random.between(20 * s, 5 * min),
    ...felt,
    remark: event === "late" ? words.late : remarkOf(person, known),
    check:
      event === "red-check" ? { red: ["changed"], override: words.changed } : { red: [], override: null },
    trouble: troubleOf(one, known),
    followUps: {
      nextDay: answerOf(one, known, "next-day"),
      threeDays: answerOf(one, known, "72-hours"),
    },
  };
};

const cuffsOf = ({ worn }: Person, { body, lops }: Known): readonly WornCuff[] =>
  worn.map(({ cuff, limb, side, model, seed, body: own }, i) => {
    const lop = lops.entries[i];
    if (lop === undefined) throw new Error(`${cuff} has no limb occlusion pressure.`);
    const { mmhg: measured, method, cuffWidthCm } = lop.body;
    const result = givenOf(body, { limb, side }, { lop: mmhg(measured), limits: {} });
    if (!result.ok) throw new Error(result.reason);
    const found = { method, widthCm: cuffWidthCm };
    return {
      ...{ seed, model, limb: { ...own, lopMmhg: measured } },
      worn: { cuff, limb: { limb, side }, lop: lop.id, found, given: result.given },
    };
  });

/** Every third session or so has something that is worth a line. */
const remarkOf = (person: Person, { body, felt, random }: Known): string | null => {
  const chance = random.between(0, 1);
  const pick = random.whole(0, 2);
  if (chance > 0.35) return null;
  const share = felt.pain.during / person.pain;
  const { much, less, little } = words.remarks;
  const some = body.posture === "supine" ? words.atRest : share > 0.8 ? much : share > 0.45 ? less : little;
  return some[pick % some.length] ?? null;
};

const troubleOf = ({ event }: Coming, { body, random }: Known): Trouble | null => {
  const restricted = body.exercises.flatMap(({ kind }, i) => (kind === "restricted" ? [i] : []));
  const [exercise = 0] = restricted;
  const last = restricted.at(-1) ?? exercise;
  switch (event) {
    case "dizzy":
      return { kind: "dizzy", exercise: last };
    case "stays-up":
      return {
        kind: "stays-up",
        exercise,
        stayMs: 10 * min,
        answeredAfterMs: random.between(65 * s, 80 * s),
      };
    case "leak":
      return { kind: "leak", exercise, mmhgPerMin: 9, lastsMs: 4 * min };
    case "cut":
      return { kind: "cut", exercise, lastsMs: random.between(35 * s, 50 * s) };
    case "swap":
      return { ...{ kind: "swap", exercise: last, to: spareCuff.cuff }, ...spareOf };
    case "red-check":
    case "late":
    case "red-follow-up":
    case null:
      return null;
  }
};
const spareOf = { seed: spareCuff.seed, model: spareCuff.model } as const;

/** A red answer is looked into within a day; of the last class somebody has still to be asked. */
const answerOf = (
  { event, person }: Coming,
  { random, by, isFirst, isLast }: Known,
  kind: "next-day" | "72-hours",
): Answer | null => {
  const afterMs = random.between(1 * hour, 7 * hour);
  const chance = random.between(0, 1);
  if (isLast && person.station === "1") return null;
  const answered = { afterMs, by, yes: [], remark: "", cleared: null };
  if (kind === "72-hours") return answered;
  if (event === "red-follow-up")
    return {
      ...{ ...answered, yes: ["swelling", "warmth"], remark: words.calf },
      cleared: { afterMs: 26 * hour, by, reason: words.calfCleared },
    };
  if (isFirst) return { ...answered, remark: words.sore };
  return chance < 0.03 ? { ...answered, yes: ["bruising"], remark: words.bruise } : answered;
};
