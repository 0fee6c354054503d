/** What must hold of every occurrence, whatever cuffs say and people do. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Occurrence, occurrenceState } from "../../../shared/alarm/occurrence.ts";
import { type CuffCondition, latches } from "../../../shared/alarm/policy.ts";
import { calls, sounds } from "../../../shared/alarm/suppression.ts";
import { freeze, thaw } from "../../../shared/checkpoint.ts";
import { apply, type Input, nextDeadline, openAlarms, type State, step } from "../../../shared/engine.ts";
import { siteId } from "../../../shared/ids.ts";
import { type CuffState, quietSince } from "../../../shared/session/cuff-state.ts";
import { allCuffs } from "../../../shared/session/cuffs.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import { doseAt, limitOf } from "../../../shared/session/occlusion.ts";
import { between, millis, type Monotonic } from "../../../shared/units.ts";
import {
  acknowledge,
  at,
  classOf,
  floorOf,
  heard,
  inRoom,
  note,
  order,
  run,
  type Stretch,
  takeBack,
  tick,
  told,
} from "../../support/floor.ts";

const stretch = fc.record({
  lasts: fc.integer({ min: 1, max: 40 }),
  p: fc.constantFrom<Stretch["p"][]>(
    150,
    110,
    190,
    255,
    310,
    2,
    null,
    (s) => 150 + 110 * Math.sin(s),
    () => 150,
  ),
  phase: fc.constantFrom<NonNullable<Stretch["phase"]>[]>("occluded", "idle", "releasing", "measuring"),
  tgt: fc.constantFrom(1500, 0, 1700),
  pct: fc.constantFrom(80, 15, 5),
  silent: fc.boolean(),
  boot: fc.constantFrom("b0", "b0", "b0", "b1"),
});

/** What a person, or a machine, does after a stretch; `pick` chooses among the open alarms. */
const hand = fc.record({
  does: fc.constantFrom(
    ...["acknowledge", "acknowledge", "take-back", "pause", "resume-sound", "release", "cuff-off"],
    ...["pain", "well", "fault", "unheard", "listened", "full", "stored", "restart", "nothing"],
  ),
  pick: fc.nat(50),
  by: fc.constantFrom("Aidan R.", "Lena M."),
});

type Hand = Readonly<{ does: string; pick: number; by: string }>;

const inputOf = (state: State, { does, pick, by }: Hand, second: number): Input | null => {
  const open = openAlarms(state);
  const alarm = open[pick % Math.max(1, open.length)];
  switch (does) {
    case "acknowledge":
      return acknowledge(second, alarm, by);
    case "take-back":
      return takeBack(second, alarm, by);
    case "pause":
      return inRoom(second, { kind: "pause-sound" }, by);
    case "resume-sound":
      return inRoom(second, { kind: "resume-sound" }, by);
    case "release":
    case "cuff-off":
      return order(second, does);
    case "pain":
      return note(second, { kind: "pain", score: 9 });
    case "well":
      return note(second, { kind: "pain", score: 1 });
    case "fault":
      return told(second, { kind: "fault", code: "E1" }, pick + second * 100);
    case "unheard":
    case "listened":
      return { kind: "listening", at: at(second), screens: does === "unheard" ? 0 : 1 };
    case "full":
    case "stored":
      return { kind: "recording", at: at(second), ok: does === "stored" };
    case "restart":
      return { kind: "resume", at: at(second), gap: millis(500), vouchedBy: "boot-clock" };
    default:
      return null;
  }
};

type Course = readonly Readonly<{
  stretch: Omit<Stretch, "from" | "to"> & { lasts: number; silent: boolean };
  hand: Hand;
}>[];
const course: fc.Arbitrary<Course> = fc.array(fc.record({ stretch, hand }), { minLength: 2, maxLength: 10 });

/** Plays a course; `look` sees the floor after each input, and what it brought. Returns the floor, and the second at its end. */
const play = (
  parts: Course,
  look: (state: State, facts: readonly Fact[]) => void,
): Readonly<{ state: State; second: number }> => {
  let state = floorOf(classOf({ limitS: 60 })).state;
  const take = (input: Input): void => {
    const next = step(state, input);
    state = next.state;
    look(state, next.facts);
  };
  let second = 1;
  for (const {
    stretch: { lasts, silent, ...s },
    hand: does,
  } of parts) {
    if (!silent)
      for (const input of heard({ ...s, from: second, to: second + lasts, occ: second })) take(input);
    second += lasts;
    take(tick(second));
    const input = inputOf(state, does, second);
    if (does.does === "restart") state = thaw(freeze(state), siteId("main")) ?? expect.fail();
    if (input !== null) take(input);
  }
  take(tick(second + 300));
  return { state, second: second + 300 };
};

/**
 * What must stand of a cuff whatever else happens, told from its clocks and its last reading and not by the rules: a dose at its
 * limit, a silence, a pressure at the cap.
 */
