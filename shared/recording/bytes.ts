/**
 * Bytes written one after the other and read back within their bounds. Whole numbers go as varints: seven bits a byte, the lowest
 * first; signed ones in zigzag order (0, -1, 1, -2 …), so that small numbers of either sign are short.
 */

/** Whole numbers up to this size are kept as such: every id and every moment is. Differences of some of them still fit into a varint. */
const largestWhole = 2 ** 44;
/** The largest number that a varint gives. */
const largestVarint = 2 ** 53;

/** Whether a number can be kept as a whole one. Minus zero counts as zero, as in JSON. */
export const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= largestWhole;

export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53. */
  whole(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number of either sign, at most 2^52. */
  signed(value: number): void {
    this.whole(value >= 0 ? 2 * value : -2 * value - 1);
  }

  double(value: number): void {
    this.#room(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  bytes(more: Uint8Array): void {
    this.#room(more.length);
    this.#bytes.set(more, this.#length);
    this.#length += more.length;
  }

  /** Any value that JSON can carry, in ASCII alone: other characters only ever stand in strings, where they can be escaped. */
  json(value: unknown): void {
    const text = JSON.stringify(value).replace(
      /[^\0-\x7f]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    this.whole(text.length);
    this.#room(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#length++] = text.charCodeAt(i);
  }

  /** What was written so far; later writing does not change it. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** How many characters are made into text at once; an argument list has its bounds. */
const textPiece = 8192;

/**
 * Reads what `ByteWriter` wrote. Never throws and never reads beyond its end: the first thing that does not fit is kept as `fault`, and
 * from then on every read gives 0 or nothing. Whoever reads asks for the fault before they use what they read.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #place = 0;
  #fault: string | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** What is wrong, for a sentence; null while all is well. */
  get fault(): string | null {
    return this.#fault;
  }
  get left(): number {
    return this.#bytes.length - this.#place;
  }

  fail(what: string): void {
    this.#fault ??= what;
    this.#place = this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#place];
    if (value === undefined) {
      this.fail("it ends too early");
      return 0;
    }
    this.#place += 1;
    return value;
  }

  whole(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let scale = 0x80; scale <= 2 ** 49; scale *= 0x80) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) return value <= largestVarint ? value : this.#tooLarge();
    }
    return this.#tooLarge();
  }

  signed(): number {
    const value = this.whole();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  double(): number {
    if (this.left < 8) {
      this.fail("it ends too early");
      return 0;
    }
    const { buffer, byteOffset } = this.#bytes;
    const value = new DataView(buffer).getFloat64(byteOffset + this.#place, true);
    this.#place += 8;
    return value;
  }

  /** The next `count` bytes, not copied; none where there are fewer. */
  bytes(count: number): Uint8Array {
    if (count > this.left) {
      this.fail("it ends too early");
      return new Uint8Array(0);
    }
    this.#place += count;
    return this.#bytes.subarray(this.#place - count, this.#place);
  }

  /** The next value in JSON; null where there is none. */
  json(): unknown {
    const ascii = this.bytes(this.whole());
    let text = "";
    for (let i = 0; i < ascii.length; i += textPiece)
      text += String.fromCharCode(...ascii.subarray(i, i + textPiece));
    if (this.#fault !== null) return null;
    try {
      return JSON.parse(text);
    } catch {
      this.fail("a text in it is not JSON");
      return null;
    }
  }

  #tooLarge(): number {
    this.fail("a number in it is too large");
    return 0;
  }
}
