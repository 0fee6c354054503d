/** Topics outside the contract that were heard of late, with what they carried: what somebody looks at who sets up a basic cuff. */
import { type BasicCuff, basicFreshness, parseBasic, slowestInterval } from "../../shared/cuff/basic.ts";
import type { Preview, Topics } from "../../shared/clinic/cuff-live.ts";
import { cuffId } from "../../shared/ids.ts";
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";

type Value = Readonly<{ text: string; at: number }>;
type Topic = { values: readonly Value[]; refusedFor: string | null };

const mostTopics = 200;
const valuesKept = 10;
/** Of each payload so much is kept, in bytes; a number inside JSON that comes later than that is not previewed. */
const longestKept = 4096;
/** Of that so much is shown in a list. */
const longestShown = 120;
const keptMs = 5 * 60_000;
/** So many gaps tell the usual one. */
const gapsNeeded = 2;
/** How much slower than declared, or than the slowest that can be supervised, a cuff may be by chance. */
const tolerance = 1.25;

const utf8 = new TextDecoder("utf-8");

export class HeardTopics {
  readonly #now: () => number;
  readonly #topics = new Map<string, Topic>();

  /** `now` is any clock in milliseconds that does not step. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes in a message; `refusedFor` is the cuff whose credentials it came with and do not allow it. */
  take(topic: string, payload: Uint8Array, refusedFor: string | null = null): void {
    if (topic.startsWith("bfr/") || topic.length > 256) return;
    const known = this.#topics.get(topic);
    // What was heard last is at the end.
    this.#topics.delete(topic);
    if (known === undefined) this.#makeRoom();
    const value = { text: utf8.decode(payload.subarray(0, longestKept)), at: this.#now() };
    this.#topics.set(topic, { values: [...(known?.values ?? []), value].slice(-valuesKept), refusedFor });
  }

  /** The last heard first. */
  list(): Topics["topics"] {
    const now = this.#now();
    return [...this.#topics]
      .reverse()
      .map(([topic, { values, refusedFor }]) => {
        const last = values.at(-1);
        return {
          topic,
          last: last?.text.slice(0, longestShown) ?? "",
          agoMs: agoOf(last, now),
          everyMs: usualGap(values),
          refusedFor,
        };
      })
      .filter(({ agoMs }) => agoMs < keptMs);
  }

  /** What this mapping makes of what was heard. */
  preview(mapping: NonNullable<CuffRecord["basic"]>): Preview {
    const now = this.#now();
    const kept = this.#topics.get(mapping.topic)?.values ?? [];
    const cuff = { ...mapping, cuff: cuffId("preview") };
    const values = kept.toReversed().map((value) => {
      const read = parseBasic(cuff, value.text);
      return {
        text: value.text.slice(0, longestShown),
        agoMs: agoOf(value, now),
        mmhg: read.ok ? read.value : null,
        problem: read.ok ? null : read.error.detail,
      };
    });
    const everyMs = usualGap(kept);
    return { values, everyMs, problem: problemOf(values, everyMs, cuff) };
  }

  #makeRoom(): void {
    const oldest = this.#topics.keys().next();
    if (this.#topics.size >= mostTopics && oldest.done !== true) this.#topics.delete(oldest.value);
  }
}

/** What keeps this from being supervised: as far as what was heard can tell. */
const problemOf = (values: Preview["values"], everyMs: number | null, cuff: BasicCuff): string | null => {
  const declaredMs = cuff.intervalMs;
  const [last] = values;
  if (last === undefined)
    return "Nothing has been heard on this topic yet. Switch the cuff on, and see that the topic is written exactly as the cuff has it.";
  if (last.problem !== null)
    return `${last.problem} The last message was: ${JSON.stringify(last.text)}. Correct the place of the number, or the unit.`;
  if (last.agoMs > basicFreshness(cuff))
    return `Nothing has come for ${seconds(last.agoMs)}: in the class this cuff would be silent. Is it switched on, and let in?`;
  if (everyMs === null)
    return "Too little was heard to tell how often it speaks. Wait for a few more values.";
  if (everyMs > slowestInterval * tolerance)
    return `It speaks every ${seconds(everyMs)}, which is too slow to be supervised: once a second at least. Have the cuff publish more often.`;
  if (everyMs > declaredMs * tolerance)
    return `It speaks every ${seconds(everyMs)}, and you have said every ${seconds(declaredMs)}: it would count as silent too soon. Say ${String(Math.min(slowestInterval, Math.ceil(everyMs / 50) * 50))} ms.`;
  return null;
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const agoOf = (value: Value | undefined, now: number): number =>
  value === undefined ? 0 : Math.max(0, Math.round(now - value.at));

/** The middle one of the times between messages. */
const usualGap = (values: readonly Value[]): number | null => {
  const gaps = values.slice(1).map((value, i) => value.at - (values[i]?.at ?? value.at));
  return gaps.length < gapsNeeded
    ? null
    : Math.round(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0);
};
