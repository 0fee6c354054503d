/** What a screen makes of its own overruns, from the loss of the link until the server's state has replaced them. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Floor } from "../../client/floor.svelte.ts";
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import { alarmId } from "../../shared/ids.ts";
import { type Monotonic, monotonic, never, wallTime } from "../../shared/units.ts";
import { type CuffOnScreen, type Patch, protocolVersion, type Snapshot } from "../../shared/wire.ts";
import { cuffDown, cuffUp, going, now, occurrence, station } from "../support/on-screen.ts";

const snapshot = (cuff: CuffOnScreen, alarms: readonly Occurrence[] = [], at = now): Snapshot => ({
  protocol: protocolVersion,
  build: "dev",
  epoch: "a",
  seq: 1,
  now: at,
  wall: wallTime(0),
  site: {
    site: "main",
    room: "Gym",
    class: null,
    listening: 1,
    releasedAll: null,
    staff: [],
    duty: { holder: null, offered: null },
    pause: null,
    broker: true,
    recording: true,
    unencrypted: false,
    demo: false,
  },
  stations: [station("1", cuff)],
  alarms,
  traces: [],
});
const later = (ms: number): Monotonic => monotonic(now + ms);
/** The overrun of the cuff's first inflation, by the name that the server gives it. */
const id = alarmId("main/cuff-01/overrun/1/1");
const told = (changes: Partial<Occurrence> = {}): Occurrence => occurrence({ id, ...changes });

vi.stubGlobal("document", { hidden: false });

let raised: string[] = [];
let floor: Floor;
beforeEach(() => {
  raised = [];
  floor = new Floor((o) => raised.push(`${o.condition} ${o.priority}`));
});
const shown = (): readonly Partial<Occurrence>[] =>
  floor.alarms.map(({ id, condition, priority, unconfirmed }) => ({ id, condition, priority, unconfirmed }));

describe("while the link is lost", () => {
  test("an overrun is raised when the dose reaches the limit, and not before; the screen knows when to look", () => {
    floor.takeSnapshot(snapshot(cuffUp(479.9)));
    expect(floor.findOverruns(now, "lost")).toBe(later(100));
    expect(floor.alarms).toEqual([]);
    expect(floor.findOverruns(later(100), "lost")).toBe(later(60_100));
    expect(floor.alarms).toEqual([
      told({
        raisedAt: later(100),
        roseAt: later(100),
        waitingSince: later(100),
        value: 480_000,
        limit: 480_000,
        unconfirmed: true,
      }),
    ]);
    expect(floor.slots[0]?.alarms).toEqual(floor.alarms);
    expect(raised).toEqual(["overrun medium"]);
  });

  test("it is high a minute later, and each is said once", () => {
    floor.takeSnapshot(snapshot(cuffUp(480)));
    for (let ms = 0; ms < 120_000; ms += 250) floor.findOverruns(later(ms), "lost");
    expect(raised).toEqual(["overrun medium", "overrun high"]);
    expect(shown()).toEqual([{ id, condition: "overrun", priority: "high", unconfirmed: true }]);
    expect(floor.findOverruns(later(120_000), "lost")).toBe(never);
  });

  test("the page is not touched where nothing has changed", () => {
    floor.takeSnapshot(snapshot(cuffUp(480)));
    floor.findOverruns(now, "lost");
    const before = floor.alarms;
    floor.findOverruns(later(250), "lost");
    expect(floor.alarms).toBe(before);
  });

  test("the server's own alarm keeps its answer, which is void once the priority rises", () => {
    floor.takeSnapshot(snapshot(cuffUp(494), [told({ acknowledged: going })]));
    floor.findOverruns(now, "lost");
    expect(floor.alarms).toEqual([told({ acknowledged: going, unconfirmed: true })]);
    floor.findOverruns(later(46_000), "lost");
    expect(floor.alarms).toEqual([told({ priority: "high", roseAt: later(46_000), unconfirmed: true })]);
    expect(raised).toEqual(["overrun high"]);
  });

  test("its countdown ends with it, and every other alarm stays as it was", () => {
    const soon = occurrence({ id: alarmId("s"), condition: "release-soon", priority: "low" });
    const other = occurrence({ id: alarmId("o"), condition: "silent" });
    floor.takeSnapshot(snapshot(cuffUp(479), [soon, other]));
    floor.findOverruns(now, "lost");
    expect(floor.alarms).toEqual([soon, other]);
    floor.findOverruns(later(1000), "lost");
    expect(floor.alarms.map((o) => o.condition)).toEqual(["silent", "overrun"]);
  });

  test("what is left of an earlier inflation's overrun is another alarm", () => {
    const before = occurrence({ id: alarmId("main/cuff-01/overrun/0/1"), clearedAt: now });
    floor.takeSnapshot(snapshot(cuffUp(480), [before]));
    floor.findOverruns(now, "lost");
    expect(floor.alarms.map((o) => o.id)).toEqual([before.id, id]);
  });
});

