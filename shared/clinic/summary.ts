/**
 * What a class and a clinic did in a stretch of time, summed up from the records of recordings: no fact is read for it. Recordings that
 * were made elsewhere are not among them.
 */
import { z } from "zod";
import { percentile } from "../alarm/figures.ts";
import { type ConditionId, conditions, countsAsAlarm, type Priority } from "../alarm/policy.ts";
import { type Millis, millis } from "../units.ts";
import { moment } from "./fields.ts";
import type { AdverseEvent } from "./follow-up.ts";
import type { ClassRecord, RecordingRecord } from "./recording-record.ts";

const count = z.int().min(0);
const priorities = ["high", "medium", "low"] as const satisfies readonly Priority[];

const responseSchema = {
  raised: count,
  answered: count,
  medianMs: z
    .number()
    .nullable()
    .describe("From when it was raised until somebody was going; null where nobody was"),
  p90Ms: z.number().nullable(),
};

export const summedSchema = z.object({
  sessions: count,
  /** Different people. */
  patients: count,
  restrictedMs: z.number().describe("Of each session the limb that was restricted longest"),
  outcomes: z.object({ completed: count, "stopped-early": count, "not-started": count, unknown: count }),
  /** By condition and priority, the most frequent first. */
  alarms: z.array(
    z.object({ condition: z.enum(conditions), priority: z.enum(priorities), ...responseSchema }),
  ),
  responses: z.object({
    high: z.object(responseSchema),
    medium: z.object(responseSchema),
    low: z.object(responseSchema),
  }),
  reminders: z.object(responseSchema).describe("Of a release that was due soon: not among the alarms"),
  adverseEvents: z.object({ mild: count, moderate: count, serious: count }),
});
export type Summed = Readonly<z.output<typeof summedSchema>>;

export const summarySchema = z.object({
  /** From this moment on and before that one: sessions that began then, and adverse events of then. */
  from: moment,
  to: moment,
  clinic: summedSchema,
  /** The newest first. */
  classes: z.array(
    summedSchema.extend({
      class: z.string().nullable().describe("Null: sessions that were in no class"),
      room: z.string().nullable().describe("Null while the class is under way"),
      startedAt: moment,
    }),
  ),
});
export type Summary = Readonly<z.output<typeof summarySchema>>;

type Session = Readonly<{ id: string; body: RecordingRecord }>;

export type KnownClass = Pick<ClassRecord, "room" | "startedAt">;

/** Sums up one session after the other. */
export type Summing = Readonly<{
  take: (session: Session) => void;
  event: (event: AdverseEvent) => void;
  clinic: () => Summed;
  /**
   * One after the other, the newest first, each summed up when it is asked for. What is known of a class tells when it began; the first of
   * its sessions where nothing is.
   */
  classes: (known: (id: string) => KnownClass | null) => Iterable<Summary["classes"][number]>;
}>;

export const createSumming = (): Summing => {
  const clinic = createSum();
  const classes = new Map<string | null, Sum & { startedAt: number }>();
  const classOf = new Map<string, string | null>();
  return {
    take: ({ id, body }) => {
      if (body.source === "imported") return;
      const own = classes.get(body.class) ?? { ...createSum(), startedAt: body.startedAt };
      own.startedAt = Math.min(own.startedAt, body.startedAt);
      classes.set(body.class, own);
      classOf.set(id, body.class);
      clinic.take(body);
      own.take(body);
    },
    event: (event) => {
      clinic.event(event);
      const its = event.session === null ? undefined : classOf.get(event.session);
      if (its !== undefined) classes.get(its)?.event(event);
    },
    clinic: clinic.sum,
    *classes(known) {
      const newest = [...classes]
        .map(([id, own]) => {
          const its = id === null ? null : known(id);
          return { id, own, room: its?.room ?? null, startedAt: its?.startedAt ?? own.startedAt };
        })
        .toSorted((a, b) => b.startedAt - a.startedAt);
      for (const { id, own, room, startedAt } of newest) yield { ...own.sum(), class: id, room, startedAt };
    },
  };
};

type Sum = Readonly<{
  take: (body: RecordingRecord) => void;
  event: (event: AdverseEvent) => void;
  sum: () => Summed;
}>;

const createSum = (): Sum => {
  const patients = new Set<string>();
  const outcomes = { completed: 0, "stopped-early": 0, "not-started": 0, unknown: 0 };
  const adverseEvents = { mild: 0, moderate: 0, serious: 0 };
  const alarms = new Map<string, Alarms>();
  let sessions = 0;
  let restrictedMs = 0;
  return {
    take: ({ patient, name, outcome, figures }) => {
      sessions += 1;
      // Whoever is not in the register is known by the name on the wall alone.
      patients.add(patient ?? `name ${name}`);
      outcomes[outcome ?? "unknown"] += 1;
      restrictedMs += Math.max(0, ...figures.limbs.map((limb) => limb.restrictedMs));
      for (const { condition, priority, answeredAfterMs } of figures.alarms) {
        const key = `${condition} ${priority}`;
        const own = alarms.get(key) ?? { condition, priority, raised: 0, times: [] };
        own.raised += 1;
        if (answeredAfterMs !== null) own.times.push(millis(answeredAfterMs));
        alarms.set(key, own);
      }
    },
    event: ({ severity }) => {
      adverseEvents[severity] += 1;
    },
    sum: () => {
      const said = [...alarms.values()];
      const all = said.filter(({ condition }) => countsAsAlarm(condition));
      const of = (priority: Priority): Response => responseOf(all.filter((a) => a.priority === priority));
      return {
        ...{ sessions, patients: patients.size, restrictedMs, outcomes: { ...outcomes } },
        alarms: all
          .map((one) => ({ condition: one.condition, priority: one.priority, ...responseOf([one]) }))
          .toSorted((a, b) => b.raised - a.raised),
        responses: { high: of("high"), medium: of("medium"), low: of("low") },
        reminders: responseOf(said.filter(({ condition }) => !countsAsAlarm(condition))),
        adverseEvents: { ...adverseEvents },
      };
    },
  };
};

type Alarms = { condition: ConditionId; priority: Priority; raised: number; times: Millis[] };
type Response = Summed["responses"]["high"];

const responseOf = (some: readonly Alarms[]): Response => {
  const times = some.flatMap((one) => one.times).toSorted((a, b) => a - b);
  return {
    raised: some.reduce((all, one) => all + one.raised, 0),
    ...{ answered: times.length, medianMs: percentile(times, 0.5), p90Ms: percentile(times, 0.9) },
  };
};
