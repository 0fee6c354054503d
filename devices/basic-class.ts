/** A simulated class in which some wear a basic cuff: class file and cuffs together. */
import type { SimulatedClass } from "./scenarios.ts";

/** Where a simulated basic cuff says its numbers. */
export const basicTopicOf = (cuff: string): string => `${cuff}/sensor/pressure/state`;

/** The class with its last `count` cuffs as basic ones, which say a number so many times a second as the others speak. */
export const withBasicCuffs = (simulated: SimulatedClass, count: number): SimulatedClass => {
  const first = Math.max(0, simulated.devices.length - count);
  const devices = simulated.devices.map((device, i) =>
    i < first ? device : { ...device, basicTopic: basicTopicOf(device.cuff.spec.cuff) },
  );
  const basicCuffs = devices.flatMap(({ cuff: { spec }, basicTopic }) =>
    basicTopic === undefined
      ? []
      : [
          {
            cuff: spec.cuff,
            topic: basicTopic,
            unit: "mmHg" as const,
            intervalMs: Math.max(50, Math.round(1000 / spec.hz)),
          },
        ],
  );
  return { classFile: { ...simulated.classFile, basicCuffs }, devices };
};
