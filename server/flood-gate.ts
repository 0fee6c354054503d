/** How many messages a cuff may send: a token bucket for each, so that one that runs wild costs the others nothing. */
import type { CuffId } from "../shared/ids.ts";
import { between, type Monotonic } from "../shared/units.ts";

/** Messages a second that a cuff may send for ever; the contract recommends five. */
const sustained = 200;
/** Messages at once, after a pause: what a connection that hung for minutes may deliver in a burst. */
const burst = 2000;
/** More cuffs than one process supervises. Beyond it cuffs share one bucket. */
const mostBuckets = 16_384;

type Bucket = { tokens: number; at: Monotonic };

export class FloodGate {
  readonly #most: number;
  readonly #buckets = new Map<string, Bucket>();
  #shared: Bucket | null = null;

  constructor(most = mostBuckets) {
    this.#most = most;
  }

  /** Whether this cuff may send one more message at `now`; takes it off what it may send. */
  allow(cuff: CuffId, now: Monotonic): boolean {
    const bucket = this.#bucketOf(cuff, now);
    bucket.tokens = tokensAt(bucket, now);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #bucketOf(cuff: CuffId, now: Monotonic): Bucket {
    const known = this.#buckets.get(cuff);
    if (known !== undefined) return known;
    if (this.#buckets.size >= this.#most) this.#forgetFull(now);
    if (this.#buckets.size >= this.#most) return (this.#shared ??= { tokens: burst, at: now });
    const bucket = { tokens: burst, at: now };
    this.#buckets.set(cuff, bucket);
    return bucket;
  }

  /** A bucket that is full again is the same as none. */
  #forgetFull(now: Monotonic): void {
    for (const [cuff, bucket] of this.#buckets)
      if (tokensAt(bucket, now) >= burst) this.#buckets.delete(cuff);
  }
}

const tokensAt = ({ tokens, at }: Bucket, now: Monotonic): number =>
  Math.min(burst, tokens + Math.max(0, between(at, now)) * (sustained / 1000));
