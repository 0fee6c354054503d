import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cuffId, sessionId, siteId } from "../../../shared/ids.ts";
import { encodeChunk, openChunk } from "../../../shared/recording/chunk.ts";
import { type Head, openRecording, packRecording } from "../../../shared/recording/container.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { inTurn, type Lines, linesFrom, linesOf } from "../../../shared/recording/lines.ts";
import { monotonic } from "../../../shared/units.ts";
import { asJson, lineOf, plausibleLines } from "./some-lines.ts";

const head: Head = {
  ...{ of: { kind: "session", session: sessionId("s-1") }, site: siteId("main"), log: 0 },
  ...{ from: monotonic(1000), to: monotonic(90_000), running: true, lastId: 77 },
  start: { afterId: 3, format: 10, state: '{"room":"Übung"}' },
  holes: [{ from: monotonic(5), to: monotonic(6), cuff: cuffId("a"), why: "damaged" }],
};

const listen = (id: number, at: number): Line =>
  lineOf(id, { kind: "listening", at: monotonic(at), cuff: null, screens: id });

const all = (lines: Lines): readonly Line[] => Array.from({ length: lines.length }, (_, i) => lines.line(i));

const chunksOf = (parts: readonly (readonly Line[])[]) =>
  parts.map((part) => {
    const chunk = openChunk(encodeChunk(part));
    if (!chunk.ok) throw new Error(chunk.error.detail);
    return chunk.value;
  });

describe("a recording", () => {
  test("gives back its head, and the lines of all its chunks in one order", () => {
    const lines = plausibleLines(600);
    const [even, odd] = [lines.filter((_, i) => i % 2 === 0), lines.filter((_, i) => i % 2 === 1)];
    const late = [listen(1_000_000, 900_000)];
    const found = openRecording(packRecording(head, [late, odd, even, []].map(encodeChunk)));
    if (!found.ok) throw new Error(found.error.detail);
    expect(found.value.head).toStrictEqual(head);
    expect(all(found.value.lines)).toStrictEqual([...lines, ...late]);
  });

  test("is refused when it is of another kind, another version, or not whole", () => {
    const bytes = packRecording(head, [encodeChunk(plausibleLines(5))]);
    const kindOf = (of: Uint8Array): string => {
      const found = openRecording(of);
      return found.ok ? "ok" : found.error.kind;
    };
    expect(kindOf(bytes)).toBe("ok");
    expect(kindOf(encodeChunk([]))).toBe("foreign");
    expect(kindOf(bytes.with(3, 2))).toBe("version");
    expect(kindOf(Uint8Array.of(...bytes, 1))).toBe("damaged");
    for (let length = 4; length < bytes.length; length++)
      expect(["damaged", "foreign"]).toContain(kindOf(bytes.subarray(0, length)));
  });

  test("never throws when bytes of it are others", () => {
    const bytes = packRecording(head, [plausibleLines(20), [listen(1, 1)]].map(encodeChunk));
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (place, value) => {
        const found = openRecording(bytes.with(place, value));
        expect(found.ok ? all(found.value.lines).length : found.error.detail.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test("is refused when it is anything else", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => !openRecording(bytes).ok),
      { numRuns: 100 },
    ));
});

describe("lines", () => {
  const ids = fc
    .uniqueArray(fc.nat({ max: 500 }), { maxLength: 60 })
    .map((found) => found.sort((a, b) => a - b));

  test("are merged by id, however they are spread over chunks", () =>
    fc.assert(
      fc.property(ids, fc.array(fc.nat({ max: 6 }), { minLength: 60, maxLength: 60 }), (found, owners) => {
        const lines = found.map((id) => listen(id, 10 * id));
        const parts = [0, 1, 2, 3, 4, 5, 6].map((c) => lines.filter((_, i) => owners[i] === c));
        expect(all(linesOf(chunksOf(parts)))).toStrictEqual(lines);
      }),
      { numRuns: 100 },
    ));

  test.each([
    ["in a list", (lines: readonly Line[]): Lines => linesFrom(lines)],
    ["in chunks", (lines: readonly Line[]): Lines => linesOf(chunksOf([lines.slice(0, 2), lines.slice(2)]))],
    [
      "one after the other",
      (lines: readonly Line[]): Lines =>
        inTurn([
          linesFrom(lines.slice(0, 1)),
          linesFrom([]),
          ...chunksOf([lines.slice(1)]).map((c) => linesOf([c])),
        ]),
    ],
  ])("are found by moment and by id, %s", (_, made) => {
    const lines = made([listen(2, 10), listen(3, 20), listen(7, 20), listen(9, 35)]);
    expect([9, 10, 19.5, 20, 34, 35, 99].map((at) => lines.indexAfter(at))).toStrictEqual([
      0, 1, 1, 3, 3, 4, 4,
    ]);
    expect([0, 2, 3, 6, 7, 9].map((id) => lines.indexAfterId(id))).toStrictEqual([0, 1, 2, 2, 3, 4]);
    expect([lines.id(2), lines.at(3)]).toStrictEqual([7, 35]);
    expect(() => lines.line(4)).toThrow(RangeError);
    expect(() => lines.id(-1)).toThrow(RangeError);
  });

  test("have the same samples in a list as in chunks", () => {
    const lines = plausibleLines(50);
    expect(asJson(linesFrom(lines).samples)).toStrictEqual(asJson(linesOf(chunksOf([lines])).samples));
  });
});
