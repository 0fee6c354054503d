/**
 * Facts that come from outside, as a file that was taken home and brought back. Inside the house only the engine makes facts and nobody parses
 * them; here each is `unknown` until its kind's schema has read it.
 */
import { z } from "zod";
import { acknowledgementSchema, occurrenceSchema } from "../wire.ts";
import { outcomes, runningClassSchema, visitSchema } from "../class/visit.ts";
import { dataMessage, eventMessage, metaMessage, statusMessage } from "../cuff/message.ts";
import { alarmId, classId, epoch, sessionId } from "../ids.ts";
import { noteSchema } from "../session/note.ts";
import type { Fact, FactKind } from "../session/fact.ts";
import { millis, mmhg, monotonic, wallTime } from "../units.ts";
import type { Line } from "./line.ts";
import { mostWhole } from "./whole.ts";
import { cuff, limb, rosterSchema, seatSchema, word, wornSchema } from "./seat-schema.ts";

const time = z.number().transform(monotonic);
const duration = z.number().transform(millis);
const pressure = z.number().transform(mmhg);
const count = z.int().min(0);
const cuffs = z.array(cuff).max(1000);
const quality = z.enum(["live", "late", "historic"]);
const alarm = word.transform(alarmId);
const session = word.transform(sessionId);

const person = { by: word, verified: z.boolean() };
const ofCuff = { at: time, cuff };
const ofRoom = { at: time, cuff: z.null() };
const ofClass = { at: time, ...person };
const ofVisit = { ...ofClass, session };

/** What became of an occurrence is told of a cuff or of the room. */
const aboutAlarm = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.union([z.strictObject({ ...ofCuff, ...shape }), z.strictObject({ ...ofRoom, ...shape })]);

type SchemaOf = Readonly<{ [K in FactKind]: z.ZodType<Extract<Fact, { kind: K }>> }>;

/** Every kind of fact there is: one that is added without a schema does not compile. */
const schemaOf: SchemaOf = {
  samples: z.strictObject({ ...ofCuff, kind: z.literal("samples"), quality, message: dataMessage }),
  "basic-sample": z.strictObject({
    ...{ ...ofCuff, kind: z.literal("basic-sample"), pressure, freshFor: duration },
  }),
  status: z.strictObject({ ...ofCuff, kind: z.literal("status"), message: statusMessage }),
  meta: z.strictObject({ ...ofCuff, kind: z.literal("meta"), message: metaMessage }),
  event: z.strictObject({ ...ofCuff, kind: z.literal("event"), quality, message: eventMessage }),
  inflated: z.strictObject({ ...ofCuff, kind: z.literal("inflated"), occlusion: count, since: time }),
  deflated: z.strictObject({
    ...{ ...ofCuff, kind: z.literal("deflated"), occlusion: count, end: time },
    reason: z.enum(["cuff-says", "released", "cuff-off"]),
    confirmed: z.boolean(),
  }),
  "ordered-down": z.strictObject({
    ...{ ...ofCuff, kind: z.literal("ordered-down"), order: z.enum(["release", "cuff-off"]) },
    ...{ ...person, occlusion: count },
  }),
  noted: z.strictObject({ ...ofCuff, kind: z.literal("noted"), ...person, note: noteSchema }),
  forgotten: z.strictObject({ ...ofCuff, kind: z.literal("forgotten") }),

  "alarm-raised": aboutAlarm({ kind: z.literal("alarm-raised"), occurrence: occurrenceSchema }),
  "alarm-changed": aboutAlarm({
    ...{ kind: z.literal("alarm-changed"), id: alarm, priority: z.enum(["low", "medium", "high"]) },
    ...{ value: z.number(), limit: z.number(), unconfirmed: z.boolean(), cause: word.nullable() },
  }),
  "alarm-cleared": aboutAlarm({ kind: z.literal("alarm-cleared"), id: alarm }),
  "alarm-acknowledged": aboutAlarm({
    ...{ kind: z.literal("alarm-acknowledged"), id: alarm, acknowledged: acknowledgementSchema },
  }),
  "alarm-taken-back": aboutAlarm({ kind: z.literal("alarm-taken-back"), id: alarm, ...person }),
  "alarm-reminded": aboutAlarm({ kind: z.literal("alarm-reminded"), id: alarm }),
  "alarm-superseded": aboutAlarm({ kind: z.literal("alarm-superseded"), id: alarm, by: alarm }),

  recording: z.strictObject({ ...ofRoom, kind: z.literal("recording"), ok: z.boolean() }),
  listening: z.strictObject({ ...ofRoom, kind: z.literal("listening"), screens: count }),
  "sound-paused": z.strictObject({ ...ofRoom, kind: z.literal("sound-paused"), ...person, until: time }),
  "sound-resumed": z.strictObject({ ...ofRoom, kind: z.literal("sound-resumed"), ...person }),
  "duty-offered": z.strictObject({ ...ofRoom, kind: z.literal("duty-offered"), ...person, to: word }),
  "duty-taken": z.strictObject({
    ...{ ...ofRoom, kind: z.literal("duty-taken"), ...person, from: word.nullable() },
  }),
  "duty-declined": z.strictObject({ ...ofRoom, kind: z.literal("duty-declined"), ...person }),

  "class-started": z.strictObject({
    ...{ ...ofClass, kind: z.literal("class-started"), class: runningClassSchema },
  }),
  "class-ended": z.strictObject({
    ...{ ...ofClass, kind: z.literal("class-ended"), class: word.transform(classId) },
  }),
  "patient-seated": z.strictObject({ ...ofClass, kind: z.literal("patient-seated"), seat: seatSchema }),
  checked: z.strictObject({
    ...{ ...ofVisit, kind: z.literal("checked"), check: visitSchema.shape.check.unwrap() },
  }),
  "exercise-begun": z.strictObject({
    ...{ ...ofVisit, kind: z.literal("exercise-begun"), exercise: count },
    ...{ worn: z.array(wornSchema).max(32), seenOff: cuffs },
  }),
  "set-begun": z.strictObject({ ...ofVisit, kind: z.literal("set-begun"), set: count }),
  "set-ended": z.strictObject({ ...ofVisit, kind: z.literal("set-ended"), repetitions: count.nullable() }),
  "cuff-swapped": z.strictObject({
    ...{ ...ofVisit, kind: z.literal("cuff-swapped"), from: cuff, to: cuff, seenOff: z.boolean() },
  }),
  "exertion-noted": z.strictObject({ ...ofVisit, kind: z.literal("exertion-noted"), score: z.number() }),
  remarked: z.strictObject({ ...ofVisit, kind: z.literal("remarked"), text: word }),
  finished: z.strictObject({
    ...{ ...ofVisit, kind: z.literal("finished"), outcome: z.enum(outcomes), reason: word },
    ...{ seenOff: cuffs, seat: seatSchema, class: runningClassSchema.nullable() },
    restricted: z.array(z.strictObject({ limb, total: duration })).max(32),
  }),
  "all-released": z.strictObject({ ...ofClass, kind: z.literal("all-released"), cuffs, byHand: cuffs }),

  roster: z.strictObject({ at: time, kind: z.literal("roster"), roster: rosterSchema }),
  resumed: z.strictObject({
    ...{ at: time, kind: z.literal("resumed"), gap: duration },
    vouchedBy: z.enum(["boot-clock", "wall-clock", "own-clock", "nothing"]),
  }),
};

