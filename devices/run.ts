/** A simulated class alive against a broker: one ticking clock, every cuff on its own connection. */
import { randomInt } from "node:crypto";
import { poweredUp } from "./cuff.ts";
import { BasicPublisher } from "./basic-publisher.ts";
import { type Device, type Link, type Note, Publisher } from "./publisher.ts";
import type { SimulatedClass } from "./scenarios/role.ts";

/** Four looks a message keep what is sent close to when it was measured, and cuffs apart that are not in step. */
const tickMsFor = ({ devices }: SimulatedClass): number =>
  Math.min(20, ...devices.map(({ cuff }) => 250 / cuff.spec.hz));

export type Running = Readonly<{
  publishers: readonly (Publisher | BasicPublisher)[];
  /** Ends every connection; resolves when the last is closed. */
  stop: () => Promise<void>;
}>;

/** Brings the cuffs of a class to life. They join at once and go on until they are stopped. */
export const run = (simulated: SimulatedClass, link: Link, note: Note): Running => {
  const salt = randomInt(2 ** 31);
  const publishers = simulated.devices.map((device) =>
    publisherOf({ ...device, cuff: poweredUp(device.cuff, salt) }, link, note),
  );
  const tick = () => {
    const nowMs = performance.now();
    for (const publisher of publishers) publisher.tick(nowMs);
  };
  tick();
  const timer = setInterval(tick, tickMsFor(simulated));
  return {
    publishers,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(publishers.map((publisher) => publisher.stop()));
    },
  };
};

const publisherOf = (device: Device, link: Link, note: Note): Publisher | BasicPublisher =>
  device.basicTopic === undefined
    ? new Publisher(device, link, note)
    : new BasicPublisher({ ...device, basicTopic: device.basicTopic }, link, note);
