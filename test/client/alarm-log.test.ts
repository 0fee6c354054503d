import { describe, expect, test } from "vitest";
import {
  addressOf,
  everything,
  type Filter,
  filterIn,
  isNarrow,
  queryOf,
} from "../../client/alarms/filter.ts";
import { joined, type Listed } from "../../client/alarms/listed.ts";
import { historiesOf } from "../../shared/alarm/history.ts";
import { isAboutAlarm } from "../../shared/session/fact.ts";
import { monotonic } from "../../shared/units.ts";
import { raised, wallAt } from "../support/alarm-facts.ts";

describe("the filter of the log", () => {
  const narrow: Filter = { ...everything, range: "week", patient: "Zoë & Co.", priority: "high" };

  test("stands in the address, beside what else stands there, and is read from it again", () => {
    const address = addressOf(narrow, "?theme=light&cuff=old");
    expect(new URLSearchParams(address).get("theme")).toBe("light");
    expect(filterIn(address)).toEqual(narrow);
    expect(addressOf(everything, address)).toBe("?theme=light");
    expect(filterIn("?range=century&from=x")).toEqual({ ...everything, from: "x" });
  });

  test("is narrow where it leaves out alarms of its range", () => {
    expect(isNarrow(narrow)).toBe(true);
    expect(isNarrow({ ...everything, range: "hour" })).toBe(false);
  });

  test.each<[Partial<Filter>, Record<string, string>]>([
    [{ range: "hour" }, { from: new Date(2026, 10, 22, 13, 30).toISOString() }],
    [{ range: "today" }, { from: new Date(2026, 10, 22).toISOString() }],
    [
      { range: "week", cuff: "cuff-01" },
      { from: new Date(2026, 10, 16).toISOString(), cuff: "cuff-01" },
    ],
    [
      { range: "custom", from: "2026-11-01T08:00", to: "2026-11-01T12:00" },
      { from: new Date(2026, 10, 1, 8).toISOString(), to: new Date(2026, 10, 1, 12).toISOString() },
    ],
    [{ range: "custom", from: "", to: "" }, {}],
  ])("%j asks the server for %j", (filter, query) => {
    const now = new Date(2026, 10, 22, 14, 30).getTime();
    expect(Object.fromEntries(queryOf({ ...everything, ...filter }, now))).toEqual(query);
  });
});

describe("news of the log", () => {
  /** Occurrences by the second in which they were raised; `there` says that they are still there. */
  const list = (seconds: readonly number[], more: boolean): Listed => {
    const told = seconds.flatMap((second) => {
      const { wall, fact } = raised(second, `alarm ${second}`);
      return isAboutAlarm(fact) ? [{ id: second, wall, fact }] : [];
    });
    const { histories } = historiesOf(told, { at: monotonic(1_000_000), wall: wallAt(1000) });
    return { entries: histories, next: more ? (histories.at(-1)?.key ?? null) : null };
  };
  const secondsIn = ({ entries }: Listed): readonly number[] => entries.map((h) => h.raised.at / 1000);

  test.each<[string, Listed, Listed, readonly number[], number | null]>([
    ["nothing was there", list([], false), list([9, 8], true), [9, 8], 8],
    ["one was raised", list([9, 8], true), list([10, 9, 8, 7], true), [10, 9, 8], 8],
    ["one was raised where all are listed", list([9, 8], false), list([10, 9, 8], false), [10, 9, 8], null],
    [
      "more was listed than was read again",
      list([9, 8, 7, 6], true),
      list([10, 9, 8], true),
      [10, 9, 8, 7, 6],
      6,
    ],
    ["the last has left the range", list([9, 8, 7], true), list([10, 9, 8], false), [10, 9, 8], null],
    ["everything is another", list([9, 8], true), list([20, 19], true), [20, 19], 19],
  ])("%s", (_, before, newest, seconds, next) => {
    const after = joined(before, newest);
    expect(secondsIn(after)).toEqual(seconds);
    expect(after.next).toBe(next === null ? null : `${wallAt(next)}.${next}`);
  });
});
