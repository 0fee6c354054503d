import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BasicCuff, basicCuff, basicFreshness, parseBasic } from "../../../shared/cuff/basic.ts";

const cuff = (parts: Record<string, unknown> = {}): BasicCuff =>
  basicCuff.parse({ cuff: "left-1", topic: "esp32/pressure/state", intervalMs: 500, ...parts });

describe("a plain number", () => {
  test.each([
    ["152.3", 152.3],
    [" 152.3\n", 152.3],
    ["0", 0],
    ["-3", -3],
    ["+7.", 7],
    [".5", 0.5],
    ["1.523e2", 152.3],
    ["152.34", 152.3],
  ])("%j is %d mmHg", (text, pressure) => {
    expect(parseBasic(cuff(), text)).toEqual({ ok: true, value: pressure });
  });

  test.each([
    "",
    " ",
    "nan",
    "NaN",
    "unavailable",
    "152,3",
    "152.3 mmHg",
    "0x98",
    "1e999",
    "--1",
    "true",
    "[1]",
  ])("%j is none, and never reads as an empty cuff", (text) => {
    expect(parseBasic(cuff(), text)).toMatchObject({ ok: false, error: { kind: "not-a-number" } });
  });

  test.each(["601", "-21", "15230"])("%s mmHg is a broken sensor or another unit", (text) => {
    expect(parseBasic(cuff(), text)).toMatchObject({ ok: false, error: { kind: "schema" } });
  });
});

test.each<[string, string, number]>([
  ["mmHg", "150", 150],
  ["kPa", "20", 150],
  ["hPa", "200", 150],
  ["mbar", "200", 150],
  ["bar", "0.2", 150],
  ["psi", "2.9", 150],
  ["Pa", "20000", 150],
])("in %s", (unit, text, pressure) => {
  expect(parseBasic(cuff({ unit }), text)).toEqual({ ok: true, value: pressure });
});

describe("a number inside JSON", () => {
  const nested = cuff({ path: "sensor.pressure" });
  test.each([
    ['{"sensor":{"pressure":152.3}}', 152.3],
    ['{"sensor":{"pressure":"152.3"}}', 152.3],
    ['{"other":1,"sensor":{"t":20,"pressure":0}}', 0],
  ])("%s is found", (text, pressure) => {
    expect(parseBasic(nested, text)).toEqual({ ok: true, value: pressure });
  });

  test.each([
    ["152.3", "schema"],
    ["{", "not-json"],
    ["{}", "schema"],
    ['{"sensor":null}', "schema"],
    ['{"sensor":{"pressure":null}}', "not-a-number"],
    ['{"sensor":{"pressure":true}}', "not-a-number"],
    ['{"sensor":{"pressure":""}}', "not-a-number"],
    ['{"sensor":{"pressure":[152]}}', "not-a-number"],
    ['{"sensor":{"pressure":1e999}}', "not-a-number"],
    ['{"sensor":{"pressure":900}}', "schema"],
  ])("%s is refused as %s", (text, kind) => {
    expect(parseBasic(nested, text)).toMatchObject({ ok: false, error: { kind } });
  });

  test("is not looked for among what every object has", () => {
    expect(parseBasic(cuff({ path: "constructor.length" }), "{}")).toMatchObject({ ok: false });
  });

  test("may be in a list", () => {
    expect(parseBasic(cuff({ path: "values.1" }), '{"values":[1,152]}')).toEqual({ ok: true, value: 152 });
  });
});

test.each([
  [50, 3000],
  [500, 3000],
  [1000, 3000],
])("with an interval of %i ms a reading looks new for %i ms", (intervalMs, fresh) => {
  expect(basicFreshness(cuff({ intervalMs }))).toBe(fresh);
});

describe("a mapping is refused", () => {
  test.each<[string, Record<string, unknown>]>([
    ["slower than once a second", { intervalMs: 1001 }],
    ["faster than a cuff can be", { intervalMs: 10 }],
    ["with + in its topic", { topic: "esp32/+/state" }],
    ["with # in its topic", { topic: "esp32/#" }],
    ["in the contract's own topics", { topic: "bfr/v1/main/x/data" }],
    ["without a topic", { topic: "" }],
    ["with a gap in its path", { path: "a..b" }],
    ["in a unit that is none of pressure", { unit: "V" }],
    ["called host", { cuff: "host" }],
    ["with a mistyped key", { interval: 500 }],
  ])("%s", (_, parts) => {
    expect(basicCuff.safeParse({ cuff: "left-1", topic: "esp32/p", intervalMs: 500, ...parts }).success).toBe(
      false,
    );
  });
});

test("whatever text arrives, parsing gives a pressure within range or a reason", () => {
  const of = fc.constantFrom(
    cuff(),
    cuff({ unit: "kPa" }),
    cuff({ path: "a.b" }),
    cuff({ path: "toString" }),
  );
  const text = fc.oneof(fc.string(), fc.json(), fc.double().map(String), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(of, text, (mapping, payload) => {
      const parsed = parseBasic(mapping, payload);
      if (parsed.ok) expect(parsed.value >= -20 && parsed.value <= 600).toBe(true);
      else expect(parsed.error.detail).not.toBe("");
    }),
    { numRuns: 500 },
  );
});
