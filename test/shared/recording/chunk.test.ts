import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DataMessage } from "../../../shared/cuff/message.ts";
import { cuffId, epoch } from "../../../shared/ids.ts";
import {
  type Chunk,
  encodeChunk,
  fromParts,
  type Opened,
  openChunk,
  partsOf,
} from "../../../shared/recording/chunk.ts";
import { BitWriter } from "../../../shared/recording/coder.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { Column } from "../../../shared/recording/whole.ts";
import { millis, mmhg, monotonic } from "../../../shared/units.ts";
import { anyLines, asJson, lineOf, plausibleLines } from "./some-lines.ts";

const opened = (bytes: Uint8Array): Chunk => {
  const chunk = openChunk(bytes);
  if (!chunk.ok) throw new Error(chunk.error.detail);
  return chunk.value;
};
const linesIn = (chunk: Chunk): readonly Line[] =>
  Array.from({ length: chunk.length }, (_, row) => chunk.line(row));

/** Uses everything of a chunk that could be opened. */
const usedUp = (chunk: Opened<Chunk>): number =>
  chunk.ok ? linesIn(chunk.value).length + chunk.value.samples.length : chunk.error.detail.length;

describe("a chunk", () => {
  test("gives back plausible lines of a class", () => {
    const lines = plausibleLines(2000);
    expect(linesIn(opened(encodeChunk(lines)))).toStrictEqual(lines);
  });

  test("gives back any lines, as JSON would keep them", () =>
    fc.assert(
      fc.property(anyLines, (lines) => {
        expect(asJson(linesIn(opened(encodeChunk(lines))))).toStrictEqual(asJson(lines));
      }),
      { numRuns: 200 },
    ));

  test("gives back lines in any order of asking", () => {
    const lines = plausibleLines(300);
    const chunk = opened(encodeChunk(lines));
    for (let n = 0; n < 900; n++) {
      const row = (n * 7919) % lines.length;
      expect(chunk.line(row)).toStrictEqual(lines[row]);
    }
    expect(() => chunk.line(lines.length)).toThrow(RangeError);
  });

  test("is small: the noise, the jitter and the order are all that costs anything", () => {
    const samples = plausibleLines(6000).filter(({ fact }) => fact.kind === "samples");
    expect(encodeChunk(samples).length / samples.length).toBeLessThan(1.4);
  });

  test("has no rows where there are no lines", () => {
    expect(opened(encodeChunk([])).length).toBe(0);
  });

  test("is not made of lines out of order", () => {
    const [line] = plausibleLines(1);
    expect(() => encodeChunk(line === undefined ? [] : [line, line])).toThrow(RangeError);
  });

  test("has its pressures as columns, also of messages that stand as JSON and of cuffs that say plain numbers", () => {
    const cuff = cuffId("a");
    const message: DataMessage = {
      v: 1,
      boot: "b",
      seq: 7,
      m0: 1000,
      dt: 50,
      p: [1500, null, 1502],
      st: timer,
    };
    const lines = [
      lineOf(1, { kind: "samples", at: monotonic(2000), cuff, quality: "live", message }),
      lineOf(2, { kind: "forgotten", at: monotonic(2001), cuff }),
      lineOf(4, {
        kind: "basic-sample",
        at: monotonic(2002),
        cuff,
        pressure: mmhg(12.3),
        freshFor: millis(3000),
      }),
      lineOf(5, {
        kind: "samples",
        at: monotonic(2100),
        cuff,
        quality: "late",
        message: { ...message, m0: 0.5, p: [9999] },
      }),
    ];
    const { samples } = opened(encodeChunk(lines));
    expect(samples.streams).toStrictEqual([
      { cuff, boot: "b", quality: "live" },
      { cuff, boot: null, quality: null },
      { cuff, boot: "b", quality: "late" },
    ]);
    expect(samples).toStrictEqual({
      length: 3,
      streams: samples.streams,
      stream: Uint32Array.of(0, 1, 2),
      row: Uint32Array.of(0, 2, 3),
      arrival: Float64Array.of(2000, 2002, 2100),
      m0: Float64Array.of(1000, NaN, 0.5),
      dt: Float64Array.of(50, NaN, 50),
      first: Uint32Array.of(0, 3, 4, 5),
      tenths: Float32Array.of(1500, NaN, 1502, 123, 9999),
    });
  });

  test("keeps moments that are not whole, and whatever process took them in", () => {
    const lines = plausibleLines(3).map((line, n) => ({
      ...line,
      at: monotonic(line.at + n / 3),
      epoch: epoch(`e${n}`),
    }));
    expect(linesIn(opened(encodeChunk(lines)))).toStrictEqual(lines);
  });

  test("can be taken apart and put together again", () => {
    const bytes = encodeChunk(plausibleLines(20));
    const parts = partsOf(bytes);
    expect(parts.ok && fromParts(parts.value)).toStrictEqual(bytes);
    expect(parts.ok && parts.value.version).toBe(1);
  });
});

const timer: DataMessage["st"] = { phase: "occluded", tgt: 1500, occMs: 10, ep: 1 };

describe("what is no chunk", () => {
  const whole = encodeChunk(plausibleLines(40));

  test.each([
    ["foreign", "begins with other letters", () => Uint8Array.of(1, 2, 3, 4)],
    ["foreign", "begins with other letters", () => new Uint8Array(0)],
    ["version", "version 9, and version 1 is known here", () => whole.with(3, 9)],
    ["damaged", "ends too early", () => whole.subarray(0, -1)],
    ["damaged", "bytes after its end", () => Uint8Array.of(...whole, 0)],
  ])("is refused as %s: %s", (kind, words, bytes) => {
    const chunk = openChunk(bytes());
    expect(chunk).toMatchObject({ ok: false, error: { kind } });
    expect(chunk.ok ? "" : chunk.error.detail).toContain(words);
  });

  test("is refused wherever it is cut", () => {
    for (let length = 0; length < whole.length; length++)
      expect(openChunk(whole.subarray(0, length)).ok).toBe(false);
  });

  test("never throws when bytes of it are others", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (changes) => {
          const bytes = whole.slice();
          for (const [place, value] of changes) bytes[place] = value;
          expect(usedUp(openChunk(bytes))).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 800 },
    ));

  test("never throws when its parts hold anything", () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (bodies) => {
        const bytes = fromParts({ version: 1, parts: bodies.map((bytes, id) => ({ id, bytes })) });
        expect(usedUp(openChunk(bytes))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 400 },
    ));

  test.each([2 ** 16 + 1, 2 ** 40, -1])("takes no memory for %i lines that are only claimed", (rows) => {
    const out = new BitWriter();
    new Column().code(out, rows);
    expect(openChunk(withNumbers(whole, out.done()))).toMatchObject({
      ok: false,
      error: { kind: "damaged" },
    });
  });
});

const withNumbers = (chunk: Uint8Array, bytes: Uint8Array): Uint8Array => {
  const found = partsOf(chunk);
  if (!found.ok) throw new Error(found.error.detail);
  return fromParts({
    version: 1,
    parts: found.value.parts.map((part) => (part.id === 1 ? { id: 1, bytes } : part)),
  });
};
