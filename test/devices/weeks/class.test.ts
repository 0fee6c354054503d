/** Sessions of the demonstration's weeks as the engine saw them. */
import { describe, expect, test } from "vitest";
import { apply, newState } from "../../../shared/engine.ts";
import { siteId } from "../../../shared/ids.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { allCuffs } from "../../../shared/session/cuffs.ts";
import type { Fact, FactKind } from "../../../shared/session/fact.ts";
import type { SessionPlan } from "../../../devices/weeks/plan.ts";
import { linesOf } from "../../../devices/weeks/class.ts";
import { demoWeeks, livedAlone } from "../../support/weeks.ts";

const weeks = demoWeeks();
const min = 60_000;

const of = <K extends FactKind>(lines: readonly Line[], kind: K): readonly Extract<Fact, { kind: K }>[] =>
  lines.flatMap(({ fact }) => (fact.kind === kind ? [fact as Extract<Fact, { kind: K }>] : []));
const alarmsIn = (lines: readonly Line[]): readonly string[] =>
  of(lines, "alarm-raised").map(({ occurrence }) => occurrence.condition);
const isQuiet = ({ trouble, check, cuffs }: SessionPlan): boolean =>
  trouble === null && check.red.length === 0 && cuffs.every(({ model }) => model.regulation !== null);
const named = (part: string) => (one: SessionPlan) => isQuiet(one) && one.programme.name.includes(part);

describe.each([
  ["Giles", 2, [11, 15]],
  ["Constantinou", 2, [11, 15]],
  ["ACL reconstruction, first weeks", 5, [24, 28]],
  ["Hughes", 1, [6, 8]],
  ["arm curl", 1, [6, 8]],
  ["Aerobic", 1, [14, 16]],
] as const)("a quiet session of %s", (part, inflations, [least, most]) => {
  const { lines, session } = livedAlone(weeks, named(part));
  const [finished] = of(lines, "finished");

  test("is completed, with every set of the plan done", () => {
    expect(finished?.outcome).toBe("completed");
    const sets = finished?.seat.visit.exercises.reduce((sum, { rounds }) => sum + rounds, 0);
    expect(finished?.seat.visit.setsDone).toHaveLength(sets ?? 0);
  });
  test("restricts each limb for as long as the plan says", () => {
    expect(of(lines, "inflated")).toHaveLength(inflations * session.cuffs.length);
    for (const { total } of finished?.restricted ?? []) {
      expect(total / min).toBeGreaterThan(least);
      expect(total / min).toBeLessThan(most);
    }
  });
  test("raises nothing but the countdown to the release", () => {
    expect(new Set(alarmsIn(lines))).toEqual(new Set(alarmsIn(lines).length > 0 ? ["release-soon"] : []));
  });
  test("ends with every cuff down, and folds to what it was", () => {
    const state = lines.reduce((s, { fact }) => apply(s, fact), newState(siteId("main")));
    expect(allCuffs(state.cuffs).filter((c) => c.occlusion !== null)).toEqual([]);
    expect(state.class.running).toBeNull();
    expect(state.class.seats).toEqual([]);
  });
});

const withTrouble = (kind: string) => livedAlone(weeks, ({ trouble }) => trouble?.kind === kind);

test("an overrun is answered late, and the cuff is let down by command", () => {
  const { lines } = withTrouble("stays-up");
  const raised = of(lines, "alarm-raised").find(({ occurrence }) => occurrence.condition === "overrun");
  const answered = of(lines, "alarm-acknowledged").find(({ id }) => id === raised?.occurrence.id);
  expect((answered?.at ?? 0) - (raised?.at ?? 0)).toBeGreaterThan(60_000);
  expect(of(lines, "ordered-down").map(({ order }) => order)).toEqual(["release"]);
});

test("a leak of a cuff that does not regulate itself is told as drift", () => {
  expect(alarmsIn(withTrouble("leak").lines)).toContain("drift");
});

test("a lost link is told as silence, and what was missed comes afterwards", () => {
  const { lines } = withTrouble("cut");
  expect(alarmsIn(lines).filter((condition) => condition === "silent")).toHaveLength(1);
  const late = of(lines, "samples").filter(({ quality }) => quality === "historic");
  expect(late.length).toBeGreaterThan(80);
  // Every message of the cuff is there in the end.
  const first = late[0]?.cuff;
  const numbers = of(lines, "samples").flatMap(({ cuff, message }) => (cuff === first ? [message.seq] : []));
  expect(new Set(numbers).size).toBe(Math.max(...numbers) - Math.min(...numbers) + 1);
});

test("a cuff is swapped while it is down, and the session goes on with the other one", () => {
  const { lines, session } = withTrouble("swap");
  const [swapped] = of(lines, "cuff-swapped");
  expect(swapped?.from).toBe(session.cuffs[0]?.worn.cuff);
  const cuffs = of(lines, "inflated").map(({ cuff }) => cuff);
  expect(cuffs).toEqual([swapped?.from, swapped?.to]);
  expect(of(lines, "finished")[0]?.outcome).toBe("completed");
});

test("whoever is dizzy is let down at once, and the session ends early", () => {
  const { lines } = withTrouble("dizzy");
  expect(alarmsIn(lines)).toContain("stop-advised");
  const [finished] = of(lines, "finished");
  expect(finished?.outcome).toBe("stopped-early");
  expect(finished?.reason).not.toBe("");
});

test("a red check stops the session until a physiotherapist overrides it with a reason", () => {
  const { lines } = livedAlone(weeks, ({ check }) => check.red.length > 0);
  const checks = of(lines, "checked").map(({ check }) => check);
  expect(checks.map(({ override }) => override === null)).toEqual([true, false]);
  const [begun] = of(lines, "set-begun");
  expect(begun?.at).toBeGreaterThan(checks[1]?.at ?? Infinity);
});

test("the same plan gives the same lines", () => {
  const [first] = weeks.classes;
  const one = first === undefined ? null : { ...first, sessions: first.sessions.slice(0, 1) };
  expect(one).not.toBeNull();
  if (one !== null) expect(linesOf(one, "main")).toEqual(linesOf(one, "main"));
});
