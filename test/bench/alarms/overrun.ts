/** Overruns in a class of 32 cuffs on one floor, half of them silent: how long after its deadline each is said. */
import { type Cuff, joined, newCuff, occMs, step as stepCuff } from "../../../devices/cuff.ts";
import { randomFrom, seedOf } from "../../../devices/random.ts";
import { nextDeadline, type State, step } from "../../../shared/engine.ts";
import { planSchema, prescribe } from "../../../shared/plan/prescription.ts";
import { mmhg } from "../../../shared/units.ts";
import { floorOf, inputOf, raisedIn, tickAt } from "./bed.ts";
import { dueAfterMs, type Judged } from "./fault.ts";
import { modelNames, type Person, personOf } from "./person.ts";

const cuffsInClass = 32;
/** From when the class is watched: so long before the first of them reaches its limit. */
const lead = 40_000;
const watchedMs = 60_000;

const limitOf = ({ plan, spec }: Person): number => {
  const limb = { limb: "thigh", side: "left" } as const;
  const prescribed = prescribe(planSchema.parse(plan), limb, mmhg(spec.limb.lopMmhg));
  if (!prescribed.ok) throw new Error(prescribed.reason);
  return prescribed.prescription.limit;
};

/** Everybody stays up past the limit; every second one falls silent before it. */
type Watched = { readonly person: Person; cuff: Cuff; readonly dueMs: number; readonly silentMs: number };

export const overrunsIn = (seed: number): Judged[] => {
  const random = randomFrom(seedOf(seed, 79));
  const watched = Array.from({ length: cuffsInClass }, (_, n): Watched => {
    const model = modelNames[n % modelNames.length] ?? "delfi";
    const usual = personOf(model, seedOf(seed, n) % 1_000_000_000);
    const spec = { ...usual.spec, course: { ...usual.spec.course, stayMs: [3_600_000] } };
    const person = { ...usual, spec };
    const dueIn = lead + random.between(0, 15_000);
    const limit = limitOf(person);
    const cuff = joined(newCuff(spec), (c) => occMs(c) >= limit - dueIn);
    // Its clock begins at the sample at which it saw 30 mmHg; the limb felt them up to a sample earlier.
    const dueMs = limit - occMs(cuff);
    return { person, cuff, dueMs, silentMs: n % 2 === 0 ? random.between(5000, dueMs - 1000) : Infinity };
  });
  let state = floorOf(watched.map(({ person }) => person));
  const foundMs = new Map<string, number>();
  const alarms = (now: ReturnType<typeof step>): State => {
    for (const one of raisedIn(now.facts, now.state))
      if (one.condition === "overrun") foundMs.set(one.cuff, foundMs.get(one.cuff) ?? one.atMs);
    return now.state;
  };
  const beginMs = Math.max(...watched.map(({ cuff }) => cuff.atMs));
  // Each cuff's own time is moved to one line for the floor.
  const shifts = new Map(watched.map(({ cuff, person }) => [person, beginMs - cuff.atMs]));
  const shiftOf = ({ person }: Watched): number => shifts.get(person) ?? 0;
  for (let nowMs = beginMs; nowMs < beginMs + watchedMs;) {
    const one = watched.reduce((first, other) =>
      other.cuff.nextSampleMs + shiftOf(other) < first.cuff.nextSampleMs + shiftOf(first) ? other : first,
    );
    const { cuff, said } = stepCuff(one.cuff, one.cuff.nextSampleMs);
    one.cuff = cuff;
    nowMs = cuff.atMs + shiftOf(one);
    // The shell's one timer.
    if (nextDeadline(state) <= tickAt(nowMs).at) state = alarms(step(state, tickAt(nowMs)));
    if (nowMs - beginMs >= one.silentMs) continue;
    for (const message of said) state = alarms(step(state, inputOf({ ...cuff, atMs: nowMs }, message)));
  }
  return watched.map(({ person, dueMs, silentMs }): Judged => {
    const at = foundMs.get(person.spec.cuff);
    const after = at === undefined ? null : at - beginMs - dueMs;
    return {
      kind: "overrun",
      model: person.model,
      seed: person.seed,
      foundAfterMs: after !== null && after <= dueAfterMs.overrun ? after : null,
      condition: "overrun",
      saidAnyway: false,
      tourniquetAfterMs: null,
      beforeExit: null,
      says: `${silentMs < Infinity ? "silent" : "heard"}; ${after === null ? "never" : `after ${after} ms`}`,
    };
  });
};
