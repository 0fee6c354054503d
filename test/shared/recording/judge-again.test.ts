/** What other limits would have raised, held against what was. */
import { describe, expect, test } from "vitest";
import { differences, type Difference } from "../../../shared/recording/differences.ts";
import { judgeAgain, occurrencesIn } from "../../../shared/recording/judge-again.ts";
import { limitsThen } from "../../../shared/recording/limits-then.ts";
import type { OtherLimits } from "../../../shared/recording/other-limits.ts";
import { each } from "../../../shared/recording/recorded.ts";
import { recordedFrom } from "../../support/recorded-floor.ts";
import { acknowledge, alarmOf, heard, note, run, tick } from "../../support/floor.ts";

const course = [...heard({ from: 1, to: 200, p: 150 }), ...heard({ from: 200, to: 500, p: 180, occ: 199 })];
const before = run([...course, note(500, { kind: "pain", score: 6 }), tick(545)]);
const answered = run([acknowledge(545, alarmOf(before, "overrun")), tick(560)], before);
const recorded = recordedFrom(answered, 560);
const raised = occurrencesIn(each(recorded.lines), recorded.to);

const told = (d: Difference): string => {
  switch (d.is) {
    case "only-then":
      return `only then: ${d.then.condition}`;
    case "only-now":
      return `only now: ${d.now.condition} at ${d.now.raised.at / 1000}`;
    case "otherwise": {
      const becomes = d.becomes.map(({ priority, laterMs }) => `, ${priority} ${laterMs} later`).join("");
      return `${d.now.condition}: ${d.laterMs} later, ${d.longerMs} longer, ${d.then.priority} to ${d.now.priority}${becomes}`;
    }
  }
};
const changed = (other: OtherLimits): readonly string[] =>
  differences(raised, judgeAgain(recorded, other).occurrences).map(told);

describe("a recording judged again", () => {
  test("says what was raised", () => {
    expect(raised.map((h) => h.condition)).toEqual([
      ...["drift", "pressure-high", "release-soon", "overrun", "silent"],
    ]);
  });

  test("under its own limits differs in nothing", () => {
    expect(changed({})).toEqual([]);
    expect(changed({ clinic: { painOver: 7 }, plan: { releaseSoonS: 60 } })).toEqual([]);
  });

  test("under a wider tolerance leaves out what is within it", () => {
    expect(changed({ plan: { exerciseMmhg: 40, restMmhg: 40 } })).toEqual([
      "drift: 12000 later, -12000 longer, medium to low",
      "only then: pressure-high",
    ]);
  });

  test("under a stricter limit of the clinic raises what nobody was told", () => {
    expect(changed({ clinic: { painOver: 5 } })).toEqual(["only now: stop-advised at 500"]);
  });

  test("tells how much later, longer and more urgent something would have been", () => {
    expect(changed({ plan: { releaseSoonS: 30 } })).toEqual([
      "release-soon: 30000 later, -30000 longer, low to low",
    ]);
    expect(changed({ clinic: { overrunHighAfterS: 120 } })).toEqual([
      "overrun: 0 later, 0 longer, high to medium",
    ]);
  });

  test("tells how much sooner something becomes high that is raised, ends and is at its worst as it was", () => {
    expect(limitsThen(recorded).overrunHighAfterS).toEqual([60]);
    expect(changed({ clinic: { overrunHighAfterS: 20 } })).toEqual([
      "overrun: 0 later, 0 longer, high to high, high -40000 later",
    ]);
  });

  test("keeps an answer where what was answered is there", () => {
    const answers = (other: OtherLimits): number =>
      judgeAgain(recorded, other).lines.filter(({ fact }) => fact.kind === "alarm-acknowledged").length;
    expect([answers({}), answers({ clinic: { painOver: 5 } })]).toEqual([1, 1]);
  });

  test("leaves the recording as it is", () => {
    const lines = JSON.stringify([...each(recorded.lines)]);
    judgeAgain(recorded, { clinic: { painOver: 5 } });
    expect(JSON.stringify([...each(recorded.lines)])).toBe(lines);
  });
});
