import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CuffChannel,
  type DataMessage,
  fromCuff,
  parseJson,
  parsePayload,
} from "../../../shared/cuff/message.ts";

/** The example of the contract. */
const data = {
  v: 1,
  boot: "7f3a91c2",
  seq: 1842,
  m0: 912_345,
  dt: 100,
  p: [1423, 1421],
  st: { phase: "occluded", tgt: 1400, occMs: 412_300, ep: 7, set: 2, rep: 11, pump: false },
  bat: { pct: 74, mv: 3870, chg: false },
  rssi: -61,
};
const samples: Readonly<Record<CuffChannel, object>> = {
  status: { v: 1, state: "online", boot: "7f3a91c2" },
  meta: {
    v: 1,
    boot: "7f3a91c2",
    model: "Delfi-like",
    serial: "1",
    fw: "1.0",
    hz: 10,
    caps: ["identify", "release", "backfill", "lop"],
    rangeMmhg: [0, 400],
    regulated: true,
    calibrated: "2026-05-01",
    simulated: true,
  },
  data,
  event: { v: 1, boot: "7f3a91c2", eseq: 12, m: 912_345, kind: "inflate", ep: 7 },
  backfill: { ...data, hist: true },
  ack: { v: 1, id: "c1", ok: false, code: "stale" },
};
const channels = Object.keys(fromCuff) as CuffChannel[];
const changed = (parts: object): string => JSON.stringify({ ...data, ...parts });
const changedState = (parts: object): string => changed({ st: { ...data.st, ...parts } });

describe("the contract's own examples", () => {
  test.each(channels)("%s is taken as it is", (channel) => {
    expect(parsePayload(channel, JSON.stringify(samples[channel]))).toEqual({
      ok: true,
      value: samples[channel],
    });
  });

  test.each([
    { kind: "on-target", ep: 7 },
    { kind: "release", ep: 7 },
    { kind: "leak" },
    { kind: "button" },
    { kind: "fault", code: "E7" },
    { kind: "lop", lop: 1873, posture: "supine" },
    { kind: "lop", lop: 1873 },
  ])("event %j is taken", (event) => {
    expect(parsePayload("event", JSON.stringify({ ...samples.event, ...event })).ok).toBe(true);
  });

  test("a cuff that says little of itself regulates nothing, can do nothing and is real", () => {
    expect(parsePayload("meta", '{"v":1,"boot":"0","model":"m"}')).toMatchObject({
      ok: true,
      value: { regulated: false, caps: [], simulated: false },
    });
  });

  test("unknown keys are ignored, and capabilities of the future are kept", () => {
    expect(parsePayload("data", changed({ spO2: 97 }))).toEqual({ ok: true, value: data });
    expect(parsePayload("meta", JSON.stringify({ ...samples.meta, caps: ["fly"] }))).toMatchObject({
      value: { caps: ["fly"] },
    });
  });

  test("a sample that the sensor could not give is null", () => {
    expect(parsePayload("data", changed({ p: [null, -200, 6000] }))).toMatchObject({
      value: { p: [null, -200, 6000] },
    });
  });
});

describe("data is refused", () => {
  test.each<[string, string, string]>([
    ["without samples", changed({ p: [] }), "p: "],
    ["with over 200 samples", changed({ p: new Array<number>(201).fill(0) }), "p: "],
    ["below −20 mmHg", changed({ p: [-201] }), "p.0: "],
    ["above 600 mmHg", changed({ p: [0, 6001] }), "p.1: "],
    ["with a fraction of a tenth", changed({ p: [1400.5] }), "p.0: "],
    ["with a pressure as text", changed({ p: ["1400"] }), "p.0: "],
    ["with a boot in capitals", changed({ boot: "7F3A" }), "boot: must be 1 to 32 lower-case hex digits"],
    ["without a boot", changed({ boot: "" }), "boot: "],
    ["with a negative number", changed({ seq: -1 }), "seq: "],
    ["with a number beyond 32 bits", changed({ seq: 2 ** 32 }), "seq: "],
    ["with a clock before zero", changed({ m0: -1 }), "m0: "],
    ["with samples at one moment", changed({ dt: 0 }), "dt: "],
    ["with a phase that nobody knows", changedState({ phase: "squeezing" }), "st.phase: "],
    ["without a timer state", changed({ st: undefined }), "st: "],
    ["without the inflation's number", changedState({ ep: undefined }), "st.ep: "],
    ["with a negative time under pressure", changedState({ occMs: -1 }), "st.occMs: "],
    ["with an impossible battery", changed({ bat: { pct: 101 } }), "bat.pct: "],
  ])("%s", (_, text, place) => {
    const parsed = parsePayload("data", text);
    expect(parsed).toMatchObject({ ok: false, error: { kind: "schema" } });
    expect(parsed.ok || parsed.error.detail).toContain(place);
  });
});

describe("versions", () => {
  test.each([
    [{ ...data, v: 2 }, "2"],
    [{ ...data, v: "1" }, "(not a number)"],
    [{ ...data, v: undefined }, "(none)"],
    [[], "(none)"],
    [null, "(none)"],
    [17, "(none)"],
  ])("%j is refused as one that is not known here", (content, version) => {
    const parsed = parsePayload("data", JSON.stringify(content));
    expect(parsed).toMatchObject({ ok: false, error: { kind: "version" } });
    expect(parsed.ok || parsed.error.detail).toContain(version);
  });
});

test.each(["", "{", "NaN", "{'v':1}", "\u0000", "undefined"])("%j is not JSON", (text) => {
  expect(parseJson(text)).toMatchObject({ ok: false, error: { kind: "not-json" } });
  expect(parsePayload("data", text)).toMatchObject({ ok: false, error: { kind: "not-json" } });
});

test("there is no command among what a cuff may say", () => {
  expect(channels).toEqual(["status", "meta", "data", "event", "backfill", "ack"]);
});

describe("whatever text arrives", () => {
  const channel = fc.constantFrom(...channels);
  /** JSON that is nearly right: a message of the contract with some keys replaced by anything. */
  const nearly = fc
    .tuple(
      channel,
      fc.dictionary(
        fc.constantFrom("v", "boot", "p", "st", "seq", "kind", "caps", "__proto__"),
        fc.jsonValue(),
      ),
    )
    .map(([of, junk]): readonly [CuffChannel, string] => [of, JSON.stringify({ ...samples[of], ...junk })]);
  const anything = fc.tuple(channel, fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })));

  test("parsing gives a value and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(anything, nearly), ([of, text]) => {
        const parsed = parsePayload(of, text);
        if (!parsed.ok) expect(parsed.error.detail.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 500 },
    );
  });

  test("what is taken is within the contract's bounds", () => {
    const numbers = fc.oneof(fc.integer({ min: -300, max: 6100 }), fc.constant(null), fc.double());
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 210 }), fc.integer(), (p, seq) => {
        const parsed = parsePayload("data", changed({ p, seq }));
        if (!parsed.ok) return;
        const message: DataMessage = parsed.value;
        expect(message.p.length).toBeGreaterThan(0);
        expect(message.p.length).toBeLessThanOrEqual(200);
        for (const tenths of message.p)
          if (tenths !== null)
            expect(Number.isInteger(tenths) && tenths >= -200 && tenths <= 6000).toBe(true);
        expect(message.seq).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
