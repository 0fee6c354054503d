import { describe, expect, test } from "vitest";
import { judged, type ToldOf } from "../../../server/import/judged.ts";
import { phasesOf } from "../../../server/import/phases.ts";
import { apply, newState } from "../../../shared/engine.ts";
import { epoch, sessionId, siteId } from "../../../shared/ids.ts";
import { readLine } from "../../../shared/recording/fact-schema.ts";
import { figuresOf } from "../../../shared/recording/figures.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import { spansOf } from "../../../shared/recording/span.ts";
import { traceOf } from "../../../shared/recording/trace.ts";
import { cuffId } from "../../../shared/ids.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { alarmLog } from "../../support/floor.ts";

const site = siteId("main");
const about: ToldOf = {
  ...{ session: sessionId("s1"), patient: null, name: "Somebody", limb: { limb: "thigh", side: "left" } },
  ...{ lopMmhg: 250, pctLop: 60, targetMmhg: null, limitMin: 2, falls: "release" },
  startedAt: wallTime(1_790_000_000_000),
};
const by = { site, epoch: epoch("import-1"), by: "Aidan R.", limits: {} };

/** Ten samples a second: down for 5 s, up in 3 s, held for so long with a pulse on it, down in 3 s, and 5 s more. */
const course = (
  held: number,
  at = (second: number, p: number): number | null => p + (second % 1 > 0.5 ? 0.3 : 0),
) => {
  const ms: number[] = [];
  const mmhg: (number | null)[] = [];
  for (let i = 0; i < 10 * (16 + held); i++) {
    const s = i / 10;
    const up = Math.min(1, Math.max(0, (s - 5) / 3));
    const down = Math.min(1, Math.max(0, (s - 8 - held) / 3));
    ms.push(100 * i);
    const p = at(s, 150 * (up - down));
    mmhg.push(p === null ? null : Math.round(p * 10) / 10);
  }
  return { ms, mmhg };
};
const factsOf = (...given: Parameters<typeof course>) =>
  judged(course(...given), about, by).map((line) => line.fact);

describe("a recording that was made elsewhere", () => {
  test("is a whole session: begun, inflated, let go and finished, without an alarm where all was well", () => {
    const kinds = factsOf(60).map((fact) => fact.kind);
    for (const kind of ["class-started", "patient-seated", "inflated", "deflated", "finished", "class-ended"])
      expect(kinds.filter((one) => one === kind)).toHaveLength(1);
    expect(alarmLog(factsOf(60)).filter((line) => !line.includes("release-soon"))).toEqual([]);
  });

  test("raises what it would have raised here", () => {
    expect(alarmLog(factsOf(200), "overrun")[0]).toMatch(/ overrun raised medium$/);
    const tooHigh = factsOf(110, (s, p) => (s > 60 && s < 90 ? 260 + (s % 2) : p + (s % 1 > 0.5 ? 0.3 : 0)));
    expect(alarmLog(tooHigh, "full-occlusion")).not.toEqual([]);
  });

  test("tells a fall that was none of purpose as a pressure that was lost", () => {
    const lost = judged(course(60), { ...about, falls: "loss" }, by).map((line) => line.fact);
    expect(alarmLog(lost, "pressure-lost")[0]).toMatch(/^7\d.\d pressure-lost raised/);
    expect(lost.some((fact) => fact.kind === "finished")).toBe(false);
    expect(alarmLog(factsOf(60), "pressure-lost")).toEqual([]);
  });

  test("has been silent where nothing was recorded", () => {
    const whole = course(60);
    const kept = whole.ms.map((ms) => ms < 20_000 || ms > 40_000);
    const some = { ms: whole.ms.filter((_, i) => kept[i]), mmhg: whole.mmhg.filter((_, i) => kept[i]) };
    expect(
      alarmLog(
        judged(some, about, by).map((line) => line.fact),
        "silent",
      )[0],
    ).toMatch(/^22\.9 silent raised/);
  });

  test("can be replayed: its lines fold, its samples are those of the table, and its figures are counted", () => {
    const made = course(60);
    const lines = judged(made, about, by);
    expect(() => lines.reduce((state, { fact }) => apply(state, fact), newState(site))).not.toThrow();
    const [span] = spansOf(lines);
    if (span === undefined) throw new Error("nobody was seated");
    const to = lines.at(-1)?.at ?? monotonic(0);
    const recorded = { start: newState(site), lines: linesFrom(lines), holes: [], from: span.from, to };
    const trace = traceOf(recorded, cuffId("imported"));
    expect([...trace.at.subarray(0, trace.length)]).toEqual(made.ms);
    expect([...trace.mmHg.subarray(0, trace.length)].map((p) => Math.round(p * 10) / 10)).toEqual(made.mmhg);
    const [limb] = figuresOf(recorded, span).limbs;
    expect(limb).toMatchObject({ side: "left", limb: "thigh", inflations: 1, samples: made.ms.length });
    expect((limb?.restrictedMs ?? 0) / 1000).toBeCloseTo(65, -1);
  });

  test("has only facts that a file may bring back", () => {
    for (const line of judged(
      course(20, (s, p) => (s > 15 && s < 16 ? null : p)),
      about,
      by,
    )) {
      const written: unknown = JSON.parse(JSON.stringify(line));
      expect(readLine(written)).toEqual({ ok: true, line: written });
    }
  });
});

describe("what a cuff was doing", () => {
  const mmhg = [0, 10, 40, 150, 151, 150, 149, 100, 60, 15, 0, 0, 0, 0, 90, 90];
  const ms = mmhg.map((_, i) => i * 500);
  test("is read from the course of its pressure", () => {
    expect(
      phasesOf({ ms, mmhg }, "release")
        .map(({ phase }) => phase[0])
        .join(""),
    ).toBe("iiooooorriiiiioo");
    expect(
      phasesOf({ ms, mmhg }, "loss")
        .map(({ phase }) => phase[0])
        .join(""),
    ).toBe("iioooooooooooooo");
    expect(phasesOf({ ms, mmhg }, "release").at(-1)).toEqual({
      phase: "occluded",
      upSince: 7000,
      episode: 2,
    });
  });
  test("is no release while it is back within two seconds", () => {
    const valley = [150, 150, 18, 18, 150, 150];
    const when = valley.map((_, i) => i * 500);
    expect(phasesOf({ ms: when, mmhg: valley }, "release").every(({ phase }) => phase === "occluded")).toBe(
      true,
    );
  });
});
