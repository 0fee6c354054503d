import { expect, test } from "vitest";
import { logWords as words } from "../../../shared/view/log-words.ts";

test("of a priority that nobody answered nothing is said", () => {
  expect(words.responseWhat("12 s", "1 min")).toBe(
    "Of those answered at all. 9 in 10: high within 12 s, medium within 1 min.",
  );
  expect(words.responseWhat("12 s", null)).toBe("Of those answered at all. 9 in 10: high within 12 s.");
  expect(words.responseWhat(null, null)).toBe("Of those answered at all.");
});
