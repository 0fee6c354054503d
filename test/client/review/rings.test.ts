import { beforeAll, describe, expect, test } from "vitest";
import { RecordedRings, type Source } from "../../../client/review/rings.ts";
import { scenarios } from "../../../devices/scenarios.ts";
import { inTurn, linesFrom } from "../../../shared/recording/lines.ts";
import { createPlayer } from "../../../shared/recording/player.ts";
import type { Recorded } from "../../../shared/recording/recorded.ts";
import { traceOf } from "../../../shared/recording/trace.ts";
import { lastMinute } from "../../../shared/recording/trace-view.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { type CuffId, cuffId } from "../../../shared/ids.ts";
import { after, minutes, type Monotonic, seconds } from "../../../shared/units.ts";
import { began, livedClass } from "../../support/lived-class.ts";

let lines: readonly Line[];
let recorded: Recorded;
let source: Source;
beforeAll(() => {
  const simulated = scenarios["demo"]?.build({ patients: 3, seed: 7, hz: 2, samples: 5 });
  if (simulated === undefined) throw new Error("There is no demonstration.");
  const lived = livedClass(simulated, minutes(4));
  ({ lines } = lived);
  const to = lines.at(-1)?.at ?? began.at;
  recorded = { start: lived.start, lines: linesFrom(lines), holes: [], from: began.at, to };
  const player = createPlayer(recorded);
  source = { lines: recorded.lines, stateAt: (at) => player.seek(at).state };
});

const cuffs = ["cuff-01", "cuff-02", "cuff-03"].map(cuffId);
const at = (second: number): Monotonic => after(began.at, seconds(second));
type Point = readonly [at: number, mmHg: number];

const inRing = (rings: RecordedRings, cuff: CuffId, now: Monotonic): readonly Point[] => {
  const points: Point[] = [];
  rings.of(cuff).each(now - 60_000, (t, p) => points.push([t, Math.round(p * 10) / 10]));
  return points;
};
const asShown = (cuff: CuffId, now: Monotonic): readonly Point[] =>
  lastMinute(traceOf(recorded, cuff), now).map(([t, p]) => [t, p ?? NaN]);

describe("the last minute of each cuff", () => {
  test.each([5, 45, 100, 130, 200, 239])("at second %i is what a wall had", (second) => {
    const rings = new RecordedRings();
    rings.show(at(second), source);
    for (const cuff of cuffs) expect(inRing(rings, cuff, at(second))).toEqual(asShown(cuff, at(second)));
  });

  test("is the same whether it was played to, jumped to or gone back to", () => {
    const rings = new RecordedRings();
    for (let second = 0; second <= 150; second += 0.7) rings.show(at(second), source);
    for (const second of [150, 40, 239, 61])
      for (const cuff of cuffs) {
        rings.show(at(second), source);
        expect(inRing(rings, cuff, at(second))).toEqual(asShown(cuff, at(second)));
      }
  });

  test("has what comes later than the moment that is shown, as it does while a class is followed", () => {
    const rings = new RecordedRings();
    const parts = [linesFrom(lines.filter((line) => line.at <= at(100)))];
    rings.show(at(100.9), { ...source, lines: inTurn(parts) });
    parts.push(linesFrom(lines.filter((line) => line.at > at(100) && line.at <= at(101))));
    rings.show(at(101.5), { ...source, lines: inTurn(parts) });
    for (const cuff of cuffs) expect(inRing(rings, cuff, at(101))).toEqual(asShown(cuff, at(101)));
  });
});
