/** Where things are said over MQTT: `bfr/v1/{site}/{cuff}/{channel}`. */
import { type CuffId, cuffId, namePattern, type SiteId, siteId } from "../ids.ts";
import { type CuffChannel, fromCuff, type Parsed, rejected } from "./message.ts";

const root = "bfr/v1";

/** A cuff cannot be called this: it is where the server itself speaks. */
export const reservedCuff = "host";

export type CuffTopic = Readonly<{ site: SiteId; cuff: CuffId; channel: CuffChannel }>;

/** Where a cuff publishes on a channel. */
export const cuffTopic = (site: SiteId, cuff: CuffId, channel: CuffChannel): string =>
  `${root}/${site}/${cuff}/${channel}`;
/** Where a cuff listens for commands. */
export const commandTopic = (site: SiteId, cuff: CuffId): string => `${root}/${site}/${cuff}/cmd`;
/** Where the server says that it is there. */
export const hostStatusTopic = (site: SiteId): string => `${root}/${site}/${reservedCuff}/status`;

/** Where the server says how urgent it is. */
export const hostAlarmTopic = (site: SiteId): string => `${root}/${site}/${reservedCuff}/alarm`;

/** One subscription that covers everything a site's cuffs publish. */
export const siteSubscription = (site: SiteId): string => `${root}/${site}/+/+`;

const isChannel = (word: string): word is CuffChannel => Object.hasOwn(fromCuff, word);

/**
 * Whose topic this is and what is said there. `null` for what is well-formed but not a cuff's to say (the server's own
 * topics, commands); an error of kind `topic` for anything else.
 */
export const parseTopic = (topic: string): Parsed<CuffTopic | null> => {
  const [bfr, version, site, cuff, channel, ...rest] = topic.split("/");
  if (bfr !== "bfr" || version !== "v1" || rest.length > 0 || !site || !cuff || !channel)
    return rejected("topic", "Expected bfr/v1/{site}/{cuff}/{channel}.");
  if (!namePattern.test(site)) return rejected("topic", "The site's name must be 1 to 32 of a-z, 0-9 and -.");
  if (!namePattern.test(cuff)) return rejected("topic", "The cuff's name must be 1 to 32 of a-z, 0-9 and -.");
  if (cuff === reservedCuff || channel === "cmd") return { ok: true, value: null };
  if (!isChannel(channel))
    return rejected("topic", `There is no channel of that name; ${Object.keys(fromCuff).join(", ")} are.`);
  return { ok: true, value: { site: siteId(site), cuff: cuffId(cuff), channel } };
};
