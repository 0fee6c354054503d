/**
 * What the next number of a column is expected to be, from those before it. Writer and reader ask the same predictor and tell it the same
 * numbers, so only the difference has to be kept. Plain arithmetic of doubles, which is the same on every machine.
 */

/** Numbers that grow beyond this are made up, and a prediction from them is worth nothing. */
const largest = 2 ** 46;
const within = (value: number): number => (Math.abs(value) <= largest ? Math.round(value) : 0);

/** A lag that is this far from the usual one is a new beginning, in ms. */
const newLagMs = 1000;
/** How much of a difference is taken over at once. */
const lagGain = 1 / 16;

/** When a message arrives, from the cuff's own clock: the usual lag, slowly followed. */
export class ArrivalPredictor {
  #lag: number | null = null;

  /** The moment at which what was measured at `m` of the cuff's clock arrives; `otherwise` where nothing is known yet. */
  next(m: number, otherwise: number): number {
    return this.#lag === null ? otherwise : within(m + this.#lag);
  }

  learn(m: number, at: number): void {
    const off = at - m - (this.#lag ?? at - m);
    this.#lag = this.#lag === null || Math.abs(off) > newLagMs ? at - m : this.#lag + off * lagGain;
  }
}

/** An id that is this far from the expected one is a new beginning. */
const newPlace = 256;
const placeGain = 1 / 8;
const stepGain = 1 / 128;

/** Ids of one cuff among those of others: about as many between two of its lines each time. */
export class IdPredictor {
  #place = 0;
  #step = 1;

  next(): number {
    return Math.round(this.#place + this.#step);
  }

  learn(id: number): void {
    const off = id - (this.#place + this.#step);
    if (Math.abs(off) > newPlace) this.#place = id;
    else {
      this.#place += this.#step + off * placeGain;
      this.#step += off * stepGain;
    }
  }
}

/** How pressures are predicted: as the last one, or by going on as between the last two. */
export const orders = [1, 2] as const;
export type Order = (typeof orders)[number];

/** Pressures of one stream, in tenths of a mmHg. */
export class PressurePredictor {
  readonly #order: Order;
  #last = 0;
  #before = 0;

  constructor(order: Order) {
    this.#order = order;
  }

  next(): number {
    return this.#order === 1 ? this.#last : 2 * this.#last - this.#before;
  }

  learn(tenths: number): void {
    this.#before = this.#last;
    this.#last = tenths;
  }
}

/** What a message says of itself, as far as it follows from the message before. */
export type Told = Readonly<{ seq: number; m0: number; occMs: number }>;

/** Numbers of the messages of one power-up: each one more, one batch later, the timer running where it ran. */
export class MessagePredictor {
  #seq = -1;
  #m0 = 0;
  #occMs = 0;
  /** How long the last batch lasted, in ms. */
  #spanMs = 0;

  seq(): number {
    return this.#seq + 1;
  }

  m0(seq: number): number {
    return within(this.#m0 + Math.max(1, seq - this.#seq) * this.#spanMs);
  }

  occMs(m0: number): number {
    return this.#occMs === 0 ? 0 : this.#occMs + m0 - this.#m0;
  }

  learn({ seq, m0, occMs }: Told, spanMs: number): void {
    this.#seq = seq;
    this.#m0 = m0;
    this.#occMs = occMs;
    this.#spanMs = spanMs;
  }
}
