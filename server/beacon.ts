/** Says over MQTT how urgent it is, for stack lights and sirens: at every change, and again and again. */
import type { HostAlarmMessage } from "../shared/cuff/message.ts";
import { hostAlarmTopic } from "../shared/cuff/topic.ts";
import type { SiteId } from "../shared/ids.ts";
import type { Broker } from "./broker/broker.ts";

/** Time alone changes what is to be heard: an answer runs out, a pause ends. */
const lookEveryMs = 500;
const repeatEveryMs = 2000;

export type Beacon = Readonly<{
  /** Says it at once if it has changed. */
  look: () => void;
  /** Ends it, and takes away what is retained: nobody watches any more. */
  stop: () => void;
}>;

/** Begins to say through `broker` what `alarm` gives. */
export const startBeacon = (broker: Broker, site: SiteId, alarm: () => HostAlarmMessage): Beacon => {
  const topic = hostAlarmTopic(site);
  let said = "";
  let saidAt = -Infinity;
  const look = (): void => {
    const text = JSON.stringify(alarm());
    const now = performance.now();
    if (text === said && now - saidAt < repeatEveryMs) return;
    said = text;
    saidAt = now;
    broker.publish(topic, text, { qos: 1, retain: true });
  };
  const stopListening = broker.onState(({ kind }) => {
    said = "";
    if (kind === "up") look();
  });
  const timer = setInterval(look, lookEveryMs);
  look();
  return {
    look,
    stop: () => {
      clearInterval(timer);
      stopListening();
      broker.publish(topic, "", { qos: 1, retain: true });
    },
  };
};
