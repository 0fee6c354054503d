/** Who is in which class, and in which of them something is out of the ordinary. */
import { cuffModels } from "../physics/model.ts";
import { randomFrom, seedOf } from "../random.ts";
import type { Person, Phase } from "./people.ts";

/** One session that somebody comes to. `day` counts the classes from 0. */
export type Coming = Readonly<{ person: Person; day: number; phase: Phase; event: Event | null }>;

export type Event = "dizzy" | "stays-up" | "leak" | "cut" | "swap" | "red-check" | "late" | "red-follow-up";

export const classesPerWeek = 3;
/** The share of sessions that are missed. */
const missed = 0.08;

/** When each event comes, as a share of the weeks, and to whom it can happen. */
const events: readonly Readonly<{ event: Event; at: number; can: (one: Coming) => boolean }>[] = [
  { event: "stays-up", at: 0.3, can: (one) => bySets(one) && isRegulated(one) },
  { event: "red-follow-up", at: 0.36, can: bySets },
  { event: "dizzy", at: 0.45, can: bySets },
  { event: "red-check", at: 0.52, can: () => true },
  { event: "leak", at: 0.58, can: (one) => bySets(one) && !isRegulated(one) },
  { event: "swap", at: 0.66, can: (one) => twice(one) && one.person.worn.length === 1 },
  { event: "cut", at: 0.74, can: (one) => bySets(one) && isRegulated(one) },
  { event: "late", at: 0.82, can: () => true },
];

/** Every session of these people in `days` classes, in order of the days. */
export const attendance = (people: readonly Person[], days: number, seed: number): readonly Coming[] => {
  const all = people.flatMap((person) => comingOf(person, days));
  let some = all;
  for (const { event, at, can } of events) {
    const day = at * (days - 1);
    const fits = some.filter((one) => one.event === null && can(one) && one.day < days - 1);
    const had = ({ person }: Coming): number =>
      some.filter((one) => one.person === person && one.event !== null).length;
    const [nearest] = fits.toSorted(
      (a, b) => had(a) - had(b) || Math.abs(a.day - day) - Math.abs(b.day - day),
    );
    if (nearest !== undefined) some = some.map((one) => (one === nearest ? { ...one, event } : one));
  }
  const random = randomFrom(seedOf(seed, 11));
  const missing = new Set(some.filter((one) => isMissed(one, some, random.between(0, 1), days)));
  return some.filter((one) => !missing.has(one)).toSorted((a, b) => a.day - b.day);
};

const comingOf = (person: Person, days: number): Coming[] =>
  Array.from({ length: days }, (_, day): Coming[] => {
    const week = Math.floor(day / classesPerWeek);
    const phase = person.phases.findLast(({ fromWeek }) => week >= fromWeek);
    if (phase === undefined) return [];
    const { perWeek, weeks } = phase.programme;
    if (weeks !== null && week >= phase.fromWeek + weeks) return [];
    // Twice a week is the first and the last class of it.
    const comes = (perWeek ?? 3) >= classesPerWeek || day % classesPerWeek !== 1;
    return comes ? [{ person, day, phase, event: null }] : [];
  }).flat();

/** Nobody misses the first or the last class; whoever had a red answer waits until a doctor has looked at it. */
const isMissed = (one: Coming, all: readonly Coming[], chance: number, days: number): boolean => {
  const own = all.filter(({ person }) => person === one.person);
  const place = own.indexOf(one);
  if (own[place - 1]?.event === "red-follow-up") return true;
  return one.event === null && place > 0 && one.day < days - 1 && chance < missed;
};

const restrictedOf = ({ phase }: Coming) =>
  phase.programme.exercises.filter((exercise) => exercise.kind === "restricted");
function bySets(one: Coming): boolean {
  return restrictedOf(one).every(({ plan }) => plan.sets !== undefined);
}
const twice = (one: Coming): boolean => bySets(one) && restrictedOf(one).length > 1;
const isRegulated = ({ person }: Coming): boolean =>
  person.worn.every(({ model }) => model === cuffModels.delfi);
