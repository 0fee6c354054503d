/** Gathers the points of a trace. Nearly all come in order; what comes later belongs between them and is put there at the end. */

type Points = Readonly<{
  length: number;
  at: Float64Array;
  mmHg: Float32Array;
  quality: Uint8Array;
  heardAt: Float64Array;
}>;

/** Columns that grow. */
class Column {
  #at: Float64Array;
  #mmHg: Float32Array;
  #quality: Uint8Array;
  #heardAt: Float64Array;
  #length = 0;

  constructor(expected: number) {
    this.#at = new Float64Array(expected);
    this.#mmHg = new Float32Array(expected);
    this.#quality = new Uint8Array(expected);
    this.#heardAt = new Float64Array(expected);
  }

  get last(): number {
    return this.#at[this.#length - 1] ?? -Infinity;
  }

  add(at: number, mmHg: number, heardAt: number, quality: number): void {
    if (this.#length === this.#at.length) this.#grow();
    const i = this.#length++;
    this.#at[i] = at;
    this.#mmHg[i] = mmHg;
    this.#heardAt[i] = heardAt;
    this.#quality[i] = quality;
  }

  #grow(): void {
    const size = 2 * this.#length + 64;
    const [at, mmHg, quality, heardAt] = [this.#at, this.#mmHg, this.#quality, this.#heardAt];
    this.#at = new Float64Array(size);
    this.#mmHg = new Float32Array(size);
    this.#quality = new Uint8Array(size);
    this.#heardAt = new Float64Array(size);
    this.#at.set(at);
    this.#mmHg.set(mmHg);
    this.#quality.set(quality);
    this.#heardAt.set(heardAt);
  }

  done(): Points {
    const length = this.#length;
    return {
      length,
      at: this.#at.subarray(0, length),
      mmHg: this.#mmHg.subarray(0, length),
      quality: this.#quality.subarray(0, length),
      heardAt: this.#heardAt.subarray(0, length),
    };
  }
}

const live = 0;

export class TraceBuilder {
  readonly #main: Column;
  readonly #between = new Column(0);

  /** As many points as are `expected` fit without moving. */
  constructor(expected: number) {
    this.#main = new Column(expected);
  }

  /** A live point; a clock that turned out to be ahead does not send it behind the one before. */
  inOrder(at: number, mmHg: number, heardAt: number): void {
    this.#main.add(Math.max(at, this.#main.last), mmHg, heardAt, live);
  }

  /** A point that may lie before others. */
  anywhere(at: number, mmHg: number, heardAt: number, quality: number): void {
    (at >= this.#main.last ? this.#main : this.#between).add(at, mmHg, heardAt, quality);
  }

  done(): Points {
    const [main, between] = [this.#main.done(), this.#between.done()];
    return between.length === 0 ? main : merged(main, between);
  }
}

const merged = (main: Points, between: Points): Points => {
  const order = Array.from({ length: between.length }, (_, i) => i).sort(
    (a, b) => (between.at[a] ?? 0) - (between.at[b] ?? 0),
  );
  const all = new Column(main.length + between.length);
  const copy = ({ at, mmHg, heardAt, quality }: Points, i: number): void =>
    all.add(at[i] ?? 0, mmHg[i] ?? NaN, heardAt[i] ?? 0, quality[i] ?? live);
  let next = 0;
  for (let i = 0; i < main.length; i++) {
    for (; (between.at[order[next] ?? -1] ?? Infinity) < (main.at[i] ?? 0); next++)
      copy(between, order[next] ?? 0);
    copy(main, i);
  }
  for (; next < order.length; next++) copy(between, order[next] ?? 0);
  return all.done();
};
