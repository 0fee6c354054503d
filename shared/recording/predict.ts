/**
 * What the next number of a column is expected to be, from those before it. Writer and reader ask the same predictor and tell it the same
 * numbers, so only the difference has to be kept. Plain arithmetic of doubles, which is the same on every machine.
 */

import { idsOfMs } from "./line.ts";

/** Numbers that grow beyond this are made up, and a prediction from them is worth nothing. */
const largest = 2 ** 46;
const within = (value: number): number => (Math.abs(value) <= largest ? Math.round(value) : 0);

/** A lag that is this far from the usual one is a new beginning, in ms. */
const newLagMs = 1000;
/** How much of a difference is taken over in the long run, and at first. */
const lagGain = 1 / 64;

/** When a message arrives, from the cuff's own clock: the usual lag, slowly followed. */
export class ArrivalPredictor {
  #lag = 0;
  #heard = 0;

  /** The moment at which what was measured at `m` of the cuff's clock arrives; `otherwise` where nothing is known yet. */
  next(m: number, otherwise: number): number {
    return this.#heard === 0 ? otherwise : within(m + this.#lag);
  }

  learn(m: number, at: number): void {
    const off = at - m - this.#lag;
    if (this.#heard === 0 || Math.abs(off) > newLagMs) {
      this.#lag = at - m;
      this.#heard = 1;
    } else {
      this.#heard += 1;
      this.#lag += off * Math.max(lagGain, 1 / this.#heard);
    }
  }
}

/** How ids are predicted: about as many on as the last time, or by their moment (line.ts). */
export const idWays = ["place", "moment"] as const;
export type IdWay = (typeof idWays)[number];

/** An id that is this far from the expected one is a new beginning. */
const newPlace = 256;
const placeGain = 1 / 8;
const stepGain = 1 / 128;

export class IdPredictor {
  readonly #way: IdWay;
  #last = -1;
  #place = 0;
  #step = 1;

  constructor(way: IdWay) {
    this.#way = way;
  }

  /** The id of a line of this moment. */
  next(at: number): number {
    return Math.max(
      this.#last + 1,
      within(this.#way === "moment" ? Math.floor(at) * idsOfMs : this.#place + this.#step),
    );
  }

  learn(id: number): void {
    const off = id - (this.#place + this.#step);
    if (Math.abs(off) > newPlace) this.#place = id;
    else {
      this.#place += this.#step + off * placeGain;
      this.#step += off * stepGain;
    }
    this.#last = id;
  }
}

/** What a message says of itself, as far as it follows from the message before. */
export type Told = Readonly<{ seq: number; m0: number; occMs: number }>;

/** Numbers of the messages of one power-up: each one more, one batch later, the timer running where it ran. */
export class MessagePredictor {
  #last: Told = { seq: -1, m0: 0, occMs: 0 };
  /** How long the last batch lasted, in ms. */
  #spanMs = 0;

  seq(): number {
    return this.#last.seq + 1;
  }

  m0(seq: number): number {
    return within(this.#last.m0 + Math.max(1, seq - this.#last.seq) * this.#spanMs);
  }

  occMs(m0: number): number {
    return this.#last.occMs === 0 ? 0 : this.#last.occMs + m0 - this.#last.m0;
  }

  learn(told: Told, spanMs: number): void {
    this.#last = told;
    this.#spanMs = spanMs;
  }
}
