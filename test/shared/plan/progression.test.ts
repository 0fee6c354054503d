import { describe, expect, test } from "vitest";
import { type SessionSummary, suggestion } from "../../../shared/plan/progression.ts";
import { progressionSchema } from "../../../shared/plan/programme.ts";

const rule = progressionSchema.parse({});
const session = (at: number, parts: Partial<SessionSummary> = {}): SessionSummary => ({
  ...{ at, complete: true, pain: 1, exertion: 5, loadKg: 20 },
  ...parts,
});

describe("the load", () => {
  test("goes up by the rule's share after enough good sessions, in whatever order they come", () => {
    const raised = { kind: "raise", pct: 5, fromKg: 20, toKg: 21, sessions: 2 };
    expect(suggestion(rule, [session(1), session(2)])).toEqual(raised);
    expect(suggestion(rule, [session(2), session(1), session(0, { pain: 9 })])).toEqual(raised);
  });

  test("goes up without a number where the load was not noted", () => {
    const unknown = [session(1, { loadKg: null }), session(2, { loadKg: null })];
    expect(suggestion(rule, unknown)).toMatchObject({ kind: "raise", fromKg: null, toKg: null });
  });

  test("stays until there were enough, and a new load begins the count again", () => {
    expect(suggestion(rule, [])).toEqual({ kind: "stay", why: "too-few", went: 0, needed: 2 });
    const afterRaise = [session(1), session(2), session(3, { loadKg: 21 })];
    expect(suggestion(rule, afterRaise)).toEqual({ kind: "stay", why: "too-few", went: 1, needed: 2 });
  });

  test.each<[string, Partial<SessionSummary>, unknown]>([
    ["repetitions were missing", { complete: false }, { kind: "stay", why: "repetitions" }],
    ["it was too hard", { exertion: 8 }, { kind: "stay", why: "exertion", exertion: 8, atMost: 7 }],
    ["nobody noted the pain", { pain: null }, { kind: "stay", why: "not-noted", what: "pain" }],
    ["nobody noted the exertion", { exertion: null }, { kind: "stay", why: "not-noted", what: "exertion" }],
  ])("stays where %s in one of them", (_, parts, expected) => {
    expect(suggestion(rule, [session(1, parts), session(2)])).toEqual(expected);
    expect(suggestion(rule, [session(1), session(2, parts)])).toEqual(expected);
  });

  test("stays no longer for repetitions where the rule does not ask for all", () => {
    const some = [session(1, { complete: false }), session(2)];
    expect(suggestion({ ...rule, allRepetitions: false }, some).kind).toBe("raise");
  });

  test("is looked into where it hurt, before anything else is said", () => {
    expect(suggestion(rule, [session(2, { pain: 4, complete: false })])).toEqual({
      ...{ kind: "look", pain: 4, atMost: 3 },
    });
    expect(suggestion(rule, [session(1, { pain: 6 }), session(2)])).toMatchObject({ kind: "look", pain: 6 });
    expect(suggestion(rule, [session(1, { pain: 3 }), session(2, { pain: 3 })]).kind).toBe("raise");
  });
});
