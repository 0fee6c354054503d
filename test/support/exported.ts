/** A session as it is exported, in a recording with everything that may go wrong: nulls, lost messages, power-ups, what came later. */
import fc from "fast-check";
import type { Exported } from "../../server/export/exported.ts";
import { cuffRecordSchema } from "../../shared/clinic/cuff-record.ts";
import type { Figures } from "../../shared/clinic/recording-record.ts";
import { patientSchema } from "../../shared/clinic/patient.ts";
import type { DataMessage } from "../../shared/cuff/message.ts";
import { type Input, openAlarms, type State, step } from "../../shared/engine.ts";
import { cuffId, epoch, siteId } from "../../shared/ids.ts";
import { lopSchema } from "../../shared/plan/limb-occlusion.ts";
import type { Line } from "../../shared/recording/line.ts";
import { linesFrom } from "../../shared/recording/lines.ts";
import type { Recorded } from "../../shared/recording/recorded.ts";
import { millis, mmhg, monotonic, wallTime } from "../../shared/units.ts";
import { check, emptyFloor, finish, left, right, seat, session, start, type Wish, worn } from "./class.ts";
import { at } from "./floor.ts";

/** 3 March 2026, noon in UTC, and where the site's time was then. */
const noon = wallTime(1_772_539_200_000);

/** What a cuff sends in one second. */
export type Second = Readonly<{
  /** In 0.1 mmHg, evenly over the second. */
  values: readonly (number | null)[];
  fate: "heard" | "lost" | "later" | "twice";
  /** The cuff is switched off and on before. */
  reboots: boolean;
  /** From the last value until it is taken in, in ms. */
  delay: number;
}>;

const tenths = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1100, max: 1300 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, -200, 6000, 0) },
);
export const someSecond: fc.Arbitrary<Second> = fc.record({
  values: fc.constantFrom(10, 10, 10, 10, 4).chain((n) => fc.array(tenths, { minLength: n, maxLength: n })),
  fate: fc.constantFrom("heard", "heard", "heard", "heard", "lost", "later", "twice"),
  reboots: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
  delay: fc.integer({ min: 0, max: 80 }),
});
export const someSeconds = fc.tuple(
  fc.array(someSecond, { minLength: 1, maxLength: 60 }),
  fc.array(someSecond, { minLength: 0, maxLength: 60 }),
);

/** A message that reached the server, in time or later from the cuff's own memory. */
export type Sent = Readonly<{ cuff: string; message: DataMessage; later: boolean }>;

type Told = Readonly<{ input: Input; sent: Sent | null; later: boolean }>;

/** What a cuff says of its seconds, the first of which begins at `from`. */
const speech = (cuff: string, seconds: readonly Second[], from: number): readonly Told[] => {
  let [boot, bootedAt, seq] = [0, from - 100, 0];
  return seconds.flatMap(({ values, fate, reboots, delay }, i): Told[] => {
    const second = from + i;
    if (reboots) [boot, bootedAt, seq] = [boot + 1, second - 0.5, 0];
    const dt = 1000 / values.length;
    const message: DataMessage = {
      ...{ v: 1, boot: `b${boot}`, seq: ++seq, m0: Math.round((second - bootedAt) * 1000), dt },
      p: [...values],
      st: { phase: "occluded", tgt: 1500, occMs: i * 1000, ep: 1, set: 1, rep: i >> 2 },
    };
    if (fate === "lost") return [];
    const arrives = monotonic(Math.round((second + 1) * 1000 - dt + delay));
    const later = fate === "later";
    const told = { sent: { cuff, message, later }, later };
    const input: Input = { kind: "data", at: arrives, cuff: cuffId(cuff), message };
    return fate === "twice"
      ? [
          { ...told, input },
          { ...told, sent: null, input: { ...input, at: monotonic(arrives + 5) } },
        ]
      : [{ ...told, input }];
  });
};

export type Lived = Readonly<{ exported: Exported; sent: readonly Sent[] }>;

