/** What was done in one session, told from its facts alone: what leaves the product is made from this and from the records beside it. */
import type { ClassFact, FinishedFact } from "../class/fact.ts";
import type { Seat } from "../class/seat.ts";
import type { Check } from "../class/visit.ts";
import { apply } from "../engine.ts";
import type { ClassState } from "../class/seat.ts";
import type { MetaMessage } from "../cuff/message.ts";
import type { CuffId, SessionId } from "../ids.ts";
import { allCuffs } from "../session/cuffs.ts";
import type { CuffFact } from "../session/fact.ts";
import type { Mmhg } from "../units.ts";
import { type InflationMark, type Marks, marksOf } from "./marks.ts";
import { eachBesides, type Recorded } from "./recorded.ts";

type Told<K extends ClassFact["kind"]> = Extract<ClassFact, { kind: K }>;
export type NotedFact = Extract<CuffFact, { kind: "noted" }>;

export type Inflation = InflationMark &
  Readonly<{
    /** What it aimed at when it began; null where it had no target. */
    target: Mmhg | null;
  }>;

export type Account = Pick<Marks, "sets" | "alarms" | "troubles"> &
  Readonly<{
    /** As it was at the end; null where the recording holds none of it. */
    seat: Seat | null;
    finished: FinishedFact | null;
    inflations: readonly Inflation[];
    /** Every check before the session, in order. */
    checks: readonly Check[];
    notes: readonly NotedFact[];
    exertions: readonly Told<"exertion-noted">[];
    remarks: readonly Told<"remarked">[];
    swaps: readonly Told<"cuff-swapped">[];
    /** What each cuff told of itself last. */
    cuffs: ReadonlyMap<CuffId, MetaMessage>;
  }>;

/** The account of `session` in a recording of it. */
export const accountOf = (recorded: Recorded, session: SessionId): Account => {
  const { inflations, sets, alarms, troubles, moments } = marksOf(recorded);
  const cuffs = new Map<CuffId, MetaMessage>();
  for (const c of allCuffs(recorded.start.cuffs)) if (c.meta !== null) cuffs.set(c.cuff, c.meta);
  const seatIn = ({ seats }: ClassState): Seat | null =>
    seats.find((s) => s.visit.session === session) ?? null;
  let state = recorded.start;
  let seat = seatIn(state.class);
  const targets = new Map<string, Mmhg | null>();
  for (const { fact } of eachBesides(recorded.lines)) {
    if (fact.kind === "meta") cuffs.set(fact.cuff, fact.message);
    if (fact.kind === "inflated")
      targets.set(keyOf({ ...fact, from: fact.since }), targetIn(seat, fact.cuff));
    if ("cuff" in fact || fact.kind === "resumed") continue;
    // Only the class is folded: what a cuff showed meanwhile is not needed here.
    state = apply(state, fact);
    seat = seatIn(state.class) ?? seat;
  }
  const facts = moments.map(({ fact }) => fact).filter((f) => !("session" in f) || f.session === session);
  const finished = facts.find((f) => f.kind === "finished") ?? null;
  return {
    ...{ sets: sets.filter((s) => s.session === session), alarms, troubles, cuffs, finished },
    seat: finished?.seat ?? seat,
    inflations: inflations.map((one) => ({ ...one, target: targets.get(keyOf(one)) ?? null })),
    checks: facts.flatMap((f) => (f.kind === "checked" ? [f.check] : [])),
    notes: facts.filter((f) => f.kind === "noted"),
    exertions: facts.filter((f) => f.kind === "exertion-noted"),
    remarks: facts.filter((f) => f.kind === "remarked"),
    swaps: facts.filter((f) => f.kind === "cuff-swapped"),
  };
};

const keyOf = ({ cuff, from }: Pick<InflationMark, "cuff" | "from">): string => `${cuff} ${from}`;

const targetIn = (seat: Seat | null, cuff: CuffId): Mmhg | null =>
  seat?.worn.find((w) => w.cuff === cuff)?.given[seat.visit.exercise]?.prescription.target ?? null;
