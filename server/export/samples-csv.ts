/** Every pressure of a recording as a row of a table, in the order in which they were taken. */
import { apply, type State } from "../../shared/engine.ts";
import type { CuffId } from "../../shared/ids.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import { createPlacing, type Placing, stampOf } from "../../shared/recording/placing.ts";
import { each, type Recorded } from "../../shared/recording/recorded.ts";
import type { Span } from "../../shared/recording/span.ts";
import { type TraceQuality } from "../../shared/recording/trace.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import type { CuffFact } from "../../shared/session/fact.ts";
import type { Mmhg, Monotonic } from "../../shared/units.ts";
import { type Column, headOf, rowOf, utc, whole } from "./columns.ts";

/** What a table is made from: the recording, and the part of a class that it is of. */
export type Told = Readonly<{ recorded: Recorded; span: Span }>;

type Sample = Readonly<{
  /** From the beginning of the session. */
  ms: number;
  wall: number;
  heardMs: number;
  cuff: CuffId;
  limb: Limb | null;
  mmhg: number | null;
  target: Mmhg | null;
  quality: TraceQuality;
  /** Null from a cuff that tells nothing but its pressure. */
  told: Extract<CuffFact, { kind: "samples" }>["message"] | null;
  exercise: number | null;
  set: number | null;
}>;

const tenths = (n: number): number => n / 10;

export const sampleColumns: readonly Column<Sample>[] = [
  {
    ...{ name: "time_ms", unit: "ms", of: (s) => s.ms },
    what: "When the pressure was taken, from the beginning of the session; below zero before it",
  },
  {
    ...{ name: "wall_time_utc", unit: "ISO 8601, UTC", of: (s) => utc(s.wall) },
    what: "The same moment on the server's wall clock",
  },
  {
    ...{ name: "heard_ms", unit: "ms", of: (s) => s.heardMs },
    what: "When the server heard of it, from the beginning of the session: before that no screen could show it",
  },
  { name: "cuff", unit: "", what: "The cuff's name in its topics", of: (s) => s.cuff },
  {
    ...{ name: "side", unit: "", of: (s) => s.limb?.side ?? null },
    what: "left or right: the limb that wore the cuff then; empty while none did",
  },
  {
    ...{ name: "limb", unit: "", of: (s) => s.limb?.limb ?? null },
    what: "thigh or arm; empty while no limb wore the cuff",
  },
  {
    ...{ name: "pressure_mmhg", unit: "mmHg", of: (s) => s.mmhg },
    what: "Pressure in the cuff's bladder, which is no blood pressure; empty where the sensor could give nothing",
  },
  {
    ...{ name: "target_mmhg", unit: "mmHg", of: (s) => s.target },
    what: "What the plan asked for then; empty where it asked for nothing",
  },
  {
    ...{ name: "quality", unit: "", of: (s) => s.quality },
    what: "live: shown and judged at once; late: it came too late for that; backfilled: told later from the cuff's own memory",
  },
  {
    ...{ name: "phase", unit: "", of: (s) => s.told?.st.phase ?? null },
    what: "What the cuff took itself to be doing: idle, inflating, measuring, occluded or releasing; empty for a cuff that has no phase",
  },
  {
    ...{
      name: "cuff_target_mmhg",
      unit: "mmHg",
      of: (s) => (s.told === null ? null : tenths(s.told.st.tgt)),
    },
    what: "What the cuff itself was set to; 0 while it aimed at nothing",
  },
  {
    ...{ name: "cuff_inflation_ms", unit: "ms", of: (s) => s.told?.st.occMs ?? null },
    what: "How long the inflation had lasted by the cuff's own clock when it sent the message",
  },
  {
    ...{ name: "exercise", unit: "number", of: (s) => s.exercise },
    what: "Which exercise of the plan was under way, from 1",
  },
  {
    ...{ name: "set", unit: "number", of: (s) => s.set },
    what: "Which set somebody had begun and not yet ended, from 1; empty between sets",
  },
  {
    ...{ name: "cuff_set", unit: "number", of: (s) => s.told?.st.set ?? null },
    what: "The set by the cuff's own count; empty for a cuff that does not count",
  },
  {
    ...{ name: "repetition", unit: "number", of: (s) => s.told?.st.rep ?? null },
    what: "How many repetitions of that set the cuff had counted; empty for a cuff that does not count",
  },
  {
    ...{ name: "cuff_boot", unit: "", of: (s) => s.told?.boot ?? null },
    what: "Which power-up of the cuff sent it: its clock and its numbers begin anew with each",
  },
  {
    ...{ name: "message_number", unit: "number", of: (s) => s.told?.seq ?? null },
    what: "The cuff's own number of the message that held it",
  },
];

