/** For a first try with a server of one's own: every cuff lies there deflated, and goes up for one set only when it is told to. */
import { type Cuff, newCuff } from "../cuff.ts";
import { cast, type Rates, type SimulatedClass } from "./role.ts";

/** A minute of repetitions. */
const repetitions = 15;

/** Cuffs that wait: `begun` sends one up. */
export const readyClass = (patients: number, seed: number, rates: Rates): SimulatedClass => {
  const role = { plan: "legPress", start: { kind: "ready", inMs: Infinity } } as const;
  const roles = Array.from({ length: patients }, () => role);
  const simulated = cast(roles, seed, rates);
  return {
    ...simulated,
    devices: simulated.devices.map((device) => ({ ...device, cuff: waiting(device.cuff) })),
  };
};

const waiting = ({ spec }: Cuff): Cuff => {
  const course = { ...spec.course, sets: [repetitions], inflations: 1, pauseMs: Infinity };
  return newCuff({ ...spec, course, readyMs: Infinity });
};
