import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPressures, tableLimits } from "../../../server/import/read-pressures.ts";
import { csvRow } from "../../../server/http/csv.ts";

const read = (text: string, wishes: Parameters<typeof readPressures>[1] = {}, limits = tableLimits) =>
  readPressures(Buffer.from(text), wishes, limits);
const taken = (text: string, wishes: Parameters<typeof readPressures>[1] = {}) => {
  const answer = read(text, wishes);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.value;
};
const problems = (text: string, wishes: Parameters<typeof readPressures>[1] = {}, limits = tableLimits) => {
  const answer = read(text, wishes, limits);
  return answer.ok ? [] : answer.problems;
};

describe("a table of pressure over time", () => {
  test.each([
    ["seconds and mmHg", "time_s,pressure_mmhg\n0,100\n0.5,101.5\n", [0, 500], [100, 101.5]],
    ["milliseconds by the name", "t [ms],cuff pressure\n0,100\n100,101\n", [0, 100], [100, 101]],
    ["milliseconds by their size", "time,p\n1000,100\n1100,101\n", [0, 100], [100, 101]],
    ["whole seconds", "time,p\n1,100\n2,101\n", [0, 1000], [100, 101]],
    ["kPa", "s,Pressure (kPa)\n0,10\n1,20\n", [0, 1000], [75, 150]],
    ["cmH2O", "s;pressure cmH2O\n0;100\n1;200\n", [0, 1000], [73.6, 147.1]],
    ["a decimal comma", "Zeit (s);Druck (mmHg)\n0,0;100,5\n0,1;101,5\n", [0, 100], [100.5, 101.5]],
    ["tabs", "time\tp\n0\t100\n1\t101\n", [0, 1000], [100, 101]],
    ["no header", "0,100\n1,101\n", [0, 1000], [100, 101]],
    ["a clock", "clock,p\n10:00:59.5,100\n10:01:00,101\n", [0, 500], [100, 101]],
    ["minutes and seconds", "0:59,100\n1:00,101\n", [0, 1000], [100, 101]],
    ["midnight", "clock,p\n23:59:59,100\n00:00:00,101\n", [0, 1000], [100, 101]],
    [
      "moments with a date",
      "time,p\n2026-03-01T10:00:00Z,100\n2026-03-01T11:00:01+01:00,101\n",
      [0, 1000],
      [100, 101],
    ],
    ["a mark at the beginning", "\ufefftime_s,pressure\r\n0,100\r\n1,101\r\n", [0, 1000], [100, 101]],
    ["quotes", '"time, s","pressure"\n"0","100"\n"1","101"', [0, 1000], [100, 101]],
    ["empty pressures", "time_s,pressure\n0,100\n1,\n2,101\n", [0, 1000, 2000], [100, null, 101]],
    [
      "other columns, in another order",
      "id,p_mmhg,note,time_ms\na,100,,5\nb,101,,105\n",
      [0, 100],
      [100, 101],
    ],
    ["empty lines", "\ntime_s,p\n\n0,100\n\n1,101\n\n", [0, 1000], [100, 101]],
  ])("with %s is read", (_what, text, ms, mmhg) => {
    expect(taken(text)).toMatchObject({ ms, mmhg });
  });

  test("is read as it is told to be", () => {
    const text = "a,b,c\n1,10,100\n2,20,200\n";
    const wishes = { timeColumn: 1, pressureColumn: 2, timeUnit: "ms", pressureUnit: "mmHg" } as const;
    expect(taken(text, wishes)).toMatchObject({ ms: [0, 10], mmhg: [100, 200] });
    expect(taken("0,5;100,5\n1,5;101,5\n", { separator: "semicolon", decimal: "comma" }).ms).toEqual([
      0, 1000,
    ]);
  });

  test("says when it began, where it tells", () => {
    expect(taken("time,p\n2026-03-01T10:00:00Z,1\n2026-03-01T10:00:01Z,2\n").startedAt).toBe(
      Date.UTC(2026, 2, 1, 10),
    );
    expect(taken("time_ms,p\n1790000000000,1\n1790000000100,2\n").startedAt).toBe(1_790_000_000_000);
    expect(taken("time_s,p\n0,1\n1,2\n").startedAt).toBeNull();
  });

  test("says how it was understood, and where nothing was recorded", () => {
    const { understood } = taken("time_s,p\n0,100\n1,140\n2,120\n30,90\n31,90\n");
    expect(understood).toMatchObject({
      ...{ separator: "comma", decimal: "point", header: true, columns: ["time_s", "p"] },
      ...{ time: { column: 0, unit: "s" }, pressure: { column: 1, unit: "mmHg" } },
      ...{ intervalMs: 1000, gaps: 1, lowestMmhg: 90, highestMmhg: 140 },
    });
  });

  test.each([
    ["a time that goes back", "s,p\n1,100\n0,100\n", 3, "time"],
    ["a time twice", "s,p\n1,100\n1,100\n", 3, "time"],
    ["a formula", "s,p\n0,100\n1,=1+1\n", 3, "pressure"],
    ["a formula that hides", 's,p\n0,100\n1,"=HYPERLINK(""x"")"\n', 3, "pressure"],
    ["text", "s,p\n0,100\n1,high\n", 3, "pressure"],
    ["a pressure in the wrong unit", "s,p\n0,100\n1,16000\n", 3, "pressure"],
    ["no time", "s,p\n0,100\n,100\n", 3, "time"],
    ["a short line", "s,p\n0,100\n1\n", 3, null],
    ["an open quote", 's,p\n0,100\n"1,100\n', 3, null],
    ["more than half a day", "s,p\n0,100\n99999,100\n", 3, "time"],
  ])("with %s is refused with the line", (_what, text, line, field) => {
    expect(problems(text)[0]).toMatchObject({ line, field });
  });

  test("tells every wrong line, and after twenty has told enough", () => {
    const lines = Array.from({ length: 100 }, (_, i) => `${i},high`).join("\n");
    expect(problems(`s,p\n${lines}\n`)).toHaveLength(20);
  });

  test.each([
    ["nothing", "", "empty"],
    ["a picture", "\x89PNG\r\n\x1a\n", "a picture"],
    ["gzip", "\x1f\x8b\x08", "compressed"],
    ["a web page", "<html>", "a web page"],
    ["NUL bytes far inside", `s,p\n${"0,1\n".repeat(2000)}\0`, "no text"],
    ["a sentence", "hello", "one column"],
    ["a head alone", "time_s,pressure\n", "no two samples"],
  ])("%s is said to be none", (_what, text, what) => {
    const answer = readPressures(Buffer.from(text, "latin1"));
    expect(answer.ok ? "" : answer.problems[0]?.reason).toContain(what);
  });

  test("of a million columns, or of one endless line, is refused at once", () => {
    expect(problems("0,".repeat(20_000))[0]?.reason).toContain("200 columns");
    expect(problems("0,".repeat(1_000_000))[0]?.reason).toContain("64 KiB");
    expect(problems(`"${"x\n".repeat(100_000)}`)[0]?.reason).toContain("64 KiB");
  });

  test("that is too large, or too long, is refused with the limit", () => {
    expect(problems("s,p\n0,1\n1,2\n", {}, { ...tableLimits, bytes: 5 })[0]?.reason).toContain(
      "are taken at most",
    );
    expect(problems("s,p\n0,1\n1,2\n", {}, { ...tableLimits, samples: 1 })[0]).toMatchObject({ line: 3 });
  });

  test("that this server wrote comes back with the same values", () => {
    const samples = fc.array(
      fc.record({ step: fc.integer({ min: 1, max: 5000 }), tenths: fc.integer({ min: -200, max: 6000 }) }),
      { minLength: 2, maxLength: 50 },
    );
    fc.assert(
      fc.property(samples, (some) => {
        let at = 0;
        const rows = some.map(({ step, tenths }) => [(at += step), tenths / 10] as const);
        const text = csvRow(["time_ms", "pressure_mmhg"]) + rows.map(csvRow).join("");
        const first = rows[0]?.[0] ?? 0;
        expect(taken(text)).toMatchObject({
          ms: rows.map(([ms]) => ms - first),
          mmhg: rows.map(([, p]) => p),
        });
      }),
      { numRuns: 50 },
    );
  });

  test("never throws, whatever it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(typeof readPressures(bytes).ok).toBe("boolean");
      }),
    );
  });
});
