/** What must hold of one session's own lines, whoever else was in the class. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openAlarms, type State } from "../../../shared/engine.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { createPlayer } from "../../../shared/recording/player.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import { isOwn, restrictedTo } from "../../../shared/recording/restrict.ts";
import { ownLines } from "../../../shared/recording/session-lines.ts";
import { type Span, spansOf } from "../../../shared/recording/span.ts";
import type { Monotonic } from "../../../shared/units.ts";
import { stationsOnScreen } from "../../../shared/view/on-screen.ts";
import { tile } from "../../../shared/view/tile.ts";
import { type Lived, lived, recordedAs, someClass } from "../../support/recorded-class.ts";

/** The session's tile as the wall draws it, and its alarms. */
const seen = (state: State, span: Span, now: Monotonic): unknown => {
  const alarms = openAlarms(state).filter((o) => isOwn(o, span));
  const stations = stationsOnScreen(state).filter((s) => s.visit?.session === span.session);
  return { alarms, tiles: stations.map((s) => tile(s, alarms, now)) };
};

/** The floor before the line that begins the session, and the session's own lines. */
const ownRecording = (life: Lived, span: Span): Readonly<{ start: State; lines: readonly Line[]; after: number }> => {
  const began = life.lines.findIndex(
    ({ fact }) =>
      (fact.kind === "patient-seated" && fact.seat.visit.session === span.session) ||
      (span.patient === null && fact.kind === "roster" && fact.at === span.from),
  );
  const before = life.lines.slice(0, began);
  const whole = createPlayer({ ...recordedAs({ ...life, lines: before }), to: span.from });
  const { state } = whole.seek(span.from);
  return {
    start: restrictedTo(state, span),
    lines: [...ownLines(span, state, life.lines.slice(began))],
    after: life.lines[began]?.id ?? 0,
  };
}; // prettier-ignore

describe("whoever else was in the class", () => {
  test("a session's own lines show its tile and its alarms as all lines do, at every moment of it", () => {
    let compared = 0;
    fc.assert(
      fc.property(someClass, (events) => {
        const life = lived(events);
        const all = recordedAs(life);
        const whole = createPlayer(all);
        for (const span of spansOf(life.lines)) {
          const own = ownRecording(life, span);
          const part = createPlayer({ ...all, start: own.start, lines: linesFrom(own.lines) });
          // Every fifth line, so that all kinds of them come.
          for (const { at, id } of life.lines.filter((_, i) => i % 5 === 0)) {
            if (id < own.after || at < span.from || (span.to !== null && at >= span.to)) continue;
            const [a, b] = [whole.seek(at).state, part.seek(at).state];
            // A cuff that another patient wore since the session began is known from when it came.
            const isStranger = span.worn.some((w) => w.freeFrom > span.from);
            if (isStranger) continue;
            expect(seen(b, span, at)).toEqual(seen(a, span, at));
            compared++;
          }
        }
      }),
      { numRuns: 15 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  test("nothing of anybody else is in them, nor in the state that they begin with", () => {
    let sessions = 0;
    fc.assert(
      fc.property(someClass, (events) => {
        const life = lived(events);
        const spans = spansOf(life.lines);
        for (const span of spans) {
          const { start, lines } = ownRecording(life, span);
          const text = JSON.stringify(lines) + JSON.stringify({ ...start, cuffs: start.cuffs.shards.map((s) => [...s.entries]) });
          for (const other of spans) {
            if (other.name === span.name) continue;
            expect(text).not.toContain(`"${other.name}"`);
            expect(text).not.toContain(`"${other.session}"`);
            if (other.patient !== null) expect(text).not.toContain(`"${other.patient}"`);
            sessions++;
          }
        }
      }),
      { numRuns: 25 },
    ); // prettier-ignore
    expect(sessions).toBeGreaterThan(20);
  });
});
