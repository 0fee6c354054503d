/** Classes that are run by chance, with faults, and what is recorded of them: a floor at every moment, and its lines. */
import fc from "fast-check";
import { type Input, newState, openAlarms, type State, step } from "../../shared/engine.ts";
import { cuffId, epoch, patientId, sessionId, siteId, stationId } from "../../shared/ids.ts";
import { emptyRoster } from "../../shared/plan/roster.ts";
import type { Line } from "../../shared/recording/line.ts";
import { linesFrom } from "../../shared/recording/lines.ts";
import { type Recorded, recordedOf } from "../../shared/recording/recorded.ts";
import { encodeChunk } from "../../shared/recording/chunk.ts";
import { type Head, openRecording, packRecording } from "../../shared/recording/container.ts";
import { checkpointFormat, freeze } from "../../shared/checkpoint.ts";
import type { Note } from "../../shared/session/note.ts";
import { millis, type Monotonic, wallTime } from "../../shared/units.ts";
import { check, left, right, seat, session, start as startClass, type Wish, worn } from "./class.ts";
import { at, classOf, heard, meta, order, roster, type Stretch } from "./floor.ts";

export const names = ["cuff-1", "cuff-2", "cuff-3", "cuff-4"] as const;
const someCuff = fc.constantFrom(...names);
const somebody = fc.integer({ min: 1, max: 3 });
const seen: fc.Arbitrary<readonly string[]> = fc.constantFrom([], [...names]);

/** What happens next; seconds are as long as it takes. */
export type Event =
  | Readonly<{ is: "wish"; wish: Wish }>
  | (Readonly<{
      is: "heard";
      cuff: string;
      seconds: number;
      boot: number;
      told: "live" | "twice" | "later";
    }> &
      Required<Pick<Stretch, "p" | "phase" | "tgt" | "pct" | "set" | "rep">>)
  | Readonly<{ is: "answer"; which: number; kind: "acknowledge" | "take-back" }>
  | Readonly<{ is: "down"; cuff: string; order: "release" | "cuff-off" }>
  | Readonly<{ is: "note"; cuff: string; note: Note }>
  | Readonly<{ is: "wait"; seconds: number }>
  | Readonly<{ is: "backfill" }>
  | Readonly<{ is: "resume"; vouchedBy: "own-clock" | "wall-clock" }>
  | Readonly<{ is: "listening"; screens: number }>
  | Readonly<{ is: "recording"; ok: boolean }>
  | Readonly<{ is: "make-room" }>
  | Readonly<{ is: "meta"; cuff: string; caps: readonly string[] }>
  | Readonly<{ is: "room"; kind: "pause-sound" | "take-duty" }>
  | Readonly<{ is: "roster"; keep: boolean; painOver: number }>;

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant(startClass),
  fc.constant<Wish>({ kind: "end-class" }),
  fc.boolean().map((canSend): Wish => ({ kind: "release-all", canSend })),
  { weight: 2, arbitrary: fc.tuple(somebody, somebody, someCuff, fc.option(someCuff)).map(seatAnew) },
  somebody.map((n) => check(n)),
  somebody.map((n): Wish => ({ kind: "begin-set", session: session(n) })),
  somebody.map((n): Wish => ({ kind: "end-set", session: session(n), repetitions: 15 })),
  somebody.map((n): Wish => ({ kind: "exertion", session: session(n), score: 4 + n })),
  somebody.map((n): Wish => ({ kind: "remark", session: session(n), text: `remark ${n}` })),
  fc.tuple(somebody, fc.integer({ min: 0, max: 2 }), seen).map(([n, exercise, off]): Wish => ({
    ...{ kind: "begin-exercise", session: session(n), exercise },
    seenOff: off.map(cuffId),
  })),
  fc.tuple(somebody, someCuff, someCuff, seen).map(([n, from, to, off]): Wish => ({
    ...{ kind: "swap-cuff", session: session(n), from: cuffId(from), to: cuffId(to) },
    seenOff: off.map(cuffId),
  })),
  fc.tuple(somebody, seen).map(([n, off]): Wish => ({
    ...{ kind: "finish", session: session(n), outcome: "stopped-early", reason: "tired" },
    seenOff: off.map(cuffId),
  })),
);

