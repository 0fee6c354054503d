/** One person's weeks: session after session, the load going up by the plan's own rule, the pain going down. */
import { type WallTime, wallTime } from "../../shared/units.ts";
import type { Programme } from "../../shared/plan/programme.ts";
import { type SessionSummary, suggestion } from "../../shared/plan/progression.ts";
import { type ScreeningQuestion, screeningQuestions } from "../../shared/plan/screening.ts";
import { randomFrom } from "../random.ts";
import type { Coming } from "./attendance.ts";
import { feltOf } from "./felt.ts";
import { type Measured, measured } from "./lops.ts";
import { halfKilos, type Person } from "./people.ts";
import type { Document, SessionPlan } from "./plan.ts";
import { sessionOf } from "./session.ts";
import { weeksWords as words } from "./words.ts";

export type Course = Readonly<{
  sessions: readonly Readonly<{ day: number; plan: SessionPlan }>[];
  documents: readonly Document[];
}>;

/** When each class begins, and who plans. */
export type Around = Readonly<{ times: readonly WallTime[]; by: string }>;

const minMs = 60_000;
const dayMs = 24 * 60 * minMs;
/** A limb occlusion pressure is measured anew after four weeks, on a day that somebody comes anyway. */
const measuredEveryMs = 28 * dayMs;

/** One after the other, since each session follows from those before it. */
export const courseOf = (person: Person, coming: readonly Coming[], { times, by }: Around): Course => {
  const random = randomFrom(person.seed);
  const own = coming.filter((one) => one.person === person);
  const at = ({ day }: Coming): WallTime => times[day] ?? wallTime(0);
  const [first] = own;
  if (first === undefined) return { sessions: [], documents: [] };
  const documents: Document[] = [admission(person, first, { by, at: wallTime(at(first) - 3 * dayMs) })];
  const sessions: { day: number; plan: SessionPlan }[] = [];
  let standing: Standing | null = null;
  let lops: Measured | null = null;
  for (const one of own) {
    const before = wallTime(at(one) - 20 * minMs);
    const sofar: Standing = goesOn(standing, one) ?? { phase: one.phase, body: null, done: [] };
    const { done } = sofar;
    const body = sofar.body === null ? one.phase.programme : progressed(sofar.body, done);
    if (body !== sofar.body)
      documents.push({
        ...{ kind: "programme", id: one.phase.id, owner: person.patient, by, at: before, body },
      });
    if (lops === null || at(one) - lops.at >= measuredEveryMs - dayMs / 2) {
      lops = measured(person, one, { by, at: before, first: lops === null, last: times.at(-1) ?? before });
      documents.push(...lops.documents);
    }
    const atThisLoad = done.filter(({ loadKg }) => loadKg === loadOf(body)).length;
    const felt = feltOf(person, {
      weeksIn: (at(one) - at(first)) / (7 * dayMs),
      atThisLoad,
      isRest: body.posture === "supine",
      random,
    });
    const plan = sessionOf(one, {
      body,
      lops,
      felt,
      random,
      by,
      isFirst: one === first,
      isLast: one.day === times.length - 1,
    });
    sessions.push({ day: one.day, plan });
    const summary: SessionSummary = {
      at: at(one),
      complete: plan.short === 0 && one.event !== "dizzy",
      pain: Math.max(plan.pain.before, plan.pain.during, plan.pain.after),
      ...{ exertion: plan.exertion, loadKg: loadOf(body) },
    };
    standing = { phase: one.phase, body, done: [...done, summary] };
  }
  return { sessions, documents };
};

/** The plan as it stands in a phase, and what was done by it. */
type Standing = Readonly<{
  phase: Coming["phase"];
  body: Programme | null;
  done: readonly SessionSummary[];
}>;

const goesOn = (standing: Standing | null, { phase }: Coming): Standing | null =>
  standing?.phase === phase ? standing : null;

/** What is known of somebody before they first come: screened, nothing found, explained to. */
const admission = (person: Person, { phase }: Coming, { by, at }: Pick<Document, "by" | "at">): Document => {
  const asked = Object.keys(screeningQuestions) as ScreeningQuestion[];
  const answers = Object.fromEntries(asked.map((question) => [question, "no"] as const));
  const body = {
    ...{ born: person.born, condition: words.condition[person.plan] },
    screening: { answers, at, by, override: null },
    explanation: { text: phase.programme.explanation, given: { at, by } },
  };
  return { kind: "patient", id: person.patient, owner: null, by, at, body };
};

/** The load of the first exercise that has one: what the rule counts by. */
const loadOf = ({ exercises }: Programme): number | null =>
  exercises.find(({ loadKg }) => loadKg !== null)?.loadKg ?? null;

/** The plan as it is after these sessions: heavier where its rule says so, else as it stands. */
const progressed = (body: Programme, done: readonly SessionSummary[]): Programme => {
  if (body.progression === null || loadOf(body) === null) return body;
  const suggested = suggestion(body.progression, done);
  if (suggested.kind !== "raise") return body;
  const raised = (kg: number): number => Math.max(kg + 0.5, halfKilos(kg * (1 + suggested.pct / 100)));
  return {
    ...body,
    exercises: body.exercises.map((exercise) =>
      exercise.kind === "restricted" && exercise.loadKg !== null
        ? { ...exercise, loadKg: raised(exercise.loadKg) }
        : exercise,
    ),
  };
};
