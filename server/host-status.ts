/** Says every two seconds that somebody is watching: a cuff judges its supervision by the absence of this. */
import type { HostStatusMessage } from "../shared/cuff/message.ts";
import { hostStatusTopic } from "../shared/cuff/topic.ts";
import type { Epoch, SiteId } from "../shared/ids.ts";
import type { Broker } from "./broker/broker.ts";

const everyMs = 2000;

/** Begins to say it through `broker`; the answer ends it with a last word, so that cuffs need not wait for silence. */
export const sayHostStatus = (broker: Broker, site: SiteId, epoch: Epoch): (() => void) => {
  const say = (state: HostStatusMessage["state"]): void => {
    const message: HostStatusMessage = { v: 1, state, epoch };
    broker.publish(hostStatusTopic(site), JSON.stringify(message), { qos: 1, retain: true });
  };
  say("online");
  const stopListening = broker.onState(({ kind }) => {
    if (kind === "up") say("online");
  });
  const timer = setInterval(() => say("online"), everyMs);
  return () => {
    clearInterval(timer);
    stopListening();
    say("offline");
  };
};
