import { expect, test } from "vitest";
import { merged, same } from "../../client/desk/merge.ts";

const base = { name: "Plan", notes: "", exercises: [{ key: 1, name: "Leg press" }] };

test("what only one of two has changed stands in the result", () => {
  expect(merged(base, { ...base, name: "Mine" }, { ...base, notes: "theirs" })).toEqual({
    draft: { ...base, name: "Mine", notes: "theirs" },
    conflicts: [],
    taken: ["notes"],
  });
});

test("what both have changed stays as I typed it, and is told", () => {
  const both = merged(base, { ...base, name: "Mine" }, { ...base, name: "Theirs" });
  expect(both.draft.name).toBe("Mine");
  expect(both.conflicts).toEqual([{ field: "name", mine: "Mine", theirs: "Theirs" }]);
  expect(both.taken).toEqual([]);
});

test("the same change by both is no conflict", () => {
  const both = merged(base, { ...base, name: "Same" }, { ...base, name: "Same" });
  expect(both.conflicts).toEqual([]);
});

test("what names a row on the screen is no change", () => {
  expect(same({ key: 1, name: "a" }, { key: 2, name: "a" })).toBe(true);
  expect(same([{ key: 1, name: "a" }], [{ key: 1, name: "b" }])).toBe(false);
  expect(same(undefined, undefined)).toBe(true);
});
