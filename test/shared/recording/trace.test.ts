/** A cuff's trace: where each reading lies, what of it came late or afterwards, what is missing, and how few points draw it. */
import { describe, expect, test } from "vitest";
import type { Input } from "../../../shared/engine.ts";
import type { Recorded } from "../../../shared/recording/recorded.ts";
import { stretchesOf, traceOf } from "../../../shared/recording/trace.ts";
import { decimate, lastMinute } from "../../../shared/recording/trace-view.ts";
import { seconds } from "../../../shared/units.ts";
import { at, cuff, floorOf, classOf, heard, run } from "../../support/floor.ts";
import { recordedFrom } from "../../support/recorded-floor.ts";

const recorded = (inputs: readonly Input[], to: number): Recorded =>
  recordedFrom(run(inputs, floorOf(classOf())), to);

const again = (inputs: readonly Input[], second: number): Input[] =>
  inputs.flatMap((input) =>
    input.kind === "data" ? [{ ...input, at: at(second), message: { ...input.message, hist: true } }] : [],
  );
const resumed = (second: number): Input => ({
  kind: "resume",
  at: at(second),
  gap: seconds(10),
  vouchedBy: "wall-clock",
});

const first = heard({ from: 1, to: 11, p: 150 });
const unheard = heard({ from: 11, to: 21, p: 160 });
const last = heard({ from: 21, to: 31, p: 150 });

describe("what a cuff told afterwards", () => {
  const told = recorded([...first, resumed(21), ...last, ...again([...first, ...unheard], 40)], 45);
  const trace = traceOf(told, cuff);

  test("lies where it was taken, and is marked; what was heard already is not there twice", () => {
    expect(trace.length).toBe(first.length + unheard.length + last.length);
    expect([...trace.at]).toEqual([...trace.at].toSorted((a, b) => a - b));
    const i = trace.at.indexOf(at(15));
    expect([trace.mmHg[i], trace.quality[i], trace.heardAt[i]]).toEqual([160, 2, at(40)]);
  });

  test("is told apart from what was live and from what nobody knows", () => {
    expect(stretchesOf(trace, at(1), at(45))).toEqual([
      { is: "live", from: at(1), to: at(10.8) },
      { is: "backfilled", from: at(10.8), to: at(20.8) },
      { is: "live", from: at(20.8), to: at(30.8) },
      { is: "missing", from: at(30.8), to: at(45) },
    ]);
  });

  test("is not on the wall's last minute of then, and what had not arrived neither", () => {
    expect(lastMinute(trace, at(31)).every(([moment]) => moment <= at(10.8) || moment >= at(21))).toBe(true);
    expect(lastMinute(trace, at(15)).at(-1)?.[0]).toBe(at(10.8));
  });

  test("of a power-up that was never heard cannot be placed, and is left out", () => {
    const other = heard({ from: 11, to: 21, p: 160, boot: "ff" });
    expect(traceOf(recorded([...first, ...again(other, 30)], 31), cuff).length).toBe(first.length);
  });
});

describe("a trace with a silence", () => {
  test("has a part that is missing where nothing was ever told", () => {
    const trace = traceOf(recorded([...first, ...last], 31), cuff);
    expect(stretchesOf(trace, at(5), at(25)).map((s) => s.is)).toEqual(["live", "missing", "live"]);
    const drawn = decimate(trace, at(0), at(40), 4000);
    expect([...drawn.mmHg].filter((v) => Number.isNaN(v))).toHaveLength(1);
  });

  test("is missing from end to end where the cuff was never heard", () => {
    const trace = traceOf(recorded([], 31), cuff);
    expect(stretchesOf(trace, at(5), at(25))).toEqual([{ is: "missing", from: at(5), to: at(25) }]);
    expect(decimate(trace, at(0), at(40), 100).at).toHaveLength(0);
  });
});

describe("drawn with few points", () => {
  const spike = (second: number): number => (second === 333 ? 290 : second === 444 ? 60 : 150);
  const trace = traceOf(recorded(heard({ from: 1, to: 601, p: spike }), 601), cuff);

  test("no peak and no valley is lost", () => {
    const { mmHg, at: moments } = decimate(trace, at(0), at(700), 50);
    expect(mmHg.length).toBeLessThanOrEqual(2 * 50);
    expect([Math.max(...mmHg), Math.min(...mmHg)]).toEqual([290, 60]);
    expect(moments[mmHg.indexOf(290)]).toBe(at(333));
    expect([...moments]).toEqual([...moments].toSorted((a, b) => a - b));
  });

  test("where few points are to be seen all are there, and the nearest on either side", () => {
    const { at: moments } = decimate(trace, at(330), at(335), 50);
    expect([moments[0], moments.at(-1), moments.length]).toEqual([at(329.8), at(335.2), 28]);
  });
});
