import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFacts } from "../../../server/export/facts-in.ts";
import { factsFile } from "../../../server/export/facts-out.ts";
import { type FactsHeader, factsLimits } from "../../../shared/recording/facts-file.ts";
import { cuffId, sessionId, siteId } from "../../../shared/ids.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { exportWords } from "../../../shared/view/export-words.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { lived, someClass } from "../../support/recorded-class.ts";

const header: FactsHeader = {
  ...{ format: "cuffwatch-facts", version: 1, site: siteId("main") },
  ...{ of: { kind: "session", session: sessionId("s1") }, source: "recorded", madeAt: 1_790_000_000_000 },
  ...{ from: monotonic(0), to: monotonic(9), clock: { at: monotonic(0), wall: wallTime(1e12) } },
  ...{ sessions: [], patient: null, start: null },
  holes: [{ from: monotonic(1), to: monotonic(2), cuff: cuffId("cuff-1"), why: "damaged" }],
};
const file = (lines: readonly Line[], head: FactsHeader = header): Buffer =>
  Buffer.concat([...factsFile(head, lines)]);

const [some] = fc.sample(someClass, { numRuns: 1, seed: 11 });
const { lines } = lived(some ?? []);
const whole = file(lines);
const text = whole.toString();
const rows = text.split("\n");

/** The same file with other lines, closed anew: what is wrong with it is not that it was changed. */
const closed = (content: readonly string[]): Buffer => {
  const before = content.map((line) => `${line}\n`).join("");
  const sha256 = createHash("sha256").update(before).digest("hex");
  return Buffer.from(
    `${before}${JSON.stringify({ end: "cuffwatch-facts", facts: content.length - 1, sha256 })}\n`,
  );
};
const reasonOf = (bytes: Uint8Array, limits = factsLimits): string => {
  const read = readFacts(bytes, limits);
  return read.ok ? "taken" : read.problem.reason;
};
const refusal = (bytes: Uint8Array, limits = factsLimits): unknown => {
  const read = readFacts(bytes, limits);
  return read.ok ? "taken" : read.problem;
};

describe("a recording as a file", () => {
  test("comes back as it went out, whatever was recorded", () => {
    fc.assert(
      fc.property(someClass, (events) => {
        const life = lived(events);
        expect(readFacts(file(life.lines))).toEqual({ ok: true, value: { header, lines: life.lines } });
      }),
      { numRuns: 15 },
    );
  });

  test("comes in pieces, and an empty one is whole as well", () => {
    expect([...factsFile(header, lines)].length).toBeGreaterThan(1);
    expect(readFacts(file([]))).toEqual({ ok: true, value: { header, lines: [] } });
  });

  test("that was cut off anywhere is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(reasonOf(whole.subarray(0, length))).not.toBe("taken");
      }),
      { numRuns: 60 },
    );
  });

  test("in which any byte was changed is refused", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, by) => {
          const other = Buffer.from(whole);
          other[at] = (other[at] ?? 0) ^ by;
          expect(reasonOf(other)).not.toBe("taken");
        },
      ),
      { numRuns: 60 },
    );
  });

  test("names the line and the field that are wrong", () => {
    const bad = rows.slice(0, -2);
    const at = bad.findIndex((row) => row.includes('"dt":100'));
    bad[at] = bad[at]?.replace('"dt":100', '"dt":"fast"') ?? "";
    expect(refusal(closed(bad))).toMatchObject({ line: at + 1, field: "fact.message.dt" });
  });

  test("in which a line was taken out, doubled or put elsewhere is refused", () => {
    const [head = "", ...facts] = rows.slice(0, -2);
    const [first = "", second = "", ...others] = facts;
    expect(refusal(closed([head, second, first, ...others]))).toMatchObject({ line: 3, field: "id" });
    expect(refusal(closed([head, first, first]))).toMatchObject({ line: 3, field: "id" });
    expect(refusal(Buffer.from([head, second, ...others, ...rows.slice(-2)].join("\n")))).toMatchObject({
      field: "sha256",
    });
    const later = second.replaceAll(/"at":[^,]*/g, '"at":-1');
    expect(refusal(closed([head, first, later]))).toMatchObject({ line: 3, field: "at" });
  });

  test("that an editor has saved with its own mark before the first letter was changed on its way", () => {
    const saved = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(rows.join("\n"))]);
    expect(refusal(saved)).toMatchObject({ line: 1, reason: exportWords.changed });
  });

  test("of another version is refused with both versions", () => {
    const other = closed([JSON.stringify({ ...header, version: 2 })]);
    expect(refusal(other)).toMatchObject({ line: 1, field: "version" });
    expect(reasonOf(other)).toContain("version 2");
    expect(refusal(closed([JSON.stringify({ ...header, version: null })]))).toMatchObject({
      field: "version",
    });
  });

  test("with a header that does not fit is refused with its field", () => {
    expect(refusal(closed([JSON.stringify({ ...header, site: "../x" })]))).toMatchObject({
      line: 1,
      field: "site",
    });
    expect(refusal(closed([JSON.stringify({ ...header, more: 1 })]))).toMatchObject({ line: 1 });
  });

  test.each([
    ["nothing", "", "empty"],
    ["a picture", "\x89PNG\r\n\x1a\n", "a picture"],
    ["gzip", "\x1f\x8b\x08\x00", "compressed"],
    ["a workbook", "PK\x03\x04", "ZIP"],
    ["a web page", "<!doctype html><html>", "a web page"],
    ["a class file", '{"version":1,"stations":[]}', "a class file"],
    ["a bundle", '{"resourceType":"Bundle"}', "FHIR"],
    ["other JSON", "[1,2]\n", "JSON"],
    ["NUL bytes", "\0".repeat(50), "no text"],
    ["a table", "time_s,pressure\n0,1\n", "text"],
  ])("%s is said to be none", (_what, content, what) => {
    expect(reasonOf(Buffer.from(content, "latin1"))).toContain(what);
  });

  test("larger than is taken is refused with the limit", () => {
    expect(reasonOf(whole, { ...factsLimits, bytes: 1000 })).toContain("1 MiB are taken at most");
    expect(reasonOf(whole, { ...factsLimits, lines: 3 })).toContain("3 facts");
    expect(
      refusal(closed([rows[0] ?? "", " ".repeat(2000)]), { ...factsLimits, lineBytes: 1000 }),
    ).toMatchObject({
      line: 2,
    });
    expect(refusal(whole, { ...factsLimits, headerBytes: 100 })).toMatchObject({ line: 1 });
  });
});
