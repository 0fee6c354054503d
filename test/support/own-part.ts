/** One patient's part of a class, told from all of its lines. */
import type { FactsAsked } from "../../server/store/archive-facts.ts";
import { apply, newState, type State } from "../../shared/engine.ts";
import type { SiteId } from "../../shared/ids.ts";
import type { Line } from "../../shared/recording/line.ts";
import { ownLines } from "../../shared/recording/session-lines.ts";
import type { Span } from "../../shared/recording/span.ts";

export const folded = (start: State, lines: readonly Line[]): State =>
  lines.reduce((state, { fact }) => apply(state, fact), start);

/** The question for a session of log 0 or of another one. */
export const askedOf = (span: Span, lines: readonly Line[], log = 0): FactsAsked => {
  const to = lines.at(-1)?.at ?? span.from;
  const cuffs = span.worn.map(({ cuff }) => ({ cuff, from: span.from, to }));
  const { from, session } = span;
  return { stretch: { log, from, to, cuffs }, of: { kind: "session", session }, running: false, span };
};

/** The same as the archive is to give, from all lines. */
export const ownOf = (
  lines: readonly Line[],
  span: Span,
  site: SiteId,
): Readonly<{ begin: State; own: readonly Line[] }> => {
  const first = lines.findIndex(
    ({ fact }) => fact.kind === "patient-seated" && fact.seat.visit.session === span.session,
  );
  const cuffs = span.worn.map(({ cuff }) => cuff);
  const concerned = lines.filter(
    ({ fact }) => !("cuff" in fact) || fact.cuff === null || cuffs.includes(fact.cuff),
  );
  const begin = folded(
    newState(site),
    concerned.filter(({ id }) => id < (lines[first]?.id ?? 0)),
  );
  return {
    begin,
    own: [
      ...ownLines(
        span,
        begin,
        concerned.filter(({ id }) => id >= (lines[first]?.id ?? 0)),
      ),
    ],
  };
};
