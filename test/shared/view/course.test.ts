import { beforeAll, describe, expect, test } from "vitest";
import { scenarios } from "../../../devices/scenarios.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import type { Recorded } from "../../../shared/recording/recorded.ts";
import { openAlarms } from "../../../shared/engine.ts";
import { createPlayer } from "../../../shared/recording/player.ts";
import { minutes, monotonic } from "../../../shared/units.ts";
import { type Course, courseOf, setsCounted } from "../../../shared/view/course.ts";
import { cuffId } from "../../../shared/ids.ts";
import { began, livedClass } from "../../support/lived-class.ts";

let recorded: Recorded;
let course: Course;
beforeAll(() => {
  const simulated = scenarios["demo"]?.build({ patients: 4, seed: 7, hz: 2, samples: 1 });
  if (simulated === undefined) throw new Error("There is no demonstration.");
  const { start, lines } = livedClass(simulated, minutes(6));
  const to = lines.at(-1)?.at ?? began.at;
  recorded = { start, lines: linesFrom(lines), holes: [], from: began.at, to };
  course = courseOf(recorded);
});

describe("the course of a class", () => {
  test("has every alarm as it stood at each moment that the floor was in", () => {
    const player = createPlayer(recorded);
    expect(course.alarms.length).toBeGreaterThan(3);
    for (const at of course.alarmMoments) {
      const open = openAlarms(player.seek(at).state);
      const standing = course.alarms.flatMap(({ occurrence, stretches }) =>
        stretches
          .filter(({ from, to }) => from <= at && (to === null || to > at))
          .map(({ state, priority }) => `${occurrence.id} ${state} ${priority}`),
      );
      expect(standing.toSorted()).toEqual(
        open
          .map(
            (o) =>
              `${o.id} ${o.acknowledged === null ? (o.clearedAt === null ? "present" : "latched") : "acknowledged"} ${o.priority}`,
          )
          .toSorted(),
      );
    }
  });

  test("tells in words what was raised, who went and what was noted", () => {
    const said = course.marks.map(({ who, text, detail }) => [who, text, detail].join(" | "));
    expect(said.some((line) => /^2 .+ \| RELEASE \| 07:09 > 07:09$/.test(line))).toBe(true);
    expect(said.some((line) => /^2 .+ \| Aidan R\. is going to RELEASE \| $/.test(line))).toBe(true);
    expect(said.some((line) => /^1 .+ \| Pain 3 of 10 \| by Aidan R\.$/.test(line))).toBe(true);
    expect(said.some((line) => /\| Cuff down after \d min/.test(line))).toBe(true);
  });

  test("has its marks in the order of time, each from a line of its own", () => {
    const order = course.marks.map(({ at }) => at);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(course.marks.map(({ id }) => id)).size).toBe(course.marks.length);
  });
});

test("where nobody guided them sets are told as the cuff counted them", () => {
  const cuff = cuffId("cuff-1");
  const rep = (at: number, set: number, n: number) => ({ at: monotonic(at), cuff, set, rep: n });
  expect(setsCounted([rep(0, 1, 1), rep(4000, 1, 2), rep(60_000, 2, 1)])).toEqual([
    { of: cuff, number: 1, from: 0, to: 4000, repetitions: 2 },
    { of: cuff, number: 2, from: 60_000, to: 60_000, repetitions: 1 },
  ]);
});
