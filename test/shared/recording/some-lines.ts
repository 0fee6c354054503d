/** Lines of every sort, made up: plausible ones of a class, and any that fit the types. */
import fc from "fast-check";
import { noiseAt } from "../../../devices/random.ts";
import { cuffPhases, type DataMessage } from "../../../shared/cuff/message.ts";
import { alarmId, cuffId, type Epoch, epoch } from "../../../shared/ids.ts";
import type { Line } from "../../../shared/recording/line.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import { millis, mmhg, monotonic, wallTime } from "../../../shared/units.ts";

export const own = epoch("0123456789abcdef");
const wallAtZero = 1_790_000_000_000;

export const lineOf = (
  id: number,
  fact: Fact,
  beside: Partial<{ epoch: Epoch; wall: number }> = {},
): Line => ({
  ...{ id, epoch: beside.epoch ?? own, at: fact.at },
  ...{ wall: wallTime(beside.wall ?? wallAtZero + fact.at), fact },
});

/** `count` messages of one cuff at 10 Hz among eleven others, with noise, repetitions, jitter and now and then something else. */
export const plausibleLines = (count: number): readonly Line[] => {
  const cuff = cuffId("cuff-03");
  const boot = "4f2a";
  const lines: Line[] = [];
  for (let n = 0; n < count; n++) {
    const at = monotonic(50_000 + 100 * n + Math.round(3 * Math.abs(noiseAt(1, n))));
    const id = 1000 + 12 * n + Math.round(noiseAt(2, n));
    const swing = n % 900 < 600 ? 80 * Math.sin(n / 6.4) : 0;
    const message: DataMessage = {
      ...{ v: 1, boot, seq: 300 + n, m0: 30_000 + 100 * n, dt: 100 },
      p: [n % 371 === 370 ? null : Math.round(1500 + swing + noiseAt(3, n))],
      st: {
        ...{ phase: "occluded", tgt: 1500, occMs: 5000 + 100 * n, ep: 2 },
        ...{ set: 1 + Math.floor(n / 900), rep: Math.floor((n % 900) / 40), pump: n % 40 < 5 },
      },
      ...(n % 900 === 5 ? { hist: false } : {}),
      bat: { pct: 80 - Math.floor(n / 700), mv: 3900, chg: false },
      rssi: -50 - (Math.floor(n / 50) % 4),
    };
    lines.push(lineOf(id, { kind: "samples", at, cuff, quality: "live", message }));
    if (n % 250 === 249)
      lines.push(
        lineOf(id + 5, { kind: "status", at, cuff, message: { v: 1, state: "online", boot } }),
        lineOf(id + 6, {
          ...{ kind: "event", at, cuff, quality: "late" },
          message: {
            v: 1,
            boot,
            eseq: n,
            m: 30_000 + 100 * n,
            kind: "fault",
            code: "Ventil №5 klemmt \u2028\ud83d\ude00",
          },
        }),
      );
  }
  return lines;
};

const whole = fc.integer({ min: -200, max: 6000 });
const anyNumber = fc.oneof(fc.integer(), fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const word = fc.oneof(fc.string({ maxLength: 8 }), fc.string({ unit: "binary", maxLength: 6 }));
const anyCuff = fc.constantFrom("a", "cuff-2", "ärm").map(cuffId);
const anyQuality = fc.constantFrom("live", "late", "historic");
const optional = { requiredKeys: [] as [] };
const anyAt = fc
  .oneof(fc.nat({ max: 1e9 }), fc.nat({ max: 1e9 }), fc.double({ min: 0, max: 1e9, noNaN: true }))
  .map(monotonic);

const anyMessage: fc.Arbitrary<DataMessage> = fc
  .tuple(
    fc.record({
      v: fc.constant(1 as const),
      boot: fc.constantFrom("b0", "b1"),
      seq: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 0xffff_ffff })),
      m0: fc.oneof(fc.nat({ max: 5000 }), fc.maxSafeNat()),
      dt: fc.constantFrom(100, 20, 33.3, 1e-7),
      p: fc.array(fc.option(fc.oneof(whole, whole, anyNumber)), { minLength: 0, maxLength: 12 }),
    }),
    fc.record(
      {
        phase: fc.constantFrom(...cuffPhases),
        tgt: whole,
        occMs: fc.nat(),
        ep: fc.nat(),
        set: fc.nat(),
        rep: fc.nat(),
        pump: fc.boolean(),
      },
      { requiredKeys: ["phase", "tgt", "occMs", "ep"] },
    ),
    fc.record(
      {
        hist: fc.boolean(),
        bat: fc.record({ pct: anyNumber, mv: anyNumber, chg: fc.boolean() }, { requiredKeys: ["pct"] }),
        rssi: anyNumber,
        utc: fc.oneof(word, anyNumber),
      },
      optional,
    ),
  )
  .map(([message, st, more]) => ({ ...message, st, ...more }));

export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("samples"),
      at: anyAt,
      cuff: anyCuff,
      quality: anyQuality,
      message: anyMessage,
    }),
  },
  fc.record({
    ...{ kind: fc.constant("basic-sample"), at: anyAt, cuff: anyCuff },
    pressure: fc
      .oneof(
        whole.map((tenths) => tenths / 10),
        anyNumber,
      )
      .map(mmhg),
    freshFor: fc.constantFrom(3000, 4500).map(millis),
  }),
  fc.record({
    ...{ kind: fc.constant("noted"), at: anyAt, cuff: anyCuff, by: word, verified: fc.boolean() },
    note: fc.record({ kind: fc.constant("pain"), score: fc.nat({ max: 10 }) }),
  }),
  fc.record({ kind: fc.constant("forgotten"), at: anyAt, cuff: anyCuff }),
  fc.record({ kind: fc.constant("listening"), at: anyAt, cuff: fc.constant(null), screens: fc.nat() }),
  fc.record({ kind: fc.constant("alarm-cleared"), at: anyAt, cuff: anyCuff, id: word.map(alarmId) }),
);

/** Lines in the order of their ids, otherwise of any sort and in any order. */
export const anyLines: fc.Arbitrary<readonly Line[]> = fc
  .array(
    fc.record({
      fact: anyFact,
      more: fc.oneof(fc.constant(1), fc.nat({ max: 1000 }), fc.nat({ max: 2 ** 36 })),
      later: fc.constantFrom(0, 0, 0, 17, 0.25),
      wall: fc.oneof(fc.constant(wallAtZero), fc.double({ min: 0, max: 2e12, noNaN: true })),
      epoch: fc.constantFrom(own, epoch("ü")),
    }),
    { maxLength: 30 },
  )
  .map((rows) => {
    let id = -1;
    return rows.map(({ fact, more, later, wall, epoch: of }): Line => {
      id += 1 + more;
      return { id, epoch: of, at: monotonic(fact.at + later), wall: wallTime(wall), fact };
    });
  });

/** What JSON keeps of a value: without what is undefined, and without the sign of zero. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
