/** What somebody fills in to have a session judged by, and which limits it had. */
import { describe, expect, test } from "vitest";
import { chosenIn, otherLimits, problemsIn } from "../../../client/review/what-if.ts";
import { usualLimits } from "../../../shared/alarm/limits.ts";
import { type LimitsThen, limitsThen } from "../../../shared/recording/limits-then.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import { monotonic } from "../../../shared/units.ts";
import { linesOfFacts, recordedFrom } from "../../support/recorded-floor.ts";
import { heard, run } from "../../support/floor.ts";

const recorded = recordedFrom(run(heard({ from: 1, to: 3, p: 150 })), 3);
const usual = limitsThen(recorded);

describe("what is filled in", () => {
  test("is all that is changed, with a comma or a point", () => {
    expect(chosenIn({})).toEqual({});
    expect(chosenIn({ silentAfterS: " 4,5 ", restPct: "", painOver: "6" })).toEqual({
      silentAfterS: 4.5,
      painOver: 6,
    });
  });

  test("goes to the plan too where a plan may have its own", () => {
    expect(otherLimits({ restPct: 8, silentAfterS: 5 })).toEqual({
      clinic: { restPct: 8, silentAfterS: 5 },
      plan: { restPct: 8 },
    });
  });

  test("has what is wrong with it said field by field", () => {
    expect(problemsIn({ silentAfterS: "5", restPct: "2" }, usual)).toEqual({});
    expect(problemsIn({ silentAfterS: "soon" }, usual)).toEqual({
      silentAfterS: "“soon” is no number; it must be a number from 3 to 10 s.",
    });
    const { silentAfterS, restPct } = problemsIn({ silentAfterS: "60", restPct: "-1" }, usual);
    expect(silentAfterS).toBe("60 cannot be chosen; it must be 3 to 10 s.");
    expect(restPct).toBe("-1 cannot be chosen; it must be 2 to 20 %.");
  });

  test("is held against what stood then where two limits belong together", () => {
    const then: LimitsThen = { ...usual, batteryLowPct: [12], batteryEmptyPct: [10] };
    expect(problemsIn({ batteryEmptyPct: "15" }, usual)).toEqual({});
    expect(problemsIn({ batteryEmptyPct: "15" }, then).batteryEmptyPct).toMatch(/must be below a low one/);
  });
});

describe("the limits of then", () => {
  test("are the usual ones where nobody had chosen others", () => {
    expect(usual).toEqual(
      Object.fromEntries(Object.entries(usualLimits).map(([name, value]) => [name, [value]])),
    );
  });

  test("are all that held, one after the other, where somebody changed them", () => {
    const at = monotonic(2000);
    const roster = { ...recorded.start.roster, stations: "keep" as const, limits: { silentAfterS: 8 } };
    const lines = linesFrom(linesOfFacts([{ kind: "roster", at, roster }]));
    const { silentAfterS, restPct } = limitsThen({ ...recorded, lines });
    expect([silentAfterS, restPct]).toEqual([[usualLimits.silentAfterS, 8], [usualLimits.restPct]]);
  });
});
