import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFact, readLine } from "../../../shared/recording/fact-schema.ts";
import { lived, someClass } from "../../support/recorded-class.ts";

const line = {
  ...{ id: 7, epoch: "e1", at: 5000, wall: 1_790_000_000_000 },
  fact: {
    ...{ kind: "samples", at: 5000, cuff: "cuff-1", quality: "live" },
    message: {
      ...{ v: 1, boot: "b0", seq: 3, m0: 400, dt: 100, p: [1500, null] },
      st: { phase: "occluded", tgt: 1500, occMs: 4000, ep: 1 },
    },
  },
};
const changed = (change: (copy: typeof line) => unknown): unknown => {
  const copy = structuredClone(line);
  return change(copy) ?? copy;
};

describe("facts from outside", () => {
  test("every fact that the engine makes is read, and comes out unchanged", () => {
    fc.assert(
      fc.property(someClass, (events) => {
        for (const one of lived(events).lines) {
          const written: unknown = JSON.parse(JSON.stringify(one));
          expect(readLine(written)).toEqual({ ok: true, line: written });
        }
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ["no object", "line", "(line)"],
    ["a list", [], "(line)"],
    ["no fact", changed((c) => ({ ...c, fact: undefined })), "fact"],
    ["a kind of no fact", changed((c) => ({ ...c, fact: { ...c.fact, kind: "sample" } })), "fact.kind"],
    ["a kind that every object has", changed((c) => ({ ...c, fact: { kind: "constructor" } })), "fact.kind"],
    ["a broken id", changed((c) => ({ ...c, id: 1.5 })), "id"],
    ["an id beyond all that can be kept", changed((c) => ({ ...c, id: 2 ** 44 + 1 })), "id"],
    ["a moment beyond all that can be kept", changed((c) => ({ ...c, at: 1e18 })), "at"],
    ["a wall clock that is none", changed((c) => ({ ...c, wall: 1e15 })), "wall"],
    ["another moment than its fact's", changed((c) => ({ ...c, at: c.at + 1 })), "fact.at"],
    ["a moment that is none", changed((c) => ({ ...c, at: "5000" })), "at"],
    ["something beside it", changed((c) => ({ ...c, more: 1 })), "(line)"],
    ["a field that is not known", changed((c) => ({ ...c, fact: { ...c.fact, more: 1 } })), "fact"],
    [
      "a field inside that is not known",
      changed((c) => ({ ...c, fact: { ...c.fact, message: { ...c.fact.message, volume: 3 } } })),
      "fact.message.volume",
    ],
    [
      "a pressure out of range",
      changed((c) => ({ ...c, fact: { ...c.fact, message: { ...c.fact.message, p: [1500, 99_999] } } })),
      "fact.message.p.1",
    ],
    ["a cuff with a bad name", changed((c) => ({ ...c, fact: { ...c.fact, cuff: "../x" } })), "fact.cuff"],
  ])("%s is refused with its field", (_what, value, field) => {
    expect(readLine(value)).toMatchObject({ ok: false, problem: { field } });
  });

  test("a name that reaches into every object is refused", () => {
    const fact: unknown = JSON.parse(
      '{"kind":"resumed","at":1,"gap":2,"vouchedBy":"nothing","__proto__":{"x":1}}',
    );
    expect(readFact(fact)).toMatchObject({ ok: false });
  });

  test("what became of an alarm is told of a cuff or of the room", () => {
    const cleared = { kind: "alarm-cleared", at: 5, cuff: null, id: "main/room/1" };
    expect(readFact(cleared)).toEqual({ ok: true, fact: cleared });
    expect(readFact({ ...cleared, cuff: "cuff-1" })).toMatchObject({ ok: true });
    expect(readFact({ ...cleared, id: 5 })).toMatchObject({ ok: false, problem: { field: "fact.id" } });
  });
});
