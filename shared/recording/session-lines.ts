/**
 * Which lines of a log are one session's: facts of its own class, of its cuffs while they were on its patient or on nobody, of its alarms
 * to their end, and what a cuff told later of that time. Nothing of anybody else is among them, not even inside a fact.
 */
import type { ClassFact } from "../class/fact.ts";
import type { State } from "../engine.ts";
import type { AlarmId, CuffId } from "../ids.ts";
import { cuffIn } from "../session/cuffs.ts";
import { type AlarmFact, type CuffFact, type Fact, isAboutAlarm, isAboutCuff } from "../session/fact.ts";
import type { Monotonic } from "../units.ts";
import { createHolders } from "./holders.ts";
import type { Line } from "./line.ts";
import { createPlacing, type Placing, type SamplesFact, stampOf } from "./placing.ts";
import { isOwn } from "./restrict.ts";
import { isClassFact, type Span } from "./span.ts";

/**
 * The session's own lines among `lines`, in their order. `start` is the whole floor as it was before the first of them: as early as the
 * session's beginning. Facts about whole sites come with other people's parts taken out.
 */
export function* ownLines(span: Span, start: State, lines: Iterable<Line>): Generator<Line> {
  const own = takingOwn(span, start);
  for (const line of lines) {
    const taken = own(line);
    if (taken !== null) yield taken;
  }
}

/** Takes every line in turn; answers with it as far as it is the session's, or null. It remembers what it took. */
export type TakingOwn = (line: Line) => Line | null;

/** The same line by line, for whoever gets them a few at a time. */
export const takingOwn = (span: Span, start: State): TakingOwn => {
  const own = ownFacts(span, start);
  return (line) => {
    const fact = own(line.fact);
    return fact === null ? null : fact === line.fact ? line : { ...line, fact };
  };
};

const ownFacts = (span: Span, start: State): ((fact: Fact) => Fact | null) => {
  const cuffs = new Set(span.worn.map((w) => w.cuff));
  const holders = createHolders(start);
  const placings = new Map([...cuffs].map((c) => [c, createPlacing(cuffIn(start.cuffs, c)?.boots)] as const));
  const ids = new Set<AlarmId>();
  for (const c of cuffs)
    for (const o of cuffIn(start.cuffs, c)?.alarms ?? [])
      if (o.station === null || isOwn(o, span)) ids.add(o.id);
  let stage: "before" | "under way" | "over" = holders.isSeated(span.session) ? "under way" : "before";

  /** Whether what a cuff does now is the session's. */
  const isWorn = (cuff: CuffId, at: Monotonic): boolean => {
    const holder = holders.of(cuff);
    if (stage !== "under way" || !cuffs.has(cuff)) return false;
    return holder === null
      ? span.worn.some((w) => w.cuff === cuff && w.freeFrom <= at && at <= w.from)
      : holder === span.session;
  };
  const ofCuff = (fact: Exclude<CuffFact, AlarmFact>): Fact | null => {
    const { cuff, at } = fact;
    if (fact.kind === "meta" || fact.kind === "status")
      return stage === "under way" && cuffs.has(cuff) ? fact : null;
    if (fact.kind !== "samples") return isWorn(cuff, at) ? fact : null;
    const placing = placings.get(cuff);
    if (placing === undefined) return null;
    const isThen = liesIn(span, fact, placing);
    return (isThen ?? isWorn(cuff, at)) ? fact : null;
  };
  const ofAlarm = (fact: AlarmFact): Fact | null => {
    if (fact.cuff === null) return stage === "under way" ? fact : null;
    if (fact.kind !== "alarm-raised") return ids.has(fact.id) ? fact : null;
    const { occurrence } = fact;
    const isOurs = isOwn(occurrence, span) ? cuffs.has(fact.cuff) : occurrence.station === null;
    if (!isOurs || !isWorn(fact.cuff, fact.at)) return null;
    ids.add(occurrence.id);
    return fact;
  };
  const ofSite = (fact: Exclude<Fact, CuffFact | AlarmFact>, was: typeof stage): Fact | null => {
    if (fact.kind === "resumed") for (const placing of placings.values()) placing.resumed(fact);
    // What begins it and what ends it are both its own.
    if (was !== "under way" && stage !== "under way") return null;
    if (fact.kind !== "roster") return isClassFact(fact) ? ofClass(fact, span, cuffs) : fact;
    const { stations } = fact.roster;
    if (stations === "keep") return fact;
    return { ...fact, roster: { ...fact.roster, stations: stations.filter((s) => isOwn(s, span)) } };
  };

  return (fact) => {
    const was = stage;
    if (holders.take(fact)) {
      const isSeated = holders.isSeated(span.session);
      if (isSeated) stage = "under way";
      else if (stage === "under way") stage = "over";
    }
    if (isAboutAlarm(fact)) return ofAlarm(fact);
    return isAboutCuff(fact) ? ofCuff(fact) : ofSite(fact, was);
  };
};

const ofClass = (fact: ClassFact, { session }: Span, cuffs: ReadonlySet<CuffId>): ClassFact | null => {
  switch (fact.kind) {
    case "class-started":
    case "class-ended":
      return fact;
    case "patient-seated":
      return fact.seat.visit.session === session ? fact : null;
    case "all-released": {
      const own = (some: readonly CuffId[]): readonly CuffId[] => some.filter((cuff) => cuffs.has(cuff));
      return { ...fact, cuffs: own(fact.cuffs), byHand: own(fact.byHand) };
    }
    default:
      return fact.session === session ? fact : null;
  }
};

/**
 * Whether samples that a cuff told later lie within the time in which the session wore it; null for those that were told in time, which
 * are whose the cuff was.
 */
const liesIn = (span: Span, fact: SamplesFact, placing: Placing): boolean | null => {
  const stamp = stampOf(fact);
  const placed = placing.place(stamp);
  if (fact.quality !== "historic") return null;
  if (placed === null) return false;
  const first = placed(fact.message.m0);
  const last = placed(stamp.m);
  return span.worn.some((w) => w.cuff === fact.cuff && w.from <= first && (w.to === null || last <= w.to));
};
