/** Who has been in the class and who still is, from its facts: what ends becomes a recording. */
import type { ClassState } from "../../shared/class/seat.ts";
import type { Outcome, RunningClass } from "../../shared/class/visit.ts";
import { begunWith, followSpans, type Span } from "../../shared/recording/span.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { before, minutes, type Monotonic } from "../../shared/units.ts";

/** One patient's part in a class that is over. */
export type EndedSession = Span & Readonly<{ to: Monotonic; outcome: Outcome | null }>;
/** A class that is over. */
export type EndedClass = Readonly<{ class: RunningClass; to: Monotonic; sessions: readonly Span[] }>;
export type Ended = Readonly<{ sessions: readonly EndedSession[]; classes: readonly EndedClass[] }>;

export type Attendance = Readonly<{
  /** Takes the next fact in; what is over with it. */
  take: (fact: Fact) => Ended;
  /** The parts of the class that are under way. */
  open: () => readonly Span[];
  /** The class that is under way, and everybody who has been in it so far. */
  running: () => Readonly<{ class: RunningClass; sessions: readonly Span[] }> | null;
}>;

/** A station of a class file may stay for weeks. Its recording holds the last day: more would be of use to nobody. */
const longestSession = minutes(24 * 60);

/** `start` is the class as it was before the first fact. */
export const createAttendance = (start: ClassState): Attendance => {
  const follow = followSpans(start);
  /** Of the class that is under way. */
  let over: readonly Span[] = [];

  return {
    take: (fact) => {
      const was = follow.class().running;
      const unseen = fact.kind === "finished" && !isOpen(follow.open(), fact.session);
      const found = follow.take(fact);
      // Whoever was seated before the first fact stands in the one that finished them.
      const gone = unseen ? [ended(begunWith(fact.seat, { running: fact.class }), fact.at)] : found;
      const sessions = gone.flatMap((span) => endedSession(span, fact));
      over = [...over, ...sessions];
      const now = follow.class().running;
      if (was === null || was.id === now?.id) return { sessions, classes: [] };
      const mine = over.filter((span) => span.class === was.id);
      over = over.filter((span) => span.class !== was.id);
      return { sessions, classes: [{ class: was, to: fact.at, sessions: mine }] };
    },
    open: follow.open,
    running: () => {
      const { running } = follow.class();
      if (running === null) return null;
      const of = (span: Span): boolean => span.class === running.id;
      return { class: running, sessions: [...over.filter(of), ...follow.open().filter(of)] };
    },
  };
};

const isOpen = (open: readonly Span[], session: string): boolean => open.some((s) => s.session === session);

const ended = (span: Span, to: Monotonic): Span => ({
  ...span,
  to,
  worn: span.worn.map((w) => ({ ...w, to })),
});

const endedSession = (span: Span, fact: Fact): readonly EndedSession[] => {
  if (span.to === null) return [];
  const { to } = span;
  const outcome = fact.kind === "finished" && fact.session === span.session ? fact.outcome : null;
  const earliest = before(to, longestSession);
  if (span.from >= earliest) return [{ ...span, to, outcome }];
  const late = (at: Monotonic): Monotonic => (at < earliest ? earliest : at);
  const worn = span.worn
    .filter((w) => w.to === null || w.to > earliest)
    .map((w) => ({ ...w, from: late(w.from), freeFrom: late(w.freeFrom) }));
  return [{ ...span, from: earliest, to, worn, outcome }];
};
