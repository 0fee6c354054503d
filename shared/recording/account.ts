/** What was done in one session, told from its facts alone: what leaves the product is made from this and from the records beside it. */
import { exerciseTolerance } from "../alarm/limits.ts";
import type { ClassFact, FinishedFact } from "../class/fact.ts";
import type { Check } from "../class/visit.ts";
import { apply } from "../engine.ts";
import type { ClassState, Seat } from "../class/seat.ts";
import type { MetaMessage } from "../cuff/message.ts";
import type { CuffId, SessionId } from "../ids.ts";
import { allCuffs, cuffIn } from "../session/cuffs.ts";
import type { CuffFact } from "../session/fact.ts";
import type { CuffState } from "../session/cuff-state.ts";
import type { Mmhg } from "../units.ts";
import { type InflationMark, type Marks, marksOf } from "./marks.ts";
import { eachBesides, type Recorded } from "./recorded.ts";

type Told<K extends ClassFact["kind"]> = Extract<ClassFact, { kind: K }>;
export type NotedFact = Extract<CuffFact, { kind: "noted" }>;

export type Inflation = InflationMark &
  Readonly<{
    /** What it aimed at when it began, and how far off was still within tolerance while exercising; null where it had no target. */
    target: Mmhg | null;
    tolerance: Mmhg | null;
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
  const aims = new Map<string, Aim>();
  for (const { fact } of eachBesides(recorded.lines)) {
    if (fact.kind === "meta") cuffs.set(fact.cuff, fact.message);
    if (fact.kind === "inflated")
      aims.set(keyOf({ ...fact, from: fact.since }), aimOf(cuffIn(state.cuffs, fact.cuff)));
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
    inflations: inflations.map((one) => ({ ...one, ...(aims.get(keyOf(one)) ?? aimOf(undefined)) })),
    checks: facts.flatMap((f) => (f.kind === "checked" ? [f.check] : [])),
    notes: facts.filter((f) => f.kind === "noted"),
    exertions: facts.filter((f) => f.kind === "exertion-noted"),
    remarks: facts.filter((f) => f.kind === "remarked"),
    swaps: facts.filter((f) => f.kind === "cuff-swapped"),
  };
};

const keyOf = ({ cuff, from }: Pick<InflationMark, "cuff" | "from">): string => `${cuff} ${from}`;

type Aim = Pick<Inflation, "target" | "tolerance">;

const aimOf = (c: CuffState | undefined): Aim => {
  const target = c?.prescription?.target ?? null;
  return {
    target,
    tolerance: c === undefined || target === null ? null : exerciseTolerance(target, c.limits),
  };
};