function seatAnew([n, place, one, two]: [number, number, string, string | null]): Wish {
  const on = [worn(one, left), ...(two === null ? [] : [worn(two, right)])];
  return { ...seat(n, on), station: stationId(String(place)), patient: patientId(`patient-${n}`) };
}

const speech = fc.record({
  is: fc.constant("heard" as const),
  cuff: someCuff,
  seconds: fc.integer({ min: 1, max: 25 }),
  boot: fc.integer({ min: 0, max: 1 }),
  told: fc.constantFrom("live", "live", "live", "twice", "later"),
  p: fc.constantFrom<Stretch["p"][]>(150, 150, 151, 0, 0, 25, 110, 180, 260, 310, null, (s) => 150 + 20 * Math.sin(s)),
  phase: fc.constantFrom<NonNullable<Stretch["phase"]>[]>("occluded", "occluded", "idle", "releasing", "measuring"),
  tgt: fc.constantFrom(1500, 0, 1700),
  pct: fc.constantFrom(80, 15),
  set: fc.constantFrom(1, 2),
  rep: fc.constantFrom<NonNullable<Stretch["rep"]>[]>(0, (s) => Math.floor(s / 4)),
}); // prettier-ignore

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: wish.map((one): Event => ({ is: "wish", wish: one })) },
  { weight: 8, arbitrary: speech },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("answer" as const), which: fc.nat(5), kind: fc.constantFrom("acknowledge" as const, "acknowledge" as const, "take-back" as const) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("down" as const), cuff: someCuff, order: fc.constantFrom("release" as const, "cuff-off" as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("note" as const), cuff: someCuff, note: fc.constantFrom<Note[]>({ kind: "pain", score: 9 }, { kind: "symptom", symptom: "dizziness", present: true }, { kind: "refill", seconds: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("wait" as const), seconds: fc.constantFrom(1, 4, 35, 130, 700) }) },
  { weight: 1, arbitrary: fc.constant<Event>({ is: "backfill" }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("resume" as const), vouchedBy: fc.constantFrom("own-clock" as const, "wall-clock" as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("listening" as const), screens: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("recording" as const), ok: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Event>({ is: "make-room" }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("meta" as const), cuff: someCuff, caps: fc.constantFrom([], ["release"]) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("room" as const), kind: fc.constantFrom("pause-sound" as const, "take-duty" as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("roster" as const), keep: fc.boolean(), painOver: fc.constantFrom(7, 8) }) },
); // prettier-ignore

/** Half of all lives would be refused from beginning to end without a class and somebody in it. */
const begins: readonly Event[] = [
  { is: "wish", wish: startClass },
  { is: "wish", wish: seat(1) },
  { is: "wish", wish: seat(2) },
  { is: "wish", wish: check(1) },
];
export const someClass = fc
  .array(event, { minLength: 5, maxLength: 50 })
  .map((events): readonly Event[] => [...begins, ...events]);

export type Lived = Readonly<{
  start: State;
  lines: readonly Line[];
  /** The floor after each input, and how many lines there were by then. */
  moments: readonly Readonly<{ state: State; lines: number }>[];
}>;

const person = { by: "Aidan R.", verified: true };
const clocks = new Map([
  ["cuff-1", 1_000_000],
  ["cuff-2", 2_000_000],
  ["cuff-3", 3_000_000],
  ["cuff-4", 4_000_000],
]);

/** Lives through a class, and records it as the server would. */
export const lived = (events: readonly Event[]): Lived => {
  const begun = step(newState(siteId("main")), { kind: "roster", at: at(0), roster: emptyRoster }).state;
  let state = begun;
  let second = 1;
  let id = 0;
  let unheard: Input[] = [];
  const lines: Line[] = [];
  const moments: { state: State; lines: number }[] = [];
  const take = (input: Input): void => {
    const next = step(state, input);
    state = next.state;
    for (const fact of next.facts)
      lines.push({ id: ++id, epoch: epoch("e1"), at: fact.at, wall: wallTime(1e12 + fact.at), fact });
    moments.push({ state, lines: lines.length });
  };
  for (const e of events) {
    const now = at(second);
    const later: Input[] = [];
    for (const input of inputsOf(e, second, state)) {
      if (e.is === "heard" && e.told === "later") later.push(input);
      else take(input);
      if (e.is === "heard" && e.told === "twice") take(input);
    }
    unheard.push(...later);
    if (e.is === "heard" || e.is === "wait") second += e.seconds;
    if (e.is === "backfill") {
      for (const input of unheard) if (input.kind === "data") take(toldAgain(input, now));
      unheard = [];
    }
  }
  return { start: begun, lines, moments };
};

const toldAgain = (input: Extract<Input, { kind: "data" }>, now: Monotonic): Input => ({
  ...input,
  at: now,
  message: { ...input.message, hist: true },
});

const inputsOf = (e: Event, second: number, state: State): readonly Input[] => {
  const now = at(second);
  switch (e.is) {
    case "wish":
      return [{ kind: "order", at: now, order: { ...anew(e.wish, state), ...person } }];
    case "heard": {
      const { cuff, p, phase, tgt, pct, set, rep } = e;
      const said: Partial<Stretch> = { cuff, phase, tgt, pct, set, rep, boot: `b${e.boot}`, occ: 3 };
      const m = (clocks.get(cuff) ?? 0) + e.boot * 500_000;
      return heard({ ...said, p, m, from: second, to: second + e.seconds });
    }
    case "answer": {
      const alarm = openAlarms(state)[e.which];
      if (alarm === undefined) return [];
      return [{ kind: "order", at: now, order: { kind: e.kind, alarm: alarm.id, ...person } }];
    }
    case "down":
      return [order(second, e.order, e.cuff)];
    case "note":
      return [{ kind: "order", at: now, order: { kind: "note", cuff: cuffId(e.cuff), note: e.note, ...person } }];
    case "wait":
      return [{ kind: "tick", at: at(second + e.seconds) }];
    case "backfill":
      return [];
    case "resume":
      // A server that is there beats.
      return [
        { kind: "tick", at: at(second - 0.5) },
        { kind: "resume", at: now, gap: millis(500), vouchedBy: e.vouchedBy },
      ];
    case "listening":
      return [{ kind: "listening", at: now, screens: e.screens }];
    case "recording":
      return [{ kind: "recording", at: now, ok: e.ok }];
    case "make-room":
      return [{ kind: "make-room", at: now }];
    case "meta": {
      const said = meta(second, false);
      return said.kind === "meta"
        ? [{ ...said, cuff: cuffId(e.cuff), message: { ...said.message, caps: [...e.caps] } }]
        : [];
    }
    case "room":
      return [{ kind: "order", at: now, order: { kind: e.kind, ...person } }];
    case "roster": {
      const limits = { painOver: e.painOver };
      const staff = roster().staff;
      const given = e.keep ? ({ ...emptyRoster, staff, stations: "keep" } as const) : roster(classOf({ limitS: 90 }));
      return [{ kind: "roster", at: now, roster: { ...given, limits } }];
    }
  }
}; // prettier-ignore

/** Everybody who is seated again has a session of their own. */
const anew = (one: Wish, { class: { seats }, at: now }: State): Wish => {
  if (one.kind === "seat") return { ...one, session: sessionId(`${one.patient}-at-${now}`) };
  if (!("session" in one)) return one;
  const patient = `patient-${one.session.replace("session-", "")}`;
  const mine = seats.find((s) => s.visit.patient === patient);
  return mine === undefined ? one : { ...one, session: mine.visit.session };
};

/** What was lived, to be played. */
export const recordedAs = ({ start, lines }: Pick<Lived, "start" | "lines">): Recorded => ({
  ...{ start, lines: linesFrom(lines), holes: [] },
  ...{ from: start.at, to: lines.at(-1)?.at ?? start.at },
});

/** The same as it comes out of a container: the messages of each cuff in a chunk of their own, everything else in another. */
export const packed = (life: Lived): Recorded => {
  const cuffOf = ({ fact }: Line): string =>
    "cuff" in fact && frequent.has(fact.kind) ? String(fact.cuff) : "";
  const chunks = [...Map.groupBy(life.lines, cuffOf).values()].map(encodeChunk);
  const { start, from, to } = recordedAs(life);
  const head: Head = {
    ...{ of: { kind: "stretch" }, site: start.site, log: 0, from, to, running: false, holes: [] },
    ...{ start: { afterId: 0, format: checkpointFormat, state: freeze(start) } },
    lastId: life.lines.length,
  };
  const opened = openRecording(packRecording(head, chunks));
  if (!opened.ok) throw new Error(opened.error.detail);
  return recordedOf(opened.value);
};
const frequent: ReadonlySet<string> = new Set(["samples", "basic-sample", "status", "meta", "event"]);
