import { describe, expect, test } from "vitest";
import { millis, minutes, mmhg, monotonic, seconds } from "../../../shared/units.ts";
import { isFresh, tile, type TilePhase } from "../../../shared/view/tile.ts";
import type { CuffOnScreen } from "../../../shared/wire.ts";
import {
  cuffDown,
  cuffUp,
  now,
  occurrence,
  prescription,
  secondsAgo,
  station,
} from "../../support/on-screen.ts";
import { cuffId } from "../../../shared/ids.ts";

const released = {
  number: 1,
  since: secondsAgo(300),
  ordered: { order: "release", by: "Aidan R.", at: now },
  fallen: false,
} as const;

describe("what a tile says first", () => {
  const table: readonly (readonly [string, CuffOnScreen, TilePhase, string, string])[] = [
    ["ready", cuffDown(), "ready", "Ready", "30-15-15-15 at 60 % LOP"],
    [
      "inflating",
      cuffDown({ phase: "inflating", pressure: mmhg(22) }),
      "inflating",
      "Inflating",
      "30-15-15-15 at 60 % LOP",
    ],
    ["measuring", cuffDown({ phase: "measuring" }), "measuring", "Measuring", "30-15-15-15 at 60 % LOP"],
    ["working", cuffUp(346), "working", "02:14", "to release"],
    [
      "resting",
      cuffUp(346, { resting: true, restingSince: secondsAgo(12) }),
      "resting",
      "02:14",
      "to release",
    ],
    ["releasing", cuffUp(300, { occlusion: released }), "releasing", "03:00", "letting the pressure out"],
    [
      "releasing too late",
      cuffUp(500, { phase: "releasing" }),
      "releasing",
      "08:20",
      "restricted · 00:20 over",
    ],
    ["over its limit", cuffUp(494), "working", "08:14", "restricted · 00:14 over"],
    [
      "silent while inflated",
      cuffUp(300, { pressureAt: secondsAgo(12) }),
      "no-data",
      "03:00",
      "to release, unconfirmed",
    ],
    [
      "silent and over its limit",
      cuffUp(494, { pressureAt: secondsAgo(12) }),
      "no-data",
      "08:14",
      "00:14 over, unconfirmed",
    ],
    [
      "fallen, and nobody said why",
      cuffUp(300, {
        occlusion: { number: 1, since: secondsAgo(300), ordered: null, fallen: true },
        pressure: mmhg(2),
      }),
      "working",
      "03:00",
      "pressure down: is the cuff off?",
    ],
    [
      "reperfusing",
      cuffDown({ dose: { closed: minutes(6), upTo: secondsAgo(19) }, inflationsDone: 1 }),
      "reperfusing",
      "00:41",
      "until next inflation",
    ],
    [
      "done",
      cuffDown({ dose: { closed: minutes(6), upTo: secondsAgo(200) }, inflationsDone: 1 }),
      "done",
      "Done",
      "30-15-15-15 at 60 % LOP",
    ],
    ["silent while down", cuffDown({ pressureAt: secondsAgo(45) }), "no-data", "No data", "silent for 45 s"],
    [
      "never heard",
      cuffDown({ pressure: null, pressureAt: null }),
      "no-data",
      "No data",
      "this cuff was never heard",
    ],
  ];
  test.each(table)("%s", (_, cuff, phase, text, label) => {
    const shown = tile(station("1", cuff), [], now);
    expect([shown.phase, shown.main.text, shown.main.label]).toEqual([phase, text, label]);
  });
});

describe("clocks", () => {
  test("turn with the whole second, whatever the moment at which the cuff went up", () => {
    const uneven = cuffUp(100.4);
    const texts = [0, 250, 500, 999].map(
      (ms) => tile(station("1", uneven), [], monotonic(now + ms)).main.text,
    );
    expect(new Set(texts).size).toBe(1);
    expect(tile(station("1", uneven), [], monotonic(now + 1000)).main.text).not.toBe(texts[0]);
  });

  test("say that the limit has passed at the very moment it does, within a second too", () => {
    const cuff = cuffUp(479.6);
    expect(tile(station("1", cuff), [], monotonic(now + 399)).main).toMatchObject({
      text: "00:01",
      label: "to release",
    });
    expect(tile(station("1", cuff), [], monotonic(now + 400)).main).toMatchObject({
      text: "08:00",
      label: "restricted · 00:00 over",
    });
  });

  test("count the limb's dose, so that an earlier inflation is not forgotten", () => {
    const cuff = cuffUp(60, { dose: { closed: minutes(5), upTo: secondsAgo(80) } });
    expect(tile(station("1", cuff), [], now).main.text).toBe("02:00");
    expect(tile(station("1", cuff), [], now).ring).toMatchObject({ text: "06:00", of: "of 08:00" });
  });
});

