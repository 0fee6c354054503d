/** What the server answers about the log of the alarms. The same schemas parse it on the page. */
import { z } from "zod";
import { alarmId, cuffId, stationId } from "../ids.ts";
import { millis, monotonic, wallTime } from "../units.ts";
import type { Count, Figures, Response } from "./figures.ts";
import type { History, Moment, Transition } from "./history.ts";
import { conditions } from "./policy.ts";

const wall = z.number().transform(wallTime);
const duration = z.number().transform(millis);
const at = z.number().transform(monotonic);
const id = z.string().transform(alarmId);

export const priorities = ["high", "medium", "low"] as const;
const priority = z.enum(priorities);

const source = {
  condition: z.enum(conditions),
  cuff: z.string().transform(cuffId).nullable(),
  station: z.string().transform(stationId).nullable(),
  patient: z.string(),
};
const moment = { at, wall };
const momentSchema: z.ZodType<Moment> = z.object(moment);
const reading = {
  priority,
  value: z.number(),
  limit: z.number(),
  unconfirmed: z.boolean(),
  cause: z.string().nullable(),
};
const person = { by: z.string(), verified: z.boolean() };

const transition: z.ZodType<Transition> = z.discriminatedUnion("kind", [
  z.object({ ...moment, ...reading, kind: z.enum(["raised", "changed"]) }),
  z.object({ ...moment, ...person, kind: z.enum(["acknowledged", "taken-back"]) }),
  z.object({ ...moment, kind: z.literal("sounded-again") }),
  z.object({ ...moment, kind: z.enum(["reminded", "cleared"]) }),
  z.object({ ...moment, kind: z.literal("superseded"), by: id }),
]);

const history: z.ZodType<History> = z.object({
  ...source,
  key: z.string(),
  id,
  priority,
  state: z.enum(["present", "acknowledged", "latched", "closed"]),
  raised: momentSchema,
  present: duration,
  response: duration.nullable(),
  unattended: z.array(z.object({ from: momentSchema, lasted: duration })),
  transitions: z.array(transition),
});

const count: z.ZodType<Count> = z.object({ all: z.number(), besidesCountdowns: z.number() });
const response: z.ZodType<Response> = z.object({
  answered: z.number(),
  unanswered: z.number(),
  median: duration.nullable(),
  p90: duration.nullable(),
});
const stretch = { from: wall, lasted: duration, raised: z.number() };

const figures: z.ZodType<Figures> = z.object({
  raised: count,
  lasts: duration,
  inUse: duration,
  per10Min: count,
  per10MinInUse: count.nullable(),
  perPatient: z.array(z.object({ patient: z.string(), all: z.number(), besidesCountdowns: z.number() })),
  chattering: z.array(z.object({ ...source, ...stretch })),
  longestUnattended: z
    .object({ ...source, key: z.string(), from: wall, lasted: duration, open: z.boolean() })
    .nullable(),
  mostFrequent: z.array(z.object({ ...source, raised: z.number() })),
  flood: z.object({ lasted: duration, share: z.number(), stretches: z.array(z.object(stretch)) }),
  response: z.object({ high: response, medium: response, low: response }),
  slots: z.object({
    size: duration,
    all: z.array(z.object({ from: wall, high: z.number(), medium: z.number(), low: z.number() })),
  }),
});

/** The range that was asked for, and what must be known of the server to trust what it says of it. */
const about = {
  from: wall,
  to: wall,
  /** The server's wall clock. */
  now: wall,
  /** Facts are being stored: otherwise the newest are missing. */
  recording: z.boolean(),
  simulated: z.boolean(),
};

/** `/api/alarms`: occurrences, the newest first; `next` is the cursor of what is older, or null. */
export const logPageSchema = z.object({
  ...about,
  occurrences: z.array(history),
  next: z.string().nullable(),
});
export type LogPage = Readonly<z.output<typeof logPageSchema>>;

/** `/api/alarms/figures`; `choices` are what the range can be filtered by, whatever it is filtered by now. */
export const logFiguresSchema = z.object({
  ...about,
  figures,
  choices: z.object({
    patients: z.array(z.string()),
    cuffs: z.array(z.string()),
    conditions: z.array(z.enum(conditions)),
  }),
});
export type LogFigures = Readonly<z.output<typeof logFiguresSchema>>;

/** Problem details (RFC 9457), with a sentence for each parameter that is wrong. */
export const problemSchema = z.object({
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
});
