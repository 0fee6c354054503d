import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRow } from "../../../server/http/csv.ts";
import { parseCsv } from "../../support/csv.ts";

test.each([
  ["plain", "plain"],
  ["Müller, Jörg", '"Müller, Jörg"'],
  ['the "other" one', '"the ""other"" one"'],
  ["two\r\nlines", '"two\r\nlines"'],
  ["=1+1", "'=1+1"],
  ["+49", "'+49"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", '"\'\tx"'],
  ["a;=2+5", '"a;=2+5"'],
  ["\n=1+1", '"\'\n=1+1"'],
  ["\rx", '"\'\rx"'],
  ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ["\uff1d1+1", "'\uff1d1+1"],
  ["\uff0b1", "'\uff0b1"],
  ["\uff0d1", "'\uff0d1"],
  ["\uff20SUM(A1)", "'\uff20SUM(A1)"],
  ["  =1+1", "'  =1+1"],
  ["\u00a0\u200b=1+1", "'\u00a0\u200b=1+1"],
  ["\ufeff@x", "'\ufeff@x"],
  ["\0=1+1", "'\0=1+1"],
  [-1.5, "-1.5"],
  [0, "0"],
  [false, "false"],
  [null, ""],
])("%j stands there as %s", (cell, written) => {
  expect(csvRow([cell])).toBe(`${written}\r\n`);
});

test("whatever is written is read again, and nothing begins like a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
      const read = parseCsv(rows.map(csvRow).join(""));
      const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;
      expect(read).toEqual(rows.map((row) => row.map((cell) => (formula.test(cell) ? `'${cell}` : cell))));
      for (const cell of read.flat()) expect(cell).not.toMatch(formula);
    }),
  );
});
