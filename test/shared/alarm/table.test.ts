import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rendered } from "../../../server/alarms.ts";
import { limitsOf, usualLimits } from "../../../shared/alarm/limits.ts";
import { conditions } from "../../../shared/alarm/policy.ts";
import { alarmTable, alarmTables } from "../../../shared/alarm/table.ts";

const page = readFileSync(new URL("../../../docs/alarms.md", import.meta.url), "utf8");
/** What stands in the tables of a page, however wide its columns are. */
const cells = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^[| -]+$/.test(line))
    .map((line) => line.replaceAll(/ +/g, " "));

test("the page says what the engine does; npm run alarms -- table --write renders it", () => {
  expect(cells(page)).toEqual(cells(rendered(page)));
  expect(cells(rendered(page))).toEqual(expect.arrayContaining(cells(alarmTables(usualLimits))));
});

test("has a row for each condition", () => {
  expect(alarmTable(usualLimits).map((row) => row.condition)).toEqual([...conditions]);
});

test("shows what a clinic has chosen", () => {
  const row = alarmTable(limitsOf({ fullOcclusionForS: 2 })).find((r) => r.condition === "full-occlusion");
  expect(row?.delay).toBe("2 s");
  expect(alarmTables(limitsOf({ pauseForS: 60 }))).toContain("| 60 s | 30 | 120 |");
});