/** What a line says beside its fact. */
const besideFact = z.strictObject({
  id: z.int().min(1).max(mostWhole),
  epoch: z.string().min(1).max(64).transform(epoch),
  at: z.number().min(-mostWhole).max(mostWhole).transform(monotonic),
  wall: z.number().min(0).max(mostWhole).transform(wallTime),
});

/** What is wrong with a line: which field, as "fact.message.p.0", and why. */
export type LineProblem = Readonly<{ field: string; reason: string }>;
export type ReadLine = Readonly<{ ok: true; line: Line }> | Readonly<{ ok: false; problem: LineProblem }>;

/** A line in a value that came from outside, or the first thing that is wrong with it. */
export const readLine = (value: unknown): ReadLine => {
  if (!isObject(value)) return wrong("(line)", "is not an object");
  const { fact, ...beside } = value;
  const about = besideFact.safeParse(beside);
  if (!about.success) return firstOf(about.error);
  const read = readFact(fact);
  if (!read.ok) return read;
  // A line is of the moment of its fact; what it says of itself beside that would be believed by some and not by others.
  if (read.fact.at !== about.data.at) return wrong("fact.at", "is another moment than that of its line");
  return { ok: true, line: { ...about.data, fact: read.fact } };
};

/** A fact in a value that came from outside. */
export const readFact = (
  value: unknown,
): Readonly<{ ok: true; fact: Fact }> | Readonly<{ ok: false; problem: LineProblem }> => {
  if (!isObject(value)) return wrong("fact", "is not an object");
  const { kind } = value;
  if (typeof kind !== "string" || !isKind(kind))
    return wrong(
      "fact.kind",
      `there is no fact ${typeof kind === "string" ? JSON.stringify(kind.slice(0, 60)) : "without a kind"}`,
    );
  const read = schemaOf[kind].safeParse(value);
  if (!read.success) return firstOf(read.error, "fact");
  // What was not understood would be lost on the way.
  const stray = strayField(value, read.data, "fact");
  return stray === null ? { ok: true, fact: read.data } : wrong(stray, "is not known here");
};

const isKind = (name: string): name is FactKind => Object.hasOwn(schemaOf, name);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The first field of `given` that is not in what was read of it. */
const strayField = (given: unknown, read: unknown, path: string): string | null => {
  if (typeof given !== "object" || given === null || typeof read !== "object" || read === null) return null;
  const kept: Readonly<Record<string, unknown>> = { ...read };
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(kept, key)) return `${path}.${key.slice(0, 60)}`;
    const inside = strayField(value, kept[key], `${path}.${key}`);
    if (inside !== null) return inside;
  }
  return null;
};

const wrong = (field: string, reason: string): { ok: false; problem: LineProblem } => ({
  ok: false,
  problem: { field, reason },
});

const firstOf = (error: z.ZodError, root = ""): { ok: false; problem: LineProblem } => {
  const issue = deepest(error.issues[0]);
  const path = [...(root === "" ? [] : [root]), ...(issue?.path ?? []).map(String)];
  return wrong(path.join(".").slice(0, 200) || "(line)", (issue?.message ?? "does not fit").slice(0, 200));
};

/** Of a union's ways that nearest to fitting: the one that went wrong last. */
const deepest = (issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined => {
  if (issue?.code !== "invalid_union") return issue;
  const ways = issue.errors.filter((way) => way.length > 0).toSorted((a, b) => a.length - b.length);
  const inner = deepest(ways[0]?.[0]);
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] };
};
