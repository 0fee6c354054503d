/** How much the embedded broker keeps as retained: within a bound, whoever publishes what. */

/** Enough for every cuff of a large clinic; each has two retained messages of a few hundred bytes. */
const mostBytes = 16 * 1024 * 1024;
const bytesOfOneTopic = 200;

export class RetainedBudget {
  readonly #sizes = new Map<string, number>();
  #total = 0;

  /** Whether a retained message may be kept; one without a payload takes the topic's message away. */
  allows(topic: string, payloadBytes: number): boolean {
    const before = this.#sizes.get(topic) ?? 0;
    const size = payloadBytes === 0 ? 0 : payloadBytes + topic.length + bytesOfOneTopic;
    if (size > before && this.#total - before + size > mostBytes) return false;
    this.#total += size - before;
    if (size === 0) this.#sizes.delete(topic);
    else this.#sizes.set(topic, size);
    return true;
  }
}
