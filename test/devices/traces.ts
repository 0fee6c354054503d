/** Pressure traces for the tests of the physics. */
import { advance, type Bladder, emptyBladder, type Surroundings } from "../../devices/physics/bladder.ts";
import { cuffModels, type CuffModelName, type Limb, limbFrom } from "../../devices/physics/model.ts";
import { randomFrom } from "../../devices/random.ts";

export const models = Object.keys(cuffModels) as CuffModelName[];
export const limbOf = (seed: number, lopMmhg: number): Limb => limbFrom(randomFrom(seed), lopMmhg);

export const around = (
  model: CuffModelName,
  limb: Limb,
  rest: Partial<Pick<Surroundings, "valve" | "effort" | "faults">> = {},
): Surroundings => ({
  model: cuffModels[model],
  limb,
  valve: { kind: "vent" },
  effort: null,
  faults: [],
  ...rest,
});

/** The bladder at each sample, `everyMs` apart. */
export const trace = (
  from: Bladder,
  surroundings: Surroundings,
  lastsMs: number,
  everyMs = 100,
): Bladder[] => {
  const samples: Bladder[] = [];
  let bladder = from;
  while (bladder.atMs < from.atMs + lastsMs) {
    bladder = advance(bladder, surroundings, bladder.atMs + everyMs);
    samples.push(bladder);
  }
  return samples;
};

export const last = (samples: readonly Bladder[]): Bladder => {
  const bladder = samples.at(-1);
  if (bladder === undefined) throw new Error("an empty trace");
  return bladder;
};
export const read = (samples: readonly Bladder[]): number[] => samples.map((b) => b.readMmhg ?? NaN);

/** Inflated to `target` and settled for ten seconds. */
export const inflated = (model: CuffModelName, limb: Limb, target: number): Bladder => {
  const full = last(
    trace(emptyBladder(0), around(model, limb, { valve: { kind: "fill", toMmhg: target } }), 6000),
  );
  return last(trace(full, around(model, limb, { valve: { kind: "hold", setMmhg: target } }), 10_000));
};

export const held = (setMmhg: number) => ({ kind: "hold", setMmhg }) as const;
