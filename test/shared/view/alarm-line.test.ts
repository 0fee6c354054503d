import { expect, test } from "vitest";
import type { Occurrence } from "../../../shared/alarm/occurrence.ts";
import { conditions } from "../../../shared/alarm/policy.ts";
import { cuffId } from "../../../shared/ids.ts";
import { minutes, mmhg, monotonic } from "../../../shared/units.ts";
import { alarmLine, alarmLines, answerText, linesForStrip } from "../../../shared/view/alarm-line.ts";
import { type CuffOnScreen } from "../../../shared/wire.ts";
import { cuffUp, going, now, occurrence, secondsAgo, station } from "../../support/on-screen.ts";

const table: readonly (readonly [Partial<Occurrence>, CuffOnScreen, string, string, string])[] = [
  [{}, cuffUp(494), "RELEASE", "08:14 > 08:00", ""],
  [{ unconfirmed: true }, cuffUp(494), "RELEASE", "08:14 > 08:00", "unconfirmed, check the cuff"],
  [{ clearedAt: now }, cuffUp(494), "RELEASE", "is over", "nobody answered"],
  [{ condition: "release-soon" }, cuffUp(434), "Release soon", "00:46 left", ""],
  [
    { condition: "silent" },
    cuffUp(300, { pressureAt: secondsAgo(12) }),
    "NO SIGNAL",
    "12 s",
    "check the cuff",
  ],
  [
    { condition: "full-occlusion", value: 254, limit: 250 },
    cuffUp(200),
    "FULL OCCLUSION",
    "254 of 250 mmHg",
    "",
  ],
  [{ condition: "release-failed" }, cuffUp(200, { pressure: mmhg(96) }), "NOT RELEASED", "still 96 mmHg", ""],
  [
    { condition: "release-failed" },
    cuffUp(200, { pressure: mmhg(96), pressureAt: secondsAgo(5) }),
    "NOT RELEASED",
    "last read 96 mmHg",
    "",
  ],
  [
    { condition: "pressure-lost", limit: 148 },
    cuffUp(200, { pressure: mmhg(3), pressureAt: secondsAgo(5) }),
    "PRESSURE LOST",
    "last read 3 mmHg, was 148",
    "",
  ],
  [
    { condition: "pressure-lost", limit: 148 },
    cuffUp(200, { pressure: mmhg(3) }),
    "PRESSURE LOST",
    "3 mmHg, was 148",
    "",
  ],
  [
    { condition: "target-differs", value: 180, limit: 150 },
    cuffUp(200),
    "WRONG TARGET",
    "cuff 180, plan 150",
    "",
  ],
  [{ condition: "pressure-high", value: 181 }, cuffUp(200), "PRESSURE HIGH", "target 150", ""],
  [
    { condition: "pressure-high", value: 181 },
    cuffUp(200, { resting: true }),
    "PRESSURE HIGH",
    "148 mmHg, target 150",
    "",
  ],
  [
    { condition: "pressure-low", value: 118 },
    cuffUp(200, { pressureAt: secondsAgo(5) }),
    "Below prescription",
    "was 118 mmHg, target 150",
    "",
  ],
  [
    { condition: "pressure-high", priority: "low", value: 181, cause: "motion" },
    cuffUp(200),
    "PRESSURE HIGH",
    "target 150",
    "may be the motion",
  ],
  [
    { condition: "drift", cause: "level", value: 136, limit: 150 },
    cuffUp(200, { resting: true, pressure: mmhg(131) }),
    "DRIFTING",
    "131 mmHg, was 150",
    "",
  ],
  [
    { condition: "drift", cause: "level", priority: "low", value: 138, limit: 150 },
    cuffUp(200),
    "Drifting",
    "level was 150",
    "",
  ],
  [
    { condition: "drift", cause: "level", value: 134, limit: 150 },
    cuffUp(200, { pressureAt: secondsAgo(5) }),
    "DRIFTING",
    "from 150 to 134 mmHg",
    "",
  ],
  [
    { condition: "drift", cause: "pump", priority: "low", value: 150, limit: 150 },
    cuffUp(200, { resting: true }),
    "Drifting",
    "148 mmHg, target 150",
    "the pump keeps running",
  ],
  [
    { condition: "drift", cause: "told", priority: "low", value: 148, limit: 150 },
    cuffUp(200),
    "Drifting",
    "target 150",
    "the cuff says that it leaks",
  ],
  [{ condition: "inflated-unassigned" }, cuffUp(44), "ON NO PATIENT", "148 mmHg for 00:44", ""],
  [
    { condition: "inflated-unassigned", value: 10_000, limit: 10_000 },
    cuffUp(44, { pressureAt: secondsAgo(5) }),
    "ON NO PATIENT",
    "last read 148 mmHg, up for 00:44",
    "",
  ],
  [
    { condition: "inflated-unassigned", value: 10_000, limit: 10_000 },
    cuffUp(44, { pressure: null, pressureAt: null }),
    "ON NO PATIENT",
    "up for 00:44",
    "",
  ],
  [
    { condition: "session-overrun", value: 1_800_000, limit: 1_800_000 },
    cuffUp(100, { restricted: minutes(29) }),
    "SESSION LIMIT",
    "30:40 > 30:00",
    "",
  ],
  [
    { condition: "reperfusion-short", value: 20_000, limit: 60_000 },
    cuffUp(9),
    "TOO SOON",
    "pause 00:20 of 01:00",
    "",
  ],
  [
    { condition: "measuring-too-long", value: 120_000, limit: 120_000 },
    cuffUp(120),
    "MEASURING TOO LONG",
    "over 02:00",
    "",
  ],
  [
    { condition: "peaks-over-lop", value: 261.4, limit: 250 },
    cuffUp(60),
    "Peaks over LOP",
    "up to 261, LOP 250",
    "",
  ],
  [
    { condition: "sensor-frozen", value: 5_000, limit: 5_000 },
    cuffUp(60),
    "SENSOR FROZEN",
    "the same for 5 s",
    "",
  ],
  [{ condition: "clock-disagrees", value: 2040 }, cuffUp(60), "Clocks disagree", "2 s apart", ""],
  [{ condition: "battery", value: 19 }, cuffUp(60, { batteryPct: 17 }), "Battery low", "17 %", ""],
  [{ condition: "cuff-fault", cause: "E12" }, cuffUp(60), "CUFF FAULT", "fault E12", ""],
  [
    { condition: "stop-advised", value: 8, limit: 7, cause: "pain dizziness" },
    cuffUp(60),
    "STOP ADVISED",
    "pain 8 of 10, dizziness",
    "",
  ],
  [{ condition: "two-of-one" }, cuffUp(60), "TWO CUFFS", "two cuffs use this name", ""],
  [
    { condition: "not-recording", cuff: null },
    cuffUp(60),
    "NOT RECORDING",
    "what happens now is not stored",
    "",
  ],
  [
    { condition: "nobody-listening", cuff: null },
    cuffUp(60),
    "NOBODY LISTENS",
    "no screen has its sound on",
    "",
  ],
];