const mustStand = (c: CuffState, now: Monotonic): readonly CuffCondition[] => {
  if (c.occlusion === null) return [];
  const quiet = quietSince(c);
  const isSilent = quiet !== null && between(quiet, now) >= Math.max(c.freshFor, 3000);
  // Only a reading that came with the last message is of the phase that the cuff says now; messages are 200 ms apart.
  const { last, lastAt } = c.pressure;
  const isOfNow = lastAt !== null && c.heardAt !== null && between(lastAt, c.heardAt) < 200;
  const isAtCap = isOfNow && (last ?? 0) >= 300 && c.said?.phase !== "measuring";
  return [
    ...(doseAt(c, now) >= limitOf(c) ? ["overrun" as const] : []),
    ...(isSilent ? ["silent" as const] : []),
    ...(isAtCap ? ["full-occlusion" as const] : []),
  ];
};

/** Everything is put right: the cuff is off and charged and heard, the patient is well, a screen listens, facts are stored. */
const allWell = (second: number): readonly Input[] => [
  { kind: "listening", at: at(second), screens: 1 },
  { kind: "recording", at: at(second), ok: true },
  order(second, "cuff-off"),
  note(second, { kind: "pain", score: 1 }),
  ...heard({ from: second, to: second + 90, p: 2, phase: "idle", tgt: 0, pct: 80, boot: "b2" }),
];

const inflationOf = (o: Occurrence): string => o.id.slice(0, o.id.lastIndexOf("/"));

describe("whatever cuffs say and people do", () => {
  test("what the clocks and the last reading of a cuff call for is there", () => {
    fc.assert(
      fc.property(course, (parts) => {
        play(parts, (state) => {
          for (const c of allCuffs(state.cuffs)) {
            const present = c.alarms.flatMap((o) => (o.clearedAt === null ? [o.condition] : []));
            expect(present).toEqual(expect.arrayContaining([...mustStand(c, state.at)]));
          }
        });
      }),
      { numRuns: 120 },
    );
  });

  // Of what is low and stands by its nature nothing is left either: the battery is charged, and a cuff that is down is heard.
  test("once everything is put right and answered, nothing is left", () => {
    fc.assert(
      fc.property(course, (parts) => {
        const played = play(parts, () => undefined);
        const r = run(allWell(played.second + 1), { state: played.state, facts: [] });
        const open = openAlarms(r.state);
        expect(open.filter((o) => o.clearedAt === null)).toEqual([]);
        const answered = run(
          open.map((o) => acknowledge(played.second + 91, o)),
          r,
        );
        expect(openAlarms(answered.state)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test("no alarm vanishes, and none stands twice", () => {
    fc.assert(
      fc.property(course, (parts) => {
        const raised = new Map<string, Occurrence>();
        const known = new Map<
          string,
          { acknowledged: boolean; cleared: boolean; superseded: string | null }
        >();
        play(parts, (state, facts) => {
          for (const f of facts) {
            if (f.kind === "alarm-raised") {
              expect(raised.has(f.occurrence.id)).toBe(false);
              raised.set(f.occurrence.id, f.occurrence);
              known.set(f.occurrence.id, { acknowledged: false, cleared: false, superseded: null });
            } else if ("id" in f) {
              const k = known.get(f.id) ?? expect.fail();
              if (f.kind === "alarm-acknowledged") k.acknowledged = true;
              if (f.kind === "alarm-cleared") k.cleared = true;
              if (f.kind === "alarm-superseded") k.superseded = f.by;
            }
          }
          const open = openAlarms(state);
          const present = open.filter((o) => o.clearedAt === null).map((o) => `${o.cuff} ${o.condition}`);
          expect(new Set(present).size).toBe(present.length);
          const latched = open.filter((o) => occurrenceState(o) === "latched").map(inflationOf);
          expect(new Set(latched).size).toBe(latched.length);
          const ids = new Set<string>(open.map((o) => o.id));
          for (const [id, k] of known) {
            if (ids.has(id)) continue;
            const o = raised.get(id) ?? expect.fail();
            const closed = k.cleared && (!latches(o.condition) || k.acknowledged);
            expect(closed || (k.superseded !== null && raised.has(k.superseded))).toBe(true);
          }
        });
      }),
      { numRuns: 120 },
    );
  });

  test("what calls is heard, but for the time that an answer or a pause gives", () => {
    fc.assert(
      fc.property(course, (parts) => {
        play(parts, (state) => {
          const { pause } = state.room;
          if (pause !== null) expect(pause.until - pause.at).toBeLessThanOrEqual(120_000);
          for (const o of openAlarms(state)) {
            const given = o.acknowledged === null ? 0 : o.acknowledged.until - o.acknowledged.at;
            expect(given).toBeLessThanOrEqual(120_000);
            if (o.priority === "low" || !calls(o, state.at) || sounds(o, state.at, pause)) continue;
            expect(pause !== null && state.at < pause.until && o.roseAt < pause.at).toBe(true);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  test("the facts fold to the live state, its room and its deadlines included", () => {
    fc.assert(
      fc.property(course, (parts) => {
        let folded = floorOf(classOf({ limitS: 60 })).state;
        play(parts, (state, facts) => {
          folded = facts.reduce(apply, folded);
          expect(folded.room).toEqual(state.room);
          expect(openAlarms(folded)).toEqual(openAlarms(state));
          expect(nextDeadline(state)).toBeGreaterThan(state.at);
        });
      }),
      { numRuns: 60 },
    );
  });
});
