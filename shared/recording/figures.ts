/** What a list, a trend and a summary say of one session: counted once from its facts, by playing them. */
import { historiesOf, type ToldAlarm } from "../alarm/history.ts";
import { setsDoneOf } from "../class/guide.ts";
import type { Visit } from "../class/visit.ts";
import type { Figures } from "../clinic/recording-record.ts";
import { apply, type State } from "../engine.ts";
import type { Limb } from "../plan/prescription.ts";
import type { CuffState } from "../session/cuff-state.ts";
import { cuffIn } from "../session/cuffs.ts";
import { type Fact, isAboutAlarm, isAboutCuff } from "../session/fact.ts";
import { restrictedAt } from "../session/occlusion.ts";
import { between, earlier, later, type Monotonic, wallTime } from "../units.ts";
import { createHeld, type Held } from "./held.ts";
import { isOwn } from "./restrict.ts";
import { each, eachBesides, type Recorded } from "./recorded.ts";
import type { Span, WornFor } from "./span.ts";
import { stretchesOf, type Trace, traceOf } from "./trace.ts";

/**
 * The figures of the session `span`. `recorded` holds its own lines, or more; a session that is under way is counted up to what is shown.
 * Pressure is held against its target only where it was heard in time: what came later was judged by nobody.
 */
export const figuresOf = (recorded: Recorded, span: Span): Figures => {
  const end = span.to ?? recorded.to;
  const game = played(recorded, span, end);
  return {
    limbs: limbsOf(span).map((limb) => ({
      ...{ limb: limb.limb, side: limb.side },
      restrictedMs: game.restricted.get(nameOf(limb)) ?? 0,
      inflations: game.inflations.get(nameOf(limb)) ?? 0,
      ...(game.held.get(nameOf(limb)) ?? createHeld()).done(),
      ...coverage(recorded, span, limb, end),
    })),
    exercises: game.visit?.exercises.map((exercise, i) => exerciseFigures(game, exercise, i)) ?? [],
    alarms: alarmsOf(recorded, span, end),
    ...{ pain: game.pain, exertion: game.exertion },
  };
};

const nameOf = ({ limb, side }: Limb): string => `${side} ${limb}`;
const limbsOf = ({ worn }: Span): readonly Limb[] => [
  ...new Map(worn.map((w) => [nameOf(w.limb), w.limb])).values(),
];

/** What was counted on the way through the lines. */
type Game = {
  visit: Visit | null;
  /** Of each limb, in ms; and of each exercise and limb. */
  readonly restricted: Map<string, number>;
  readonly inExercise: Map<string, number>;
  readonly inflations: Map<string, number>;
  readonly held: Map<string, Held>;
  pain: number | null;
  exertion: number | null;
};

const played = ({ start, lines }: Recorded, span: Span, end: Monotonic): Game => {
  const game: Game = {
    ...{ visit: null, restricted: new Map(), inExercise: new Map(), inflations: new Map() },
    ...{ held: new Map(limbsOf(span).map((limb) => [nameOf(limb), createHeld()])) },
    ...{ pain: null, exertion: null },
  };
  let state = start;
  for (const { fact } of each(lines)) {
    // What is told afterwards changes nothing that is counted here.
    if (fact.at > end) break;
    const before = state;
    if (endsPart(fact, span)) closeExercise(game, span, before, fact.at);
    state = apply(before, fact);
    count(game, span, fact, state);
    if (fact.kind === "finished" && fact.session === span.session) {
      for (const { limb, total } of fact.restricted) game.restricted.set(nameOf(limb), total);
      game.visit = fact.seat.visit;
      return game;
    }
    game.visit = visitIn(state, span) ?? game.visit;
  }
  closeExercise(game, span, state, end);
  return game;
};

const visitIn = (state: State, { session }: Span): Visit | null =>
  state.class.seats.find((s) => s.visit.session === session)?.visit ?? null;

/** Whether an exercise, or the whole session, ends by a fact. */
const endsPart = (fact: Fact, { session }: Span): boolean =>
  fact.kind === "roster" ||
  ((fact.kind === "exercise-begun" || fact.kind === "finished") && fact.session === session);