/** A session of two cuffs, of which this was heard: a class, a check, sets, notes, an alarm that somebody answers, and its end. */
export const sessionOf = (
  seconds: readonly (readonly Second[])[],
  changes: Partial<Exported> = {},
): Lived => {
  let state: State = emptyFloor().state;
  const begun = state;
  const lines: Line[] = [];
  const take = (input: Input): void => {
    const next = step(state, input);
    state = next.state;
    for (const fact of next.facts)
      lines.push({
        ...{ id: lines.length + 1, epoch: epoch("e1"), at: fact.at, wall: wallTime(noon + fact.at), fact },
      });
  };
  const person = { by: "Aidan R.", verified: true };
  const tell = (second: number, wish: Wish): void => {
    take({ kind: "order", at: at(second), order: { ...wish, ...person } });
  };
  const inSession = { session: session(1) };
  const cuffs = ["cuff-1", "cuff-2"];
  for (const cuff of cuffs)
    take({
      ...{ kind: "meta", at: at(1), cuff: cuffId(cuff) },
      message: {
        ...{ v: 1, boot: "b0", model: "BFR 3", serial: `S-${cuff}`, fw: "1.2", caps: [], regulated: true },
        ...{ calibrated: "2026-01-15", simulated: false },
      },
    });
  tell(1, start);
  tell(1, seat(1, [worn("cuff-1", left), worn("cuff-2", right)]));
  tell(2, check(1, { unwell: "yes" }, "Only a cold"));
  tell(3, { kind: "begin-exercise", ...inSession, exercise: 0, seenOff: cuffs.map(cuffId) });
  tell(4, { kind: "begin-set", ...inSession });
  const told = cuffs.flatMap((cuff, i) => speech(cuff, seconds[i] ?? [], 5 + i * 0.03));
  const lasted = 6 + Math.max(...seconds.map((s) => s.length));
  for (const { input } of told.filter((t) => !t.later).sort((a, b) => a.input.at - b.input.at)) take(input);
  const [alarm] = openAlarms(state);
  if (alarm !== undefined)
    take({ kind: "order", at: at(lasted), order: { kind: "acknowledge", alarm: alarm.id, ...person } });
  take({ kind: "resume", at: at(lasted + 1), gap: millis(500), vouchedBy: "boot-clock" });
  for (const { input, later } of told)
    if (later && input.kind === "data")
      take({ ...input, at: at(lasted + 2), message: { ...input.message, hist: true } });
  for (const note of [
    { kind: "pain", score: 4 },
    { kind: "refill", seconds: 2 },
    { kind: "symptom", symptom: "tingling", present: true },
  ] as const)
    take({
      kind: "order",
      at: at(lasted + 3),
      order: { kind: "note", cuff: cuffId("cuff-1"), note, ...person },
    });
  tell(lasted + 3, { kind: "exertion", ...inSession, score: 6 });
  tell(lasted + 4, { kind: "remark", ...inSession, text: "Knee träge, =1+1" });
  tell(lasted + 5, { kind: "end-set", ...inSession, repetitions: null });
  tell(lasted + 6, { kind: "begin-set", ...inSession });
  tell(lasted + 7, { kind: "end-set", ...inSession, repetitions: 15 });
  for (const cuff of cuffs)
    take({ kind: "order", at: at(lasted + 8), order: { kind: "cuff-off", cuff: cuffId(cuff), ...person } });
  tell(lasted + 12, finish(1, ...cuffs));
  const recorded: Recorded = {
    ...{ start: begun, lines: linesFrom(lines), holes: [] },
    ...{ from: at(1), to: at(lasted + 12) },
  };
  const heard = new Set(
    lines.flatMap(({ fact }) =>
      fact.kind === "samples" ? [`${fact.cuff} ${fact.message.boot} ${fact.message.m0}`] : [],
    ),
  );
  const sent = told.flatMap((t) => (t.sent === null ? [] : [t.sent]));
  return {
    exported: exportedOf(recorded, changes),
    sent: sent.filter(({ cuff, message: { boot, m0 } }) => heard.has(`${cuff} ${boot} ${m0}`)),
  };
};

export const figures: Figures = {
  limbs: [
    {
      ...{ limb: "thigh", side: "left", restrictedMs: 61_000, inflations: 1, samples: 600 },
      ...{ exercising: { inMs: 30_000, ofMs: 40_000 }, resting: { inMs: 0, ofMs: 0 } },
      ...{ meanMmhg: 148.2, peakMmhg: null, missingMs: 2000, backfilledMs: 1000 },
    },
  ],
  ...{ exercises: [], alarms: [], pain: 4, exertion: 6 },
};

const exportedOf = (recorded: Recorded, changes: Partial<Exported>): Exported => ({
  ...{ session: session(1), site: siteId("main"), clinic: "Knee Clinic", recorded, figures },
  patient: {
    id: "patient-1",
    body: patientSchema.parse({
      ...{ givenName: "Jessica", familyName: "Rössler", number: "K-17 b", born: "1990-05-06", sex: "female" },
      explanation: { text: "Why the cuff helps", given: null },
    }),
  },
  cuffs: [cuffRecordSchema.parse({ cuff: "cuff-1", name: "Red", widthCm: 11, calibrationDue: "2027-01-01" })],
  lops: {
    "lop-1": lopSchema.parse({
      ...{ limb: "thigh", side: "left", mmhg: mmhg(250), cuffWidthCm: 11, posture: "seated", method: "cuff" },
      at: noon - 86_400_000,
    }),
  },
  followUps: [
    {
      ...{ patient: "patient-1", session: session(1), kind: "next-day", dueAt: noon + 86_400_000 },
      ...{ answered: null, cleared: null },
    },
  ],
  source: "recorded",
  clocks: { at: monotonic(0), wall: noon },
  aheadOfUtcMin: 60,
  madeAt: wallTime(noon + 3_600_000),
  ...changes,
});
