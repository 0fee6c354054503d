/**
 * The pressure of each cuff of a recording as evenly spaced values, for formats that know no other. A piece is unbroken: one cuff, one
 * power-up, one rate; what is missing within it is null, and whatever breaks it begins another.
 */
import type { CuffId } from "../../shared/ids.ts";
import { createPlacing, type SamplesFact, stampOf } from "../../shared/recording/placing.ts";
import { each, type Recorded } from "../../shared/recording/recorded.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import { lastSampleAt } from "../../shared/session/liveness.ts";
import { type Monotonic, monotonic } from "../../shared/units.ts";
import { basicPieces, type BasicFact } from "./basic-signal.ts";

/** A moment on the cuff's clock, in ms since it was switched on, and the same moment in site time. */
export type Anchor = Readonly<{ m: number; at: Monotonic }>;

export type Piece = Readonly<{
  cuff: CuffId;
  /** Which power-up of the cuff; null for a basic cuff, which has no clock of its own. */
  boot: string | null;
  /** When the first value was measured, in site time. */
  from: Monotonic;
  /** From one value to the next, in ms. */
  stepMs: number;
  /** In 0.1 mmHg; null where the sensor or the link gave none. */
  tenths: readonly (number | null)[];
  /** How the cuff's clock was joined to site time; null for a basic cuff. */
  anchor: Anchor | null;
  /** Whether any of it came later from the cuff's own memory. */
  backfilled: boolean;
}>;

export type Signal = Readonly<{
  cuff: CuffId;
  /** In order of time. */
  pieces: readonly Piece[];
  /** Readings of a power-up that was never heard live: nothing tells when they were taken. */
  undated: number;
}>;

/** A gap that is not longer than this is filled with nulls, in ms: a lost message is no new piece. */
const longestFilled = 3000;
/** After this long a piece is ended, in ms of the cuff's clock: the clocks of cuff and site are joined anew for the next. */
const longestPiece = 10 * 60_000;
/** Further off than this, in ms, a message does not continue the one before it. */
const tolerance = 100;

/** The signal of every cuff that was heard between the recording's beginning and end, in order of the cuffs' names. */
export const signalsOf = (recorded: Recorded): readonly Signal[] => {
  const heard = new Map<CuffId, { messages: Dated[]; basic: BasicFact[]; undated: number }>();
  const placings = new Map<CuffId, ReturnType<typeof createPlacing>>();
  const of = (cuff: CuffId): { messages: Dated[]; basic: BasicFact[]; undated: number } => {
    const known = heard.get(cuff) ?? { messages: [], basic: [], undated: 0 };
    heard.set(cuff, known);
    return known;
  };
  const lies = (first: number, last: number): boolean => last >= recorded.from && first <= recorded.to;
  for (const { fact } of each(recorded.lines)) {
    if (fact.kind === "resumed") for (const placing of placings.values()) placing.resumed(fact);
    if (fact.kind === "basic-sample" && lies(fact.at, fact.at)) of(fact.cuff).basic.push(fact);
    if (fact.kind !== "samples") continue;
    const { message, cuff } = fact;
    const placing = placings.get(cuff) ?? createPlacing(cuffIn(recorded.start.cuffs, cuff)?.boots);
    placings.set(cuff, placing);
    const placed = placing.place(stampOf(fact));
    if (placed === null) of(cuff).undated += message.p.length;
    else {
      const from = placed(message.m0);
      if (lies(from, placed(lastSampleAt(message)))) of(cuff).messages.push({ fact, from });
    }
  }
  return [...heard]
    .map(([cuff, { messages, basic, undated }]) => ({
      cuff,
      pieces: [...cuffPieces(cuff, messages), ...basicPieces(cuff, basic)].sort((a, b) => a.from - b.from),
      undated,
    }))
    .sort((a, b) => (a.cuff < b.cuff ? -1 : 1));
};

/** A message, and the site time of its first sample as far as was known when it came. */
type Dated = Readonly<{ fact: SamplesFact; from: Monotonic }>;

/** A piece that may go on. */
type Open = {
  readonly boot: string;
  readonly m0: number;
  readonly stepMs: number;
  readonly tenths: (number | null)[];
  anchor: Anchor;
  backfilled: boolean;
};

const cuffPieces = (cuff: CuffId, messages: readonly Dated[]): readonly Piece[] => {
  const boots = Map.groupBy(messages, ({ fact }) => fact.message.boot);
  return [...boots.values()].flatMap((ofBoot) =>
    piecesOfBoot(ofBoot).map((open): Piece => {
      const { boot, m0, stepMs, tenths, anchor, backfilled } = open;
      const from = monotonic(anchor.at + (m0 - anchor.m));
      return { cuff, boot, from, stepMs, tenths, anchor, backfilled };
    }),
  );
};

/** The messages of one power-up in the order of its clock, each once: what was backfilled may have been heard before. */
const piecesOfBoot = (messages: readonly Dated[]): readonly Open[] => {
  const told = new Map<number, Dated>();
  for (const one of messages) if (!told.has(one.fact.message.m0)) told.set(one.fact.message.m0, one);
  const pieces: Open[] = [];
  for (const one of [...told.values()].sort((a, b) => a.fact.message.m0 - b.fact.message.m0)) {
    const last = pieces.at(-1);
    if (last === undefined || !goesOn(last, one)) pieces.push(begunWith(one));
  }
  return pieces;
};

const begunWith = ({ fact: { message, quality }, from }: Dated): Open => ({
  boot: message.boot,
  m0: message.m0,
  stepMs: message.dt,
  tenths: [...message.p],
  anchor: { m: message.m0, at: from },
  backfilled: quality === "historic",
});

/** Whether a message continues a piece; then it has been added to it. */
const goesOn = (piece: Open, { fact: { message, quality }, from }: Dated): boolean => {
  const { stepMs, tenths } = piece;
  if (message.dt !== stepMs || message.m0 - piece.m0 > longestPiece) return false;
  const place = Math.round((message.m0 - piece.m0) / stepMs);
  const missing = place - tenths.length;
  const off = Math.abs(message.m0 - (piece.m0 + place * stepMs));
  if (missing < 0 || missing * stepMs > longestFilled || off > Math.min(stepMs / 2, tolerance)) return false;
  for (let i = 0; i < missing; i++) tenths.push(null);
  tenths.push(...message.p);
  // The message that lagged least tells best when it was.
  if (from - message.m0 < piece.anchor.at - piece.anchor.m) piece.anchor = { m: message.m0, at: from };
  piece.backfilled ||= quality === "historic";
  return true;
};
