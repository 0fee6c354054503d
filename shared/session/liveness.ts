/**
 * Live, late or historic (devices/contract.md): a message is judged by its number, and by how far its arrival lags behind
 * the best that this power-up of the cuff has shown. A link that hung delivers old messages in a burst, unflagged.
 */
import type { DataMessage, EventMessage } from "../cuff/message.ts";
import { type Monotonic, monotonic } from "../units.ts";
import type { Quality } from "./fact.ts";

/** What is known of one power-up of a cuff. */
export type Boot = Readonly<{
  boot: string;
  /** Highest sequence number taken in. */
  seq: number;
  /** Highest event number taken in; −1 before the first. */
  eseq: number;
  /** `m0` of the newest message: what a command has to quote. */
  m0: number;
  /** The cuff's clock at the newest sample, ms since it was switched on. */
  m: number;
  /**
   * Least (arrival − cuff's clock) so far, creeping up; adding it to the cuff's clock gives site time. Null after an
   * interruption, when arrivals of before and after cannot be compared.
   */
  offset: number | null;
  /** When the offset was last brought up to date. */
  offsetAt: Monotonic;
  /** Since when this power-up's own readings were at or above 30 mmHg, and under 20 mmHg. */
  upSince: Monotonic | null;
  downSince: Monotonic | null;
}>;

/** Samples that arrive later than this after the best arrival so far are stored as late, in ms. */
export const lateAfterMs = 2000;
/** How fast the least lag may creep up: more than a sound clock drifts, far less than a hung link. */
const creepPerMs = 0.001;
/** How many power-ups of one cuff are remembered, so that a straggler of the one before is told apart. */
const bootsKept = 4;

/** The cuff's clock at the last sample of a message. */
export const lastSampleAt = (message: DataMessage): number =>
  message.m0 + (message.p.length - 1) * message.dt;

/** How the clock of a power-up stands to site time, and since when that is known. */
export type Dated = Pick<Boot, "offset" | "offsetAt">;

const crept = (boot: Dated, at: Monotonic): number | null =>
  boot.offset === null ? null : boot.offset + Math.max(0, at - boot.offsetAt) * creepPerMs;

/** The same after a message whose last sample, of the cuff's moment `m`, arrived at `at`. */
export const datedBy = (
  known: Dated | undefined,
  m: number,
  at: Monotonic,
): Dated & Readonly<{ offset: number }> => {
  const lag = at - m;
  return { offset: known === undefined ? lag : Math.min(crept(known, at) ?? lag, lag), offsetAt: at };
};

/** How a `data` or `backfill` message that arrived at `at` stands; null for an exact repetition, which is nothing at all. */
export const qualityOf = (boots: readonly Boot[], message: DataMessage, at: Monotonic): Quality | null => {
  const boot = boots.find((b) => b.boot === message.boot);
  if (message.hist === true) return "historic";
  if (boot === undefined) return "live";
  if (message.seq === boot.seq) return null;
  const m = lastSampleAt(message);
  if (message.seq < boot.seq || m < boot.m) return "historic";
  const offset = crept(boot, at);
  return offset !== null && at - m - offset > lateAfterMs ? "late" : "live";
};

/** What is known of the power-ups after a message of this quality; the present one stands first. */
export const heard = (
  boots: readonly Boot[],
  message: DataMessage,
  quality: Quality,
  at: Monotonic,
): readonly Boot[] => {
  if (quality === "historic") return boots;
  const known = boots.find((b) => b.boot === message.boot);
  const m = lastSampleAt(message);
  const { offset, offsetAt } = datedBy(known, m, at);
  const boot: Boot = {
    boot: message.boot,
    seq: message.seq,
    eseq: known?.eseq ?? -1,
    m0: message.m0,
    m,
    offset,
    offsetAt,
    upSince: known?.upSince ?? null,
    downSince: known?.downSince ?? null,
  };
  // A straggler of an earlier power-up does not make it the present one.
  if (quality === "late" && known !== undefined) return boots.map((b) => (b === known ? boot : b));
  if (boots.length === 1 && known !== undefined) return [boot];
  return [boot, ...boots.filter((b) => b !== known)].slice(0, bootsKept);
};

/** Site time of the cuff's own moment `m`. */
export const siteTime = (boot: Pick<Dated, "offset">, m: number, arrival: Monotonic): Monotonic =>
  monotonic(Math.min(arrival, boot.offset === null ? arrival : Math.round(m + boot.offset)));

/**
 * How an event stands, by its `m`. One of a power-up whose data was never heard cannot be dated and counts as late; null
 * for a repetition.
 */
export const qualityOfEvent = (
  boots: readonly Boot[],
  event: EventMessage,
  at: Monotonic,
): Quality | null => {
  const boot = boots.find((b) => b.boot === event.boot);
  if (boot === undefined) return "late";
  if (event.eseq <= boot.eseq) return null;
  const offset = crept(boot, at);
  return offset === null || at - event.m - offset > lateAfterMs ? "late" : "live";
};

export const heardEvent = (boots: readonly Boot[], event: EventMessage): readonly Boot[] =>
  boots.map((b) => (b.boot === event.boot ? { ...b, eseq: Math.max(b.eseq, event.eseq) } : b));

/** After an interruption of the server numbers still count, arrivals no longer do. */
export const interrupted = (boots: readonly Boot[]): readonly Boot[] =>
  boots.map((b) => ({ ...b, offset: null }));
