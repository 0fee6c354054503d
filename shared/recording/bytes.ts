/**
 * Bytes written one after the other and read back within their bounds. Whole numbers go as varints: seven bits a byte, the lowest
 * first.
 */

/** `value` as JSON in ASCII alone: other characters only ever stand in strings, where they can be escaped. */
export const toAscii = (value: unknown): Uint8Array => {
  const text = JSON.stringify(value).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
};

/** How many characters are made into text at once; an argument list has its bounds. */
const textPiece = 8192;

/** The value in `bytes`; undefined where it is not JSON. */
export const fromAscii = (bytes: Uint8Array): unknown => {
  let text = "";
  for (let i = 0; i < bytes.length; i += textPiece)
    text += String.fromCharCode(...bytes.subarray(i, i + textPiece));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The largest number that a varint gives. */
const largestVarint = 2 ** 53;

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

  bytes(more: Uint8Array): void {
    this.#room(more.length);
    this.#bytes.set(more, this.#length);
    this.#length += more.length;
  }

  /** Any value that JSON can carry, after its length. */
  json(value: unknown): void {
    const text = toAscii(value);
    this.whole(text.length);
    this.bytes(text);
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
    const found = fromAscii(this.bytes(this.whole()));
    if (found === undefined) this.fail("a text in it is not JSON");
    return found ?? null;
  }

  #tooLarge(): number {
    this.fail("a number in it is too large");
    return 0;
  }
}