describe("once the link is back", () => {
  beforeEach(() => {
    floor.takeSnapshot(snapshot(cuffUp(480)));
    floor.findOverruns(now, "lost");
    raised = [];
  });

  test("the server's own alarm takes the place of the screen's, by the same name, and is not said again", () => {
    floor.takeSnapshot(snapshot(cuffUp(480), [told({ raisedAt: now })], later(5000)));
    expect(floor.alarms).toEqual([told({ raisedAt: now })]);
    expect(floor.own).toEqual([]);
    expect(raised).toEqual([]);
  });

  test("a server that raises it a moment later than this screen does not make it look cleared", () => {
    const late = cuffUp(478.5);
    floor.takeSnapshot(snapshot(late));
    expect(shown()).toMatchObject([{ id, unconfirmed: true }]);
    expect(floor.findOverruns(later(250), "there")).toBe(later(2000));
    expect(shown()).toMatchObject([{ id }]);
    floor.takeSnapshot(snapshot(late, [told({ raisedAt: later(1500) })], later(1500)));
    expect(floor.alarms).toEqual([told({ raisedAt: later(1500) })]);
    expect(raised).toEqual([]);
  });

  test("nor does one that is a moment later to call it high", () => {
    floor.findOverruns(later(60_000), "lost");
    raised = [];
    floor.takeSnapshot(snapshot(cuffUp(480), [told({ raisedAt: now })], later(59_000)));
    expect(shown()).toMatchObject([{ id, priority: "high" }]);
    floor.takeSnapshot(snapshot(cuffUp(480), [told({ raisedAt: now, priority: "high" })], later(60_000)));
    expect(shown()).toEqual([{ id, condition: "overrun", priority: "high", unconfirmed: false }]);
    expect(raised).toEqual([]);
  });

  test.each([
    ["the cuff was let down meanwhile", cuffDown()],
    ["the server knows of a shorter time", cuffUp(300)],
    [
      "another inflation has begun",
      cuffUp(481, { occlusion: { ...cuffUp(0).occlusion, number: 2 } as never }),
    ],
  ])("it is gone where %s", (_, cuff) => {
    floor.takeSnapshot(snapshot(cuff));
    expect(floor.alarms).toEqual([]);
  });

  test("a server that has not raised it two seconds later has the last word", () => {
    floor.takeSnapshot(snapshot(cuffUp(480)));
    floor.findOverruns(later(1999), "there");
    floor.takeSnapshot(snapshot(cuffUp(480), [], later(1999)));
    expect(floor.alarms.length).toBe(1);
    floor.findOverruns(later(2000), "there");
    expect(floor.alarms).toEqual([]);
    expect(floor.findOverruns(later(2250), "there")).toBe(never);
  });

  test("one that was waited for in vain goes with its inflation", () => {
    floor.takeSnapshot(snapshot(cuffUp(479)));
    expect(floor.alarms.length).toBe(1);
    floor.takeSnapshot(snapshot(cuffDown(), [], later(500)));
    floor.findOverruns(later(500), "there");
    expect(floor.alarms).toEqual([]);
  });

  test("what else was raised meanwhile is said, and what is answered or over is not", () => {
    floor.takeSnapshot(
      snapshot(cuffUp(480), [
        told(),
        occurrence({ id: alarmId("a"), condition: "silent" }),
        occurrence({ id: alarmId("b"), condition: "pressure-high", acknowledged: going }),
        occurrence({ id: alarmId("c"), condition: "full-occlusion", clearedAt: now }),
      ]),
    );
    expect(raised).toEqual(["silent medium"]);
  });
});

describe("a patch", () => {
  const patch = (...alarms: Occurrence[]): Patch => ({
    epoch: "a",
    seq: 2,
    now: later(100),
    wall: wallTime(0),
    cuffs: [],
    readings: [],
    alarms,
    traces: [],
  });
  const other = occurrence({ id: alarmId("x"), condition: "silent" });
  beforeEach(() => {
    floor.takeSnapshot(snapshot(cuffUp(480)));
    floor.findOverruns(now, "lost");
    floor.takeSnapshot(snapshot(cuffUp(480)));
    raised = [];
  });

  test("with the server's own overrun takes over from the screen's, and is not said again", () => {
    floor.takePatch(patch(told()));
    expect(floor.alarms).toEqual([told()]);
    expect(raised).toEqual([]);
  });

  test("says an alarm that is over within it, and one that has become high, once each", () => {
    floor.takePatch(patch(other, { ...other, clearedAt: later(50) }));
    floor.takePatch(patch(told({ priority: "high" })));
    floor.takePatch(patch(told({ priority: "high", unconfirmed: true })));
    expect(raised).toEqual(["silent medium", "overrun high"]);
  });
});

test("a page that is just opened says nothing of what stood before", () => {
  floor.takeSnapshot(snapshot(cuffUp(480), [told()]));
  expect(raised).toEqual([]);
});
