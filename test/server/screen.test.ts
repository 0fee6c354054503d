import { describe, expect, test } from "vitest";
import { alarmId, cuffId, type CuffId } from "../../shared/ids.ts";
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import { newCuff } from "../../shared/session/cuff-state.ts";
import { mmhg, monotonic, wallTime } from "../../shared/units.ts";
import { cuffOnScreen } from "../../shared/view/on-screen.ts";
import type { CuffOnScreen, Patch, TracePoint } from "../../shared/wire.ts";
import { Screen } from "../../server/screen.ts";
import { occurrence as anOccurrence } from "../support/on-screen.ts";

const a = cuffId("cuff-a");
const b = cuffId("cuff-b");

const occurrence = (id: string, more: Partial<Occurrence> = {}): Occurrence =>
  anOccurrence({ id: alarmId(id), condition: "silent", cuff: a, ...more });

/** A screen that takes patches in only when told to. */
const slowScreen = () => {
  const cuffs = new Map<CuffId, CuffOnScreen>([a, b].map((id) => [id, cuffOnScreen(newCuff(id))]));
  const points: TracePoint[] = [];
  const sent: { patch: Patch; taken: () => void }[] = [];
  let startedOver = 0;
  let givenUp = 0;
  let now = 0;
  const screen = new Screen(
    {
      epoch: "e",
      now: () => monotonic(now),
      wall: () => wallTime(0),
      site: () => ({
        site: "main",
        room: "",
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
      }),
      stations: () => [],
      cuff: (id) => cuffs.get(id),
      traceSince: (_, since) => points.filter(([t]) => t > since),
    },
    (patch, taken) => sent.push({ patch, taken }),
    () => (startedOver += 1),
    () => (givenUp += 1),
  );
  const reads = (id: CuffId, pressure: number, t: number): void => {
    const c = cuffs.get(id) ?? expect.fail();
    cuffs.set(id, { ...c, pressure: mmhg(pressure), pressureAt: monotonic(t) });
    points.push([monotonic(t), mmhg(pressure)]);
    screen.cuffRead(id);
    screen.flush();
  };
  const alarms = (o: Occurrence): void => {
    screen.alarmMoved(o);
    screen.flush();
  };
  return {
    screen,
    sent,
    reads,
    alarms,
    startedOver: () => startedOver,
    givenUp: () => givenUp,
    passes: (ms: number) => (now += ms),
  };
};

describe("a screen", () => {
  test("is told nothing before it has a snapshot", () => {
    const { sent, reads } = slowScreen();
    reads(a, 150, 1);
    expect(sent).toEqual([]);
  });

  test("holds one patch at a time; readings coalesce to the newest while it is slow, and no trace point is lost", () => {
    const { screen, sent, reads } = slowScreen();
    screen.begin([]);
    for (const t of [1, 2, 3]) reads(a, 150 + t, t);
    expect(sent).toHaveLength(1);
    sent[0]?.taken();
    expect(sent.map((s) => s.patch.readings)).toEqual([[[a, 1, 151]], [[a, 3, 153]]]);
    expect(sent[1]?.patch.traces).toEqual([
      {
        cuff: a,
        points: [
          [2, 152],
          [3, 153],
        ],
      },
    ]);
  });

  test("alarms are never thinned: every state they passed through arrives, in order", () => {
    const { screen, sent, reads, alarms } = slowScreen();
    screen.begin([]);
    reads(a, 150, 1);
    alarms(occurrence("1"));
    alarms(occurrence("1", { clearedAt: monotonic(2) }));
    alarms(occurrence("2"));
    sent[0]?.taken();
    expect(sent[1]?.patch.alarms.map((o) => [o.id, o.clearedAt])).toEqual([
      ["1", null],
      ["1", 2],
      ["2", null],
    ]);
  });

  test("one that takes nothing in for 5 s is given up, so that it notices; one with nothing to take in is not", () => {
    const { screen, reads, givenUp, passes } = slowScreen();
    screen.begin([]);
    passes(60_000);
    screen.look();
    expect(givenUp()).toBe(0);
    reads(a, 150, 1);
    passes(4999);
    screen.look();
    expect(givenUp()).toBe(0);
    passes(1);
    screen.look();
    screen.look();
    expect(givenUp()).toBe(1);
  });

  test("patches are numbered without a gap", () => {
    const { screen, sent, reads } = slowScreen();
    screen.begin([]);
    for (const t of [1, 2, 3]) {
      reads(b, t, t);
      sent.at(-1)?.taken();
    }
    expect(sent.map((s) => s.patch.seq)).toEqual([2, 3, 4]);
  });

  test("an answer to a patch of before a new snapshot does not let two patches go at once", () => {
    const { screen, sent, reads } = slowScreen();
    screen.begin([]);
    reads(a, 1, 1);
    screen.begin([]);
    reads(a, 2, 2);
    sent[0]?.taken();
    reads(a, 3, 3);
    expect(sent).toHaveLength(2);
  });

  test("one that is thousands of alarms behind starts over with a snapshot, which carries them all as state", () => {
    const { screen, sent, reads, alarms, startedOver } = slowScreen();
    screen.begin([]);
    reads(a, 1, 1);
    for (let i = 0; i < 5001; i++) alarms(occurrence(String(i)));
    sent[0]?.taken();
    expect(startedOver()).toBe(1);
    expect(sent).toHaveLength(1);
  });
});
