/** A simulated cuff for tests: a short course unless told otherwise. */
import type { Course } from "../../devices/course.ts";
import { type Cuff, type CuffSpec, newCuff, type Said, step } from "../../devices/cuff.ts";
import { cuffModels, limbFrom } from "../../devices/physics/model.ts";
import { randomFrom } from "../../devices/random.ts";
import { cuffId } from "../../shared/ids.ts";

/** Two sets of three repetitions with 10 s of rest: 34 s. */
export const shortCourse: Course = {
  targetMmhg: 120,
  sets: [3, 3],
  durationMs: 0,
  repMs: 4000,
  restMs: 10_000,
  betweenSets: "up",
  inflations: 2,
  reperfusionMs: 20_000,
  pauseMs: 60_000,
  stayMs: [2000],
};

export const someSpec = (wanted: Partial<CuffSpec> = {}): CuffSpec => ({
  cuff: cuffId("cuff-01"),
  seed: 7,
  model: cuffModels.delfi,
  limb: limbFrom(randomFrom(7), 200),
  course: shortCourse,
  faults: [],
  readyMs: 1000,
  hz: 5,
  samples: 2,
  ...wanted,
});

export const someCuff = (wanted: Partial<CuffSpec> = {}): Cuff => newCuff(someSpec(wanted));

/** The cuff once `reached` holds, and all that it said until then. */
export const until = (cuff: Cuff, reached: (cuff: Cuff) => boolean): { cuff: Cuff; said: Said[] } => {
  const said: Said[] = [];
  let now = cuff;
  for (let atMs = cuff.atMs; !reached(now); atMs += 100) {
    if (atMs > cuff.atMs + 3600_000) throw new Error("not reached within an hour");
    const stepped = step(now, atMs);
    now = stepped.cuff;
    said.push(...stepped.said);
  }
  return { cuff: now, said };
};

export const dataOf = (said: readonly Said[]) =>
  said.flatMap((one) => (one.channel === "data" ? [one.message] : []));
export const eventsOf = (said: readonly Said[]) =>
  said.flatMap((one) => (one.channel === "event" ? [one.message] : []));
