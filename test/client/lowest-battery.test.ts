import { expect, test } from "vitest";
import { lowestOf } from "../../client/ui/lowest-battery.ts";

test.each([
  [[], null],
  [[null, null], null],
  [[null, 80], 80],
  [[80, 12, null], 12],
  [[0, 80], 0],
])("of the batteries %j the lowest is %s", (batteries, lowest) => {
  expect(lowestOf(batteries)).toBe(lowest);
});
