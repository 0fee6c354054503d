/** What one cuff may say and hear over MQTT with its own credentials. The same rules print the access list of a Mosquitto. */
import { fromCuff } from "../../shared/cuff/message.ts";
import type { CuffId, SiteId } from "../../shared/ids.ts";

export type Permit = Readonly<{
  /** The only topics that it may publish on. */
  write: ReadonlySet<string>;
  /** It hears what stands below these, and nothing else; each ends with a slash. */
  below: readonly string[];
}>;

/**
 * A cuff of the contract speaks on its own channels, and hears those, its commands and the server. A basic cuff speaks on the topic of
 * its mapping alone: most of them are made of parts that anybody can buy, and none of them has a reason to hear.
 */
export const permitOf = (site: SiteId, cuff: CuffId, basicTopic: string | null): Permit => {
  if (basicTopic !== null) return { write: new Set([basicTopic]), below: [] };
  const own = `bfr/v1/${site}/${cuff}/`;
  return {
    write: new Set(Object.keys(fromCuff).map((channel) => own + channel)),
    below: [own, `bfr/v1/${site}/host/`],
  };
};

/** Whether it may publish there. */
export const mayPublish = ({ write }: Permit, topic: string): boolean => write.has(topic);

/** Whether it may subscribe to a filter: a wildcard is fine where all that it can match is its own to hear. */
export const maySubscribe = ({ below }: Permit, filter: string): boolean =>
  below.some((prefix) => filter.startsWith(prefix) && filter.length > prefix.length);
