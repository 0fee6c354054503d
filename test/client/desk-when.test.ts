import { expect, test } from "vitest";
import { ageOn, dayOf, fieldOf, momentIn } from "../../client/desk/when.ts";

const at = new Date(2026, 2, 2, 18, 5).getTime();

test("a moment goes into a field and comes back", () => {
  expect(fieldOf(at)).toBe("2026-03-02T18:05");
  expect(momentIn(fieldOf(at))).toBe(at);
  expect(momentIn("")).toBeNull();
  expect(dayOf(at)).toBe("2 Mar 2026");
});

test.each([
  ["1990-03-01", 36],
  ["1990-03-02", 36],
  ["1990-03-03", 35],
  ["1990-12-31", 35],
  ["2026-01-01", 0],
])("whoever was born on %s is %i on 2 March 2026", (born, years) => {
  expect(ageOn(born, at)).toBe(years);
});
