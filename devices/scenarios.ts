/** The named scenarios: each a class of any size, made up from a seed, with the class file that fits its cuffs. */
import { newCuff } from "./cuff.ts";
import { seedOf } from "./random.ts";
import { calmRoles } from "./scenarios/calm.ts";
import { demoRoles } from "./scenarios/demo.ts";
import { troubledRoles, troubles } from "./scenarios/mishaps.ts";
import { readyClass } from "./scenarios/ready.ts";
import { cast, type Rates, type SimulatedClass } from "./scenarios/role.ts";

export type { Rates, SimulatedClass };

export type ClassWanted = Rates & Readonly<{ patients: number; seed: number }>;

export type Scenario = Readonly<{ says: string; build: (wanted: ClassWanted) => SimulatedClass }>;

/** What a wall has places for. */
export const mostPatients = 32;
/** Messages a second and samples in each, as the contract recommends. */
export const usualRates: Rates = { hz: 5, samples: 2 };

const calm: Scenario = {
  says: "nothing goes wrong",
  build: ({ patients, seed, ...rates }) => cast(calmRoles(patients, seed), seed, rates),
};

const demo: Scenario = {
  says: "within 90 s a countdown, a release, an overrun, a low pressure and a silent cuff; then on for hours",
  build: ({ patients, seed, ...rates }) => cast(demoRoles(patients, seed), seed, rates),
};

const ready: Scenario = {
  says: "every cuff down until you press Enter: then each does one short set; for a first try of a server",
  build: ({ patients, seed, ...rates }) => readyClass(patients, seed, rates),
};

/** A second device that took the first one's name, and lies on a shelf. */
const duplicateId: Scenario = {
  says: "two devices that call themselves cuff-01",
  build: (wanted) => {
    const simulated = calm.build(wanted);
    const [first] = simulated.devices;
    if (first === undefined) return simulated;
    const { spec } = first.cuff;
    const cuff = newCuff({ ...spec, seed: seedOf(spec.seed, 5), readyMs: Infinity });
    return { ...simulated, devices: [...simulated.devices, { cuff, mishaps: [], driftPpm: 0 }] };
  },
};

const troubled = Object.fromEntries(
  Object.entries(troubles).map(([name, { says, trouble }]): [string, Scenario] => [
    name,
    {
      says,
      build: ({ patients, seed, ...rates }) => cast(troubledRoles(trouble, patients, seed), seed, rates),
    },
  ]),
);

export const scenarios: Readonly<Record<string, Scenario>> = {
  demo,
  calm,
  ...troubled,
  "duplicate-id": duplicateId,
  ready,
};
