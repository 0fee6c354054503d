/** What must hold of playing a recording, whatever was recorded. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openAlarms, type State } from "../../../shared/engine.ts";
import { allCuffs } from "../../../shared/session/cuffs.ts";
import { createPlayer } from "../../../shared/recording/player.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import { countUpTo } from "../../../shared/recording/recorded.ts";
import { monotonic } from "../../../shared/units.ts";
import { stationsOnScreen } from "../../../shared/view/on-screen.ts";
import { lived, packed, recordedAs, someClass } from "../../support/recorded-class.ts";

/** Everything of a floor but when it was last looked at, which time alone moves. */
const known = (state: State): unknown => ({
  ...{ roster: state.roster, class: state.class, limits: state.limits, room: state.room },
  cuffs: allCuffs(state.cuffs),
});

/** Comparing whole floors takes its time: every seventh moment, each time others. */
const thinned = <T>(moments: readonly T[]): readonly T[] =>
  moments.filter((_, i) => (i + moments.length) % 7 === 0);

describe("whatever was recorded", () => {
  test("the fold of the recording, as it comes out of its container, is the live state, at every moment", () => {
    fc.assert(
      fc.property(someClass, (events) => {
        const life = lived(events);
        const player = createPlayer(packed(life));
        // Of several inputs at one moment the last is what is seen.
        const last = new Map(life.moments.map((moment) => [moment.state.at, moment]));
        for (const { state } of thinned([...last.values()])) {
          const moment = player.seek(state.at);
          expect(known(moment.state)).toEqual(known(state));
        }
      }),
      { numRuns: 20 },
    );
  });

  test("seeking is playing up to there, wherever it comes from", () => {
    fc.assert(
      fc.property(someClass, fc.array(fc.nat(2_000_000), { maxLength: 12 }), (events, moments) => {
        const recorded = recordedAs(lived(events));
        const player = createPlayer(recorded);
        for (const ms of moments) {
          const moment = monotonic(ms % (recorded.to + 2000));
          const played = createPlayer(recorded).seek(moment);
          const sought = player.seek(moment);
          expect(sought).toEqual(played);
          expect(sought.played).toBe(countUpTo(recorded.lines, moment));
          expect(stationsOnScreen(sought.state)).toEqual(stationsOnScreen(played.state));
          expect(openAlarms(sought.state)).toEqual(openAlarms(played.state));
        }
      }),
      { numRuns: 20 },
    );
  });

  test("following it in parts is the same as having it whole, prepared in slices or not", () => {
    fc.assert(
      fc.property(someClass, fc.nat(100), fc.integer({ min: 1, max: 400 }), (events, cut, slice) => {
        const recorded = recordedAs(lived(events));
        const whole = createPlayer(recorded).seek(recorded.to);
        const all = Array.from({ length: recorded.lines.length }, (_, i) => recorded.lines.line(i));
        const at = Math.floor((cut / 100) * all.length);
        const first = all.slice(0, at);
        const player = createPlayer({
          ...recorded,
          lines: linesFrom(first),
          to: first.at(-1)?.at ?? recorded.from,
        });
        player.seek(player.to());
        for (let i = at; i < all.length; i += 7) {
          const part = all.slice(i, i + 7);
          player.append(linesFrom(part), part.at(-1)?.at ?? recorded.to);
        }
        for (let turns = 0; !player.prepare(slice); turns++) expect(turns).toBeLessThan(all.length);
        expect(player.to()).toBe(recorded.to);
        expect(player.seek(recorded.to)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});