describe("readings", () => {
  test("are struck out with their age from the third second on", () => {
    const cuff = cuffUp(100, { pressureAt: secondsAgo(0) });
    const at = (ms: number) => tile(station("1", cuff), [], monotonic(now + ms)).cuffs[0];
    expect(at(2999)).toMatchObject({ pressure: "148", fresh: "live", age: null });
    expect(at(3000)).toMatchObject({ pressure: "148", fresh: "old", age: "3 s" });
  });

  test("from before the server's restart are old however young", () => {
    expect(isFresh(cuffUp(100, { pressureAt: secondsAgo(1), resumedAt: secondsAgo(0.5) }), now)).toBe(false);
  });

  test("of a cuff that is as long silent as it may be are live", () => {
    expect(isFresh(cuffUp(100, { pressureAt: secondsAgo(4), freshFor: seconds(5) }), now)).toBe(true);
  });

  test("have their band around the target, narrower at rest", () => {
    const strong = { ...prescription, target: mmhg(200) };
    const band = (resting: boolean) =>
      tile(
        station(
          "1",
          cuffUp(100, { prescription: strong, resting, tolerance: { exercise: mmhg(20), rest: mmhg(15) } }),
        ),
        [],
        now,
      ).cuffs[0]?.band;
    expect(band(false)).toEqual({ low: 180, high: 220, target: 200 });
    expect(band(true)).toEqual({ low: 185, high: 215, target: 200 });
  });

  test("have no band and no percentage without a measured limb occlusion pressure", () => {
    const unknown = { ...prescription, lop: null, target: null, pctLop: null };
    expect(tile(station("1", cuffUp(100, { prescription: unknown })), [], now).cuffs[0]).toMatchObject({
      band: null,
      target: "",
      ofLop: "",
    });
  });
});

describe("two cuffs on one patient", () => {
  const left = { ...prescription, limb: { limb: "thigh", side: "left" } } as const;
  const second = cuffId("cuff-02");

  test("share a tile that is led by the earlier release", () => {
    const shown = tile(station("6", cuffUp(100), cuffUp(200, { cuff: second, prescription: left })), [], now);
    expect(shown.main.text).toBe("04:40");
    expect(shown.limb).toBe("L + R thigh");
    expect(shown.cuffs.map((c) => c.side)).toEqual(["right", "left"]);
  });

  test("are unconfirmed when either is silent", () => {
    const shown = tile(
      station("6", cuffUp(100), cuffUp(50, { cuff: second, pressureAt: secondsAgo(9) })),
      [],
      now,
    );
    expect(shown.unconfirmed).toBe(true);
    expect(shown.cuffs.map((c) => c.fresh)).toEqual(["live", "old"]);
  });
});

describe("alarms on a tile", () => {
  test("stand most urgent first, and closed ones are gone", () => {
    const shown = tile(
      station("1", cuffUp(494)),
      [
        occurrence({ condition: "pressure-low", priority: "low" }),
        occurrence({ priority: "high" }),
        occurrence({ condition: "silent", clearedAt: now }),
      ],
      now,
    );
    expect(shown.alarms.map((a) => a.condition)).toEqual(["overrun", "pressure-low"]);
    expect([shown.alarm, shown.mainAlarm]).toEqual(["high", "high"]);
  });

  test("colour the number only while they are present and about the time", () => {
    const mainAlarm = (...alarms: Parameters<typeof occurrence>) =>
      tile(station("1", cuffUp(494)), [occurrence(...alarms)], now).mainAlarm;
    expect(mainAlarm({ condition: "silent" })).toBe("none");
    expect(mainAlarm({ clearedAt: now })).toBe("none");
    expect(mainAlarm({ condition: "release-soon", priority: "low" })).toBe("low");
  });
});

test("a cuff on no patient bears its own name", () => {
  const shown = tile(station(null, cuffUp(20, { prescription: null })), [], now);
  expect([shown.station, shown.patient, shown.limb]).toEqual(["", "cuff-01", "On no patient"]);
});

test("progress tells sets and repetitions at work, the rest while resting, and inflations of a passive plan", () => {
  const passive = { ...prescription, repsOfSets: [], inflations: 5, plan: "5 × 5 min" };
  const progress = (cuff: CuffOnScreen) => tile(station("1", cuff), [], now).progress;
  expect(progress(cuffUp(100))).toBe("set 2/4 · rep 7/15");
  expect(progress(cuffUp(100, { resting: true, restingSince: secondsAgo(17) }))).toBe("set 2/4 · rest 00:17");
  expect(progress(cuffUp(100, { set: null, rep: null }))).toBe("restricted 01:40");
  expect(
    progress(
      cuffDown({
        prescription: passive,
        inflationsDone: 2,
        dose: { closed: millis(1), upTo: secondsAgo(5) },
      }),
    ),
  ).toBe("done 2 of 5");
});

test("of a basic cuff nobody can tell work from rest: it is under pressure", () => {
  const basic = cuffUp(100, {
    basic: true,
    resting: true,
    restingSince: secondsAgo(12),
    phase: null,
    set: null,
  });
  expect(tile(station("1", basic), [], now)).toMatchObject({
    phase: "working",
    phaseName: "Under pressure",
    progress: "restricted 01:40",
  });
  expect(tile(station("1", cuffUp(100)), [], now).phaseName).toBe("Working");
});
