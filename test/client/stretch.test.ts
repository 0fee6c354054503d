import { expect, test } from "vitest";
import { dayIn, dayText, stretchOf } from "../../client/summary/stretch.ts";

const at = (text: string): number => new Date(`${text}T15:00`).getTime();
const days = (size: "day" | "week" | "month", day: string, further = 0): readonly string[] => {
  const { from, to } = stretchOf(size, at(day), further);
  return [dayText(from), dayText(to)];
};

test.each([
  ["day", "2026-03-01", 0, ["2026-03-01", "2026-03-02"]],
  ["day", "2026-03-01", -1, ["2026-02-28", "2026-03-01"]],
  // A Sunday is the last day of its week.
  ["week", "2026-03-01", 0, ["2026-02-23", "2026-03-02"]],
  ["week", "2026-03-02", 1, ["2026-03-09", "2026-03-16"]],
  ["month", "2026-01-31", 1, ["2026-02-01", "2026-03-01"]],
  ["month", "2026-01-31", -1, ["2025-12-01", "2026-01-01"]],
] as const)("the %s of %s, %i further", (size, day, further, is) => {
  expect(days(size, day, further)).toEqual(is);
});

test("a day in an address is its beginning, and anything else is none", () => {
  const noon = dayIn("2026-03-02");
  expect(noon === null ? null : dayText(noon)).toBe("2026-03-02");
  for (const text of [null, "", "yesterday", "2026-13-40", "1900-01-01"]) expect(dayIn(text)).toBeNull();
});