/** The table, with its head, in pieces. */
export function* samplesCsv(told: Told): Generator<string> {
  yield headOf(sampleColumns);
  let piece = "";
  for (const sample of samplesOf(told)) {
    piece += rowOf(sampleColumns, sample);
    if (piece.length < 64 * 1024) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

/** In the order in which they were taken: what was told later stands where it belongs. */
const samplesOf = ({ recorded, span }: Told): readonly Sample[] => {
  const { start, lines, from, to } = recorded;
  const samples: Sample[] = [];
  const placings = new Map<CuffId, Placing>();
  const known = new Set<string>();
  let state = start;
  const told = (
    fact: Extract<CuffFact, { kind: "samples" | "basic-sample" }>,
    wall: number,
    one: Readonly<{ at: Monotonic; mmhg: number | null; quality: TraceQuality }>,
  ): void => {
    if (one.at < from || one.at > to) return;
    samples.push({
      ...{ ms: whole(one.at - span.from), heardMs: whole(fact.at - span.from), cuff: fact.cuff },
      ...{ wall: wall + one.at - fact.at, mmhg: one.mmhg, quality: one.quality },
      ...{ told: fact.kind === "samples" ? fact.message : null, limb: limbOf(span, fact.cuff, one.at) },
      ...during(state, fact.cuff, span),
    });
  };
  for (const { wall, fact } of each(lines)) {
    state = apply(state, fact);
    if (fact.kind === "resumed") for (const placing of placings.values()) placing.resumed(fact);
    if (fact.kind === "basic-sample") told(fact, wall, { at: fact.at, mmhg: fact.pressure, quality: "live" });
    if (fact.kind !== "samples") continue;
    const { message, cuff } = fact;
    const placing = placings.get(cuff) ?? createPlacing(cuffIn(start.cuffs, cuff)?.boots);
    placings.set(cuff, placing);
    const placed = placing.place(stampOf(fact));
    const name = `${cuff} ${message.boot} ${message.m0}`;
    // What was heard already is told once more by a cuff that was asked for all it has.
    if (placed === null || known.has(name)) continue;
    known.add(name);
    const quality = fact.quality === "historic" ? "backfilled" : fact.quality;
    for (const [i, p] of message.p.entries())
      told(fact, wall, {
        at: placed(message.m0 + i * message.dt),
        mmhg: p === null ? null : tenths(p),
        quality,
      });
  }
  return samples.sort((a, b) => a.ms - b.ms);
};

const limbOf = ({ worn }: Span, cuff: CuffId, at: Monotonic): Limb | null =>
  worn.find((w) => w.cuff === cuff && w.from <= at && (w.to === null || at <= w.to))?.limb ?? null;

/** What was asked of the cuff and of the patient when it was heard. */
const during = (
  state: State,
  cuff: CuffId,
  { session }: Span,
): Pick<Sample, "target" | "exercise" | "set"> => {
  const visit = state.class.seats.find((seat) => seat.visit.session === session)?.visit;
  return {
    target: cuffIn(state.cuffs, cuff)?.prescription?.target ?? null,
    exercise: visit === undefined ? null : visit.exercise + 1,
    set: visit?.set?.number ?? null,
  };
};
