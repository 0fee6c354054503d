import { describe, expect, test } from "vitest";
import {
  type FollowUp,
  followUpAnswers,
  followUpQuestions,
  type FollowUpQuestion,
} from "../../../shared/clinic/follow-up.ts";
import {
  blocks,
  dueAt,
  followUpState,
  type FollowUpState,
  redAnswers,
  yesAnswers,
} from "../../../shared/clinic/follow-up-rules.ts";

const hour = 3_600_000;
const ended = Date.UTC(2026, 2, 2, 18, 0);
const due = dueAt("next-day", ended);

const answers = (...yes: readonly FollowUpQuestion[]): NonNullable<FollowUp["answered"]>["answers"] =>
  followUpAnswers.parse(
    Object.fromEntries(
      Object.keys(followUpQuestions).map((q) => [q, yes.some((y) => y === q) ? "yes" : "no"]),
    ),
  );
const answered = (at: number, ...yes: readonly FollowUpQuestion[]): FollowUp["answered"] => ({
  ...{ answers: answers(...yes), remark: "", at, by: "Aidan" },
});
const cleared = (at: number): FollowUp["cleared"] => ({ by: "Aidan", at, reason: "seen by the GP" });
const state = (now: number, parts: Partial<FollowUp> = {}): FollowUpState =>
  followUpState({ dueAt: due, answered: null, cleared: null, ...parts }, now);

test("an evening's patient is asked the next morning, and again after 72 hours", () => {
  expect(new Date(due).toISOString()).toBe("2026-03-03T10:00:00.000Z");
  expect(new Date(dueAt("72-hours", ended)).toISOString()).toBe("2026-03-05T18:00:00.000Z");
});

describe("a follow-up", () => {
  test.each<[string, number, FollowUpState]>([
    ["waits until it is due", due - 1, "waiting"],
    ["is due from then on", due, "due"],
    ["is due for a day", due + 24 * hour - 1, "due"],
    ["and is missing after that", due + 24 * hour, "missing"],
  ])("%s", (_, now, expected) => {
    expect(state(now)).toBe(expected);
  });

  test("is answered where nothing red was said, whatever the time", () => {
    expect(state(due - 1, { answered: answered(due - 2) })).toBe("answered");
    expect(state(due + 99 * hour, { answered: answered(due, "bruising", "numbness") })).toBe("answered");
  });

  test("is red after one red answer, until somebody clears it", () => {
    const red = answered(due, "dark-urine");
    expect(state(due, { answered: red })).toBe("red");
    expect(state(due + 1, { answered: red, cleared: cleared(due + 1) })).toBe("cleared");
  });

  test("is red again where red answers come after it was cleared", () => {
    expect(state(due + 2, { answered: answered(due + 2, "swelling"), cleared: cleared(due + 1) })).toBe(
      "red",
    );
  });

  test("that nobody answered can be cleared", () => {
    expect(state(due + 99 * hour, { cleared: cleared(due + 98 * hour) })).toBe("cleared");
  });
});

test("what is due, missing or red blocks the next session; nothing else does", () => {
  const all: readonly FollowUpState[] = ["waiting", "due", "missing", "answered", "red", "cleared"];
  expect(all.filter(blocks)).toEqual(["due", "missing", "red"]);
});

test("pain, weakness, dark urine, swelling and warmth are red; bruising and numbness are not", () => {
  const everything = Object.keys(followUpQuestions) as FollowUpQuestion[];
  expect(redAnswers(answers(...everything))).toEqual([
    "pain",
    "weakness",
    "dark-urine",
    "swelling",
    "warmth",
  ]);
  expect(yesAnswers(answers("bruising", "pain"))).toEqual(["pain", "bruising"]);
  expect(redAnswers(answers())).toEqual([]);
});
