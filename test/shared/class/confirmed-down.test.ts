import { z } from "zod";
import { describe, expect, test } from "vitest";
import { canBeSeenOff, notDown, type NotDown } from "../../../shared/class/confirmed-down.ts";
import { cuffId } from "../../../shared/ids.ts";
import { cuffIn } from "../../../shared/session/cuffs.ts";
import { mmhg, seconds } from "../../../shared/units.ts";
import type { Input, State } from "../../../shared/engine.ts";
import { downOnScreen, stillOn } from "../../../shared/view/down.ts";
import { notDown as listed } from "../../../shared/view/not-down.ts";
import { cuffOnScreen, differsOnlyInReading, stationsOnScreen } from "../../../shared/view/on-screen.ts";
import { type StationOnScreen, stationSchema } from "../../../shared/wire.ts";
import { at, cuff, heard, order, run, tick, told } from "../../support/floor.ts";

const idle = (from: number, to: number, more: object = {}) =>
  heard({ from, to, p: 2, phase: "idle", tgt: 0, ...more });
const up = (from: number, to: number, more: object = {}) => heard({ from, to, p: 150, ...more });
/** A basic cuff's readings, one every two seconds. */
const basic = (from: number, to: number, pressure: number): Input[] =>
  Array.from({ length: (to - from) / 2 }, (_, i) => ({
    ...{ kind: "basic", at: at(from + 2 * i), cuff, freshFor: seconds(6) },
    pressure: mmhg(pressure),
  }));

const table: readonly (readonly [string, readonly Input[], number, NotDown | null])[] = [
  ["that was never heard", [], 10, "never-heard"],
  ["that is heard and idle", idle(1, 10), 10, null],
  ["that has been idle for a second only", idle(1, 2), 2, "falling"],
  ["that is up", up(1, 10), 10, "inflated"],
  ["that goes up since a second", [...idle(1, 10), ...up(10, 11)], 11, "up"],
  ["that was up, and whose fall it explained", [...up(1, 60), ...idle(60, 70)], 70, null],
  ["that has just begun to fall", [...up(1, 60), ...idle(60, 61)], 61, "inflated"],
  [
    "whose fall nobody has explained",
    [...up(1, 60), ...heard({ from: 60, to: 90, p: 0, occ: 60 })],
    90,
    "inflated",
  ],
  [
    "whose sensor stands at 0 while it counts on, once somebody has said that it is off",
    [
      ...up(1, 60),
      ...heard({ from: 60, to: 90, p: 0, occ: 60 }),
      order(90, "cuff-off"),
      ...heard({ from: 90, to: 100, p: 0, occ: 90 }),
    ],
    100,
    "says-up",
  ],
  [
    "whose sensor reads nothing while it goes up",
    [...idle(1, 10), ...heard({ from: 10, to: 20, p: 0, phase: "inflating" })],
    20,
    "says-up",
  ],
  [
    "that looks for the LOP",
    [...idle(1, 10), ...heard({ from: 10, to: 14, p: 5, phase: "measuring" })],
    14,
    "says-up",
  ],
  [
    "whose sensor gives no numbers",
    [...idle(1, 10), ...heard({ from: 10, to: 20, p: null, phase: "idle" })],
    20,
    "silent",
  ],
  ["that fell silent while it was up", [...up(1, 60), tick(90)], 90, "inflated"],
  [
    "that fell silent while it was up, and was said to be off",
    [...up(1, 60), tick(90), order(90, "cuff-off")],
    91,
    "silent",
  ],
  ["that fell silent while it was down", [...idle(1, 10), tick(30)], 30, "silent"],
  [
    "that hangs between down and up",
    [...idle(1, 10), ...heard({ from: 10, to: 20, p: 24, phase: "idle", tgt: 0 })],
    20,
    "falling",
  ],
  [
    "that is down, before it is heard again after an interruption",
    [...idle(1, 10), { kind: "resume", at: at(11), gap: seconds(1), vouchedBy: "wall-clock" }],
    11,
    "silent",
  ],
  ["that is basic and down", basic(1, 21, 0), 20, null],
  ["that is basic and up", basic(1, 21, 150), 20, "inflated"],
  [
    "that is basic and down, after its interval has passed three times",
    [...basic(1, 21, 0), tick(40)],
    40,
    "silent",
  ],
  [
    "that told of its release, and is still up",
    [...up(1, 60), told(60, { kind: "release" }), ...up(60, 63)],
    63,
    "inflated",
  ],
];

const releaseAll = (second: number): Input => ({
  ...{ kind: "order", at: at(second) },
  order: { kind: "release-all", canSend: true, by: "Aidan R.", verified: false },
});

/** What a screen shows of the floor, after the wire. */
const shownOf = (state: State): readonly StationOnScreen[] =>
  z.array(stationSchema).parse(JSON.parse(JSON.stringify(stationsOnScreen(state))));

describe("a screen judges the same of a cuff", () => {
  test.each(table)("%s", (_, inputs, second, why) => {
    const { state } = run(inputs);
    const stations = shownOf(state);
    const [shown] = stations.flatMap((s) => s.cuffs);
    if (shown === undefined) throw new Error("a cuff that is worn stands on every screen");
    expect(downOnScreen(shown, at(second))).toBe(why);
    expect(listed(stations, at(second)).map((c) => c.why)).toEqual(why === null ? [] : [why]);
    expect(stillOn([shown], [], at(second))).toBe(why !== null);
    expect(stillOn([shown], [cuff], at(second))).toBe(why !== null && !canBeSeenOff(why));
    const released = run([releaseAll(second)], run(inputs)).facts;
    const last = released.findLast((f) => f.kind === "all-released");
    expect([...(last?.cuffs ?? []), ...(last?.byHand ?? [])]).toEqual(why === null ? [] : [cuff]);
  });
  test("that falls silent by time alone, with nothing new from the server", () => {
    const [shown] = shownOf(run(idle(1, 10)).state).flatMap((s) => s.cuffs);
    expect(shown && [10, 30].map((s) => downOnScreen(shown, at(s)))).toEqual([null, "silent"]);
  });
  test("and hears whole of one that is down by its newest reading alone", () => {
    const c = cuffIn(run(idle(1, 10)).state.cuffs, cuff);
    if (c === undefined) throw new Error("the cuff was heard");
    const shown = cuffOnScreen(c);
    expect(differsOnlyInReading(shown, shown)).toBe(true);
    expect(differsOnlyInReading({ ...shown, heardDown: "falling" }, shown)).toBe(false);
  });
});

describe("a cuff", () => {
  test.each(table)("%s", (_, inputs, second, why) => {
    const r = run(inputs);
    expect(notDown(cuffIn(r.state.cuffs, cuff), at(second))).toBe(why);
  });
  test("that nobody knows", () => {
    expect(notDown(cuffIn(run([]).state.cuffs, cuffId("nobody")), at(1))).toBe("never-heard");
  });
});

test("nobody's word counts against a pressure that is measured up", () => {
  const all: readonly NotDown[] = ["inflated", "up", "falling", "says-up", "silent", "never-heard"];
  expect(all.filter((why) => !canBeSeenOff(why))).toEqual(["inflated", "up"]);
});
