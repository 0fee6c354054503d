/** The pressures of a chunk as plain columns, for whoever draws or counts them and needs no message around each. */
import { z } from "zod";
import { type CuffId, cuffId } from "../ids.ts";
import type { Fact, Quality } from "../session/fact.ts";

/** From where a batch came; `boot` and `quality` are null for a cuff that says plain numbers. */
export type Stream = Readonly<{ cuff: CuffId; boot: string | null; quality: Quality | null }>;

/** A row for each message, in the order of the lines. Typed arrays are not to be written to. */
export type Samples = Readonly<{
  length: number;
  streams: readonly Stream[];
  /** Which of the streams a message belongs to. */
  stream: Uint32Array;
  /** Which line of the chunk it is. */
  row: Uint32Array;
  /** The fact's own time, site time in ms. */
  arrival: Float64Array;
  /** The cuff's clock at the first sample, and from one sample to the next, in ms; NaN for a cuff that says plain numbers. */
  m0: Float64Array;
  dt: Float64Array;
  /** Where the samples of a message begin in `tenths`; one entry more than messages. */
  first: Uint32Array;
  /** In 0.1 mmHg; NaN where the sensor gave nothing. */
  tenths: Float32Array;
}>;

/** Gathers samples message by message. */
export class SamplesBuilder {
  readonly #streams: Stream[] = [];
  readonly #places = new Map<string, number>();
  readonly #stream: number[] = [];
  readonly #row: number[] = [];
  readonly #arrival: number[] = [];
  readonly #m0: number[] = [];
  readonly #dt: number[] = [];
  readonly #first: number[] = [0];
  #tenths: Float32Array;
  #count = 0;
  /** The stream that was asked for last, which is nearly always asked for again. */
  #latest: Stream | null = null;
  #latestPlace = 0;

  /** `expected` samples fit without moving. */
  constructor(expected: number) {
    this.#tenths = new Float32Array(expected);
  }

  /** Where `stream` stands among the streams. */
  place(stream: Stream): number {
    if (stream !== this.#latest) {
      this.#latestPlace = this.#placeOf(stream);
      this.#latest = stream;
    }
    return this.#latestPlace;
  }

  #placeOf(stream: Stream): number {
    const key = JSON.stringify([stream.cuff, stream.boot, stream.quality]);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#streams.length);
    return this.#streams.push(stream) - 1;
  }

  /** One more sample of the message that `message` will end. */
  sample(tenths: number): void {
    if (this.#count === this.#tenths.length) {
      const larger = new Float32Array(2 * this.#count + 16);
      larger.set(this.#tenths);
      this.#tenths = larger;
    }
    this.#tenths[this.#count++] = tenths;
  }

  /** The samples since the last message were this one's. */
  message(place: number, of: Readonly<{ row: number; arrival: number; m0: number; dt: number }>): void {
    this.#stream.push(place);
    this.#row.push(of.row);
    this.#arrival.push(of.arrival);
    this.#m0.push(of.m0);
    this.#dt.push(of.dt);
    this.#first.push(this.#count);
  }

  /** Adds the samples of a fact, and tells whether it has any. */
  fact(row: number, fact: Fact): boolean {
    const found = batch.safeParse(fact);
    if (!found.success) return false;
    const { cuff, at: arrival } = found.data;
    if (found.data.kind === "basic-sample") {
      this.sample(10 * found.data.pressure);
      this.message(this.place({ cuff, boot: null, quality: null }), { row, arrival, m0: NaN, dt: NaN });
    } else {
      const { quality, message } = found.data;
      for (const tenths of message.p) this.sample(tenths ?? NaN);
      const place = this.place({ cuff, boot: message.boot, quality });
      this.message(place, { row, arrival, m0: message.m0, dt: message.dt });
    }
    return true;
  }

  done(): Samples {
    return {
      length: this.#row.length,
      streams: this.#streams,
      stream: Uint32Array.from(this.#stream),
      row: Uint32Array.from(this.#row),
      arrival: Float64Array.from(this.#arrival),
      m0: Float64Array.from(this.#m0),
      dt: Float64Array.from(this.#dt),
      first: Uint32Array.from(this.#first),
      tenths: this.#tenths.subarray(0, this.#count),
    };
  }
}

const ofCuff = { at: z.number(), cuff: z.string().transform(cuffId) };
const batch = z.discriminatedUnion("kind", [
  z.object({ ...ofCuff, kind: z.literal("basic-sample"), pressure: z.number() }),
  z.object({
    ...ofCuff,
    kind: z.literal("samples"),
    quality: z.enum(["live", "late", "historic"]),
    message: z.object({
      boot: z.string(),
      m0: z.number(),
      dt: z.number(),
      p: z.array(z.number().nullable()),
    }),
  }),
]);
