/**
 * Yes and no, one after the other, in as little room as their likelihood allows (a binary arithmetic coder that learns how often each answer is
 * given; G. G. Langdon, "An introduction to arithmetic coding", IBM J. Res. Dev. 28(2), 1984). Writing and reading go the same way through
 * the same questions, so whoever asks them is written once for both: `bit` is given what to write, or 0, and gives back what it was.
 */

/** How often yes was the answer to each question, of 65536, and how often it was asked. */
export class Slots {
  readonly yes: Uint16Array;
  readonly asked: Uint8Array;

  constructor(count: number) {
    this.yes = new Uint16Array(count).fill(0x8000);
    this.asked = new Uint8Array(count);
  }
}

export interface Coder {
  /** Writes or reads 0 or 1 as the answer to question `slot`. */
  bit(slots: Slots, slot: number, bit: number): number;
  /** The same for an answer about which nothing is ever learned. */
  evenBit(bit: number): number;
}

/** Nothing is ever taken for certain. */
const least = 32;
/** What was learned long ago is forgotten at this pace. */
const mostAsked = 120;

const learn = (slots: Slots, slot: number, bit: number): void => {
  const yes = slots.yes[slot] ?? 0;
  const asked = slots.asked[slot] ?? 0;
  const next = yes + Math.trunc((bit === 1 ? 0xffff - yes : -yes) / (asked + 1.6));
  slots.yes[slot] = next < least ? least : next > 0x10000 - least ? 0x10000 - least : next;
  if (asked < mostAsked) slots.asked[slot] = asked + 1;
};

export class BitWriter implements Coder {
  #low = 0;
  #high = 0xffff_ffff;
  #bytes = new Uint8Array(1024);
  #length = 0;

  bit(slots: Slots, slot: number, bit: number): number {
    this.#narrow(slots.yes[slot] ?? 0, bit);
    learn(slots, slot, bit);
    return bit;
  }

  evenBit(bit: number): number {
    this.#narrow(0x8000, bit);
    return bit;
  }

  /** The bytes so far. Nothing can be written after them. */
  done(): Uint8Array {
    // The next higher first byte lies within what is left, and bytes that are not there are read as 0.
    this.#put((this.#low >>> 24) + 1);
    return this.#bytes.slice(0, this.#length);
  }

  #narrow(yes: number, bit: number): void {
    const middle = this.#low + Math.floor(((this.#high - this.#low) * yes) / 0x10000);
    if (bit === 1) this.#high = middle;
    else this.#low = middle + 1;
    while (((this.#low ^ this.#high) & 0xff00_0000) === 0) {
      this.#put(this.#high >>> 24);
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 0xff) >>> 0;
    }
  }

  #put(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}

/** So many bytes are read ahead of what they mean; one of them was written. */
const ahead = 3;

/** Reads what `BitWriter` wrote, and anything else as if it had been written; `whole` tells whether it was. */
export class BitReader implements Coder {
  readonly #bytes: Uint8Array;
  #place = 0;
  #low = 0;
  #high = 0xffff_ffff;
  #now = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let i = 0; i <= ahead; i++) this.#now = ((this.#now << 8) | this.#next()) >>> 0;
  }

  /** Whether more was asked for than was written. */
  get beyond(): boolean {
    return this.#place > this.#bytes.length + ahead;
  }
  /** Whether exactly what was written has been read. */
  get whole(): boolean {
    return this.#place === this.#bytes.length + ahead;
  }

  bit(slots: Slots, slot: number): number {
    const bit = this.#narrowed(slots.yes[slot] ?? 0);
    learn(slots, slot, bit);
    return bit;
  }

  evenBit(): number {
    return this.#narrowed(0x8000);
  }

  #narrowed(yes: number): number {
    const middle = this.#low + Math.floor(((this.#high - this.#low) * yes) / 0x10000);
    const bit = this.#now <= middle ? 1 : 0;
    if (bit === 1) this.#high = middle;
    else this.#low = middle + 1;
    while (((this.#low ^ this.#high) & 0xff00_0000) === 0) {
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 0xff) >>> 0;
      this.#now = ((this.#now << 8) | this.#next()) >>> 0;
    }
    return bit;
  }

  #next(): number {
    return this.#bytes[this.#place++] ?? 0;
  }
}