test.each(table)("%j reads as it should", (changes, cuff, name, detail, note) => {
  const line = alarmLine(occurrence(changes), station("1", cuff), now);
  expect([line.name, line.detail, line.note]).toEqual([name, detail, note]);
});

test("every condition is in the table", () => {
  expect(new Set(["overrun", ...table.map(([changes]) => changes.condition ?? "overrun")])).toEqual(
    new Set(conditions),
  );
});

test("the dose in it turns together with the tile's own clock", () => {
  const detail = (ms: number) =>
    alarmLine(occurrence(), station("1", cuffUp(494.3)), monotonic(now + ms)).detail;
  expect(detail(900)).toBe(detail(0));
});

test("it names the patient and who is going, and the cuff where there is no patient", () => {
  expect(alarmLine(occurrence({ acknowledged: going }), station("1", cuffUp(494)), now)).toMatchObject({
    who: "1 Patient 1",
    going: "Aidan R.",
    state: "acknowledged",
  });
  expect(alarmLine(occurrence({ station: null }), station(null, cuffUp(44)), now).who).toBe("cuff-01");
});

test("an alarm whose cuff has left the wall still says what it is about", () => {
  expect(alarmLine(occurrence(), undefined, now)).toMatchObject({
    who: "1 Patient 1",
    detail: "08:14 > 08:00",
  });
});

test("what was read of a cuff before the server came back is not what it reads now", () => {
  const cuff = cuffUp(200, { pressure: mmhg(96), pressureAt: secondsAgo(1), resumedAt: now });
  const line = alarmLine(occurrence({ condition: "release-failed" }), station("1", cuff), now);
  expect(line.detail).toBe("last read 96 mmHg");
});

test("an alarm of one of two cuffs says which", () => {
  const right = cuffUp(490);
  const left = { ...cuffUp(10), cuff: cuffId("other"), prescription: leftOf(right) };
  const both = station("1", left, right);
  expect(alarmLine(occurrence({ condition: "overrun" }), both, now).name).toBe("RELEASE R");
  expect(alarmLine(occurrence({ condition: "overrun", cuff: left.cuff }), both, now).name).toBe("RELEASE L");
});

const leftOf = ({ prescription }: CuffOnScreen): CuffOnScreen["prescription"] =>
  prescription === null ? null : { ...prescription, limb: { ...prescription.limb, side: "left" } };

test("whoever went and has not ended it in time went so long ago, and is going no more", () => {
  const answered = (until: number) =>
    alarmLine(
      occurrence({ acknowledged: { ...going, at: secondsAgo(35), until: secondsAgo(until) } }),
      undefined,
      now,
    );
  expect(answerText(answered(-1))).toBe("Aidan R. is going");
  expect(answerText(answered(-1), "Aidan R.")).toBe("You are going");
  expect(answerText(answered(5))).toBe("Aidan R. went 0:35 ago");
  expect(answerText(answered(5), "Aidan R.")).toBe("You went 0:35 ago");
  expect(answered(5).calls).toBe(true);
  expect(answerText(alarmLine(occurrence(), undefined, now))).toBe("");
});

test("an alarm about the room stands on no tile, so the strip never leaves it out", () => {
  const room = occurrence({ cuff: null, station: null, patient: "", condition: "not-recording" });
  const high = occurrence({ priority: "high" });
  const lines = alarmLines([room, high, high, high, high], [], now);
  const shown = (places: number) => linesForStrip(lines, places).map((line) => line.condition);
  expect(lines.map((line) => line.condition).at(-1)).toBe("not-recording");
  expect(shown(5)).toEqual(["overrun", "overrun", "overrun", "overrun", "not-recording"]);
  expect(shown(3)).toEqual(["overrun", "overrun", "not-recording"]);
  expect(shown(1)).toEqual(["overrun"]);
  expect(alarmLine(room, undefined, now)).toMatchObject({ cuff: "", station: "", who: "Room" });
});