/** Adds what every limb was restricted since the exercise began. */
const closeExercise = (game: Game, span: Span, state: State, at: Monotonic): void => {
  const visit = visitIn(state, span);
  if (visit === null) return;
  for (const { cuff, limb } of span.worn) {
    const c = cuffIn(state.cuffs, cuff);
    if (c === undefined || !isOwn(c, span)) continue;
    const total = restrictedAt(c, at);
    const key = `${visit.exercise} ${nameOf(limb)}`;
    const since = total - (game.restricted.get(nameOf(limb)) ?? 0);
    game.inExercise.set(key, (game.inExercise.get(key) ?? 0) + Math.max(0, since));
    game.restricted.set(nameOf(limb), total);
  }
};

const count = (game: Game, span: Span, fact: Fact, state: State): void => {
  if (fact.kind === "exertion-noted" && fact.session === span.session)
    game.exertion = Math.max(game.exertion ?? 0, fact.score);
  if (!isAboutCuff(fact)) return;
  const worn = wornAt(span, fact.cuff, fact.at);
  const c = cuffIn(state.cuffs, fact.cuff);
  if (worn === undefined || c === undefined || !isOwn(c, span)) return;
  const limb = nameOf(worn.limb);
  switch (fact.kind) {
    case "inflated":
      game.inflations.set(limb, (game.inflations.get(limb) ?? 0) + 1);
      break;
    case "noted":
      if (fact.note.kind === "pain") game.pain = Math.max(game.pain ?? 0, fact.note.score);
      break;
    case "samples":
    case "basic-sample":
      game.held.get(limb)?.heard(c, fact);
      break;
    default:
      break;
  }
};

const wornAt = ({ worn }: Span, cuff: CuffState["cuff"], at: Monotonic): WornFor | undefined =>
  worn.find((w) => w.cuff === cuff && w.from <= at && (w.to === null || at <= w.to));

const exerciseFigures = (
  { visit, inExercise, held }: Game,
  { name, kind, loadKg, pctOneRm, pctLop, rounds, sets }: Visit["exercises"][number],
  index: number,
): Figures["exercises"][number] => {
  const done = visit?.setsDone.filter((s) => s.exercise === index) ?? [];
  const counted = done.flatMap((s) => s.repetitions ?? []);
  return {
    ...{ name, kind, loadKg, pctOneRm, pctLop, setsPlanned: rounds },
    setsDone: visit === null ? 0 : setsDoneOf(visit, index),
    repetitions: counted.length === 0 ? null : total(counted),
    repetitionsPlanned: total(sets),
    restrictedMs: Math.max(0, ...[...held.keys()].map((limb) => inExercise.get(`${index} ${limb}`) ?? 0)),
  };
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/** How much of a limb's time there are readings of, and how many. */
const coverage = (
  recorded: Recorded,
  { worn }: Span,
  limb: Limb,
  end: Monotonic,
): Pick<Figures["limbs"][number], "missingMs" | "backfilledMs" | "samples"> => {
  const all = { missingMs: 0, backfilledMs: 0, samples: 0 };
  for (const { cuff, from, to } of worn.filter((w) => nameOf(w.limb) === nameOf(limb))) {
    const trace = traceOf(recorded, cuff);
    const until = earlier(to ?? end, end);
    for (const stretch of stretchesOf(trace, from, later(from, until))) {
      const lasted = between(stretch.from, stretch.to);
      if (stretch.is === "missing") all.missingMs += lasted;
      if (stretch.is === "backfilled") all.backfilledMs += lasted;
    }
    all.samples += readingsIn(trace, from, until);
  }
  return all;
};

const readingsIn = ({ at, mmHg, length }: Trace, from: Monotonic, to: Monotonic): number => {
  let count = 0;
  for (let i = 0; i < length; i++) {
    const then = at[i] ?? -Infinity;
    if (then >= from && then <= to && !Number.isNaN(mmHg[i])) count++;
  }
  return count;
};

/** Every alarm of the session as it was raised; one that is not over lasts until the end. */
const alarmsOf = ({ lines }: Recorded, span: Span, end: Monotonic): Figures["alarms"] => {
  const told: ToldAlarm[] = [];
  for (const { id, wall, fact } of eachBesides(lines))
    if (isAboutAlarm(fact) && fact.cuff !== null) told.push({ id, wall, fact });
  return historiesOf(told, { at: end, wall: wallTime(0) })
    .histories.filter((h) => isOwn(h, span) && h.raised.at >= span.from && h.raised.at <= end)
    .map(({ condition, priority, response, present }) => ({
      ...{ condition, priority },
      ...{ answeredAfterMs: response, lastedMs: present },
    }));
};
