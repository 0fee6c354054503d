/**
 * The edge: bytes from a broker become inputs of the floor, or counted rejections. What is wrong with one cuff never
 * touches another.
 */
import { type BasicCuff, basicFreshness, parseBasic } from "../shared/cuff/basic.ts";
import {
  type AckMessage,
  type CuffChannel,
  largestPayload,
  parsePayload,
  rejected,
  type Parsed,
  type Rejection,
} from "../shared/cuff/message.ts";
import { type CuffTopic, parseTopic } from "../shared/cuff/topic.ts";
import type { CuffInput } from "../shared/engine.ts";
import type { CuffId, SiteId } from "../shared/ids.ts";
import type { Monotonic } from "../shared/units.ts";

export type IngestOptions = Readonly<{
  site: SiteId;
  /** Asked at every message: they can be changed on the screen. */
  basicCuffs: () => readonly BasicCuff[];
  now: () => Monotonic;
  /** Takes an input at once. */
  take: (input: CuffInput) => void;
  /** A cuff has answered a command. */
  answered: (cuff: CuffId, ack: AckMessage) => void;
  /** Counts what was refused; `cuff` is null where none can be told. */
  reject: (cuff: CuffId | null, rejection: Rejection) => void;
  /** Whether this cuff may still speak: false while it floods. */
  allow: (cuff: CuffId, now: Monotonic) => boolean;
  /** Whether the floor knows this cuff, and whether it can take in one more, forgetting another if it must. */
  knows: (cuff: CuffId) => boolean;
  makeRoom: () => boolean;
}>;

/** What arrived and how: `retained` means replayed to a subscriber, not what the publisher asked for. */
export type Arrival = Readonly<{ topic: string; payload: Uint8Array; retained: boolean }>;

/** Channels whose retained copy is worth reading: what a cuff is, not what it measured. */
const keptByBroker: ReadonlySet<CuffChannel> = new Set<CuffChannel>(["status", "meta"]);

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Takes in what a broker delivers. Never throws, whatever arrives. */
export const createIngest = (options: IngestOptions): ((arrival: Arrival) => void) => {
  let known = options.basicCuffs();
  const byTopic = (): ReadonlyMap<string, readonly BasicCuff[]> => Map.groupBy(known, (b) => b.topic);
  // A gateway may say several cuffs' numbers in one message, each at its own path.
  let basics = byTopic();

  const admitted = (cuff: CuffId, now: Monotonic): boolean => {
    if (!options.allow(cuff, now)) {
      options.reject(cuff, {
        kind: "flood",
        detail: "This cuff sends more messages than it can have measured.",
      });
      return false;
    }
    if (!options.knows(cuff) && !options.makeRoom()) {
      options.reject(null, {
        kind: "too-many-cuffs",
        detail: "There are more cuff names than this server takes in.",
      });
      return false;
    }
    return true;
  };

  const takeBasic = (basic: BasicCuff, { payload, retained }: Arrival, at: Monotonic): void => {
    const { cuff } = basic;
    if (!admitted(cuff, at)) return;
    if (retained) return options.reject(cuff, staleCopy);
    const text = textOf(payload);
    const pressure = text.ok ? parseBasic(basic, text.value) : text;
    if (!pressure.ok) return options.reject(cuff, pressure.error);
    options.take({ kind: "basic", at, cuff, pressure: pressure.value, freshFor: basicFreshness(basic) });
  };

  const takeFromCuff = (
    { cuff, channel }: CuffTopic,
    { payload, retained }: Arrival,
    at: Monotonic,
  ): void => {
    if (!admitted(cuff, at)) return;
    if (retained && !keptByBroker.has(channel)) return options.reject(cuff, staleCopy);
    const text = textOf(payload);
    if (!text.ok) return options.reject(cuff, text.error);
    const input = inputOf(cuff, channel, text.value, at);
    if (!input.ok) return options.reject(cuff, input.error);
    if ("ack" in input.value) options.answered(cuff, input.value.ack);
    else options.take(input.value);
  };

  return (arrival) => {
    const at = options.now();
    const present = options.basicCuffs();
    if (present !== known) {
      known = present;
      basics = byTopic();
    }
    const basic = basics.get(arrival.topic);
    if (basic !== undefined) {
      for (const cuff of basic) takeBasic(cuff, arrival, at);
      return;
    }
    const topic = parseTopic(arrival.topic);
    if (!topic.ok) return options.reject(null, topic.error);
    if (topic.value === null) return;
    if (topic.value.site !== options.site)
      return options.reject(topic.value.cuff, {
        kind: "topic",
        detail: `This server's site is ${options.site}.`,
      });
    takeFromCuff(topic.value, arrival, at);
  };
};

const staleCopy: Rejection = {
  kind: "retained",
  detail: "A retained copy of a measurement: publish it without the retain flag.",
};

const textOf = (payload: Uint8Array): Parsed<string> => {
  if (payload.byteLength > largestPayload)
    return rejected("too-large", `${payload.byteLength} bytes; ${largestPayload} are the most.`);
  try {
    return { ok: true, value: utf8.decode(payload) };
  } catch {
    return rejected("not-text", "The payload is not UTF-8 text.");
  }
};

const inputOf = (
  cuff: CuffId,
  channel: CuffChannel,
  text: string,
  at: Monotonic,
): Parsed<CuffInput | { ack: AckMessage }> => {
  switch (channel) {
    case "data":
      return mapped(parsePayload("data", text), (message) => ({ kind: "data", at, cuff, message }));
    case "backfill":
      // Whatever it says of itself, what comes on this channel is history.
      return mapped(parsePayload("backfill", text), (message) => ({
        kind: "data",
        at,
        cuff,
        message: { ...message, hist: true },
      }));
    case "status":
      return mapped(parsePayload("status", text), (message) => ({ kind: "status", at, cuff, message }));
    case "meta":
      return mapped(parsePayload("meta", text), (message) => ({ kind: "meta", at, cuff, message }));
    case "event":
      return mapped(parsePayload("event", text), (message) => ({ kind: "event", at, cuff, message }));
    case "ack":
      return mapped(parsePayload("ack", text), (ack) => ({ ack }));
  }
};

const mapped = <A, B>(parsed: Parsed<A>, to: (value: A) => B): Parsed<B> =>
  parsed.ok ? { ok: true, value: to(parsed.value) } : parsed;
