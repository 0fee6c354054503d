/** Everything of a recording that is no pressure, as a row of a table: inflations, alarms and answers, sets, notes. */
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import type { AlarmId } from "../../shared/ids.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import { each } from "../../shared/recording/recorded.ts";
import { type Fact, isAboutAlarm } from "../../shared/session/fact.ts";
import type { Note } from "../../shared/session/note.ts";
import { inTable } from "../../shared/view/log-line.ts";
import type { Cell } from "../http/csv.ts";
import { type Column, headOf, rowOf, utc, whole } from "./columns.ts";
import type { Told } from "./samples-csv.ts";

/** What a fact tells beside when and of which cuff; what is left out stays empty. */
type Said = Readonly<
  Partial<
    Record<
      "by" | "condition" | "priority" | "cause" | "alarm" | "text" | "value_unit" | "limit_unit",
      string | null
    > &
      Record<"value" | "limit" | "exercise" | "set" | "repetitions" | "inflation", number | null> &
      Record<"verified" | "unconfirmed", boolean>
  >
>;
type Row = Said &
  Readonly<{ ms: number; wall: number; event: string; cuff: string | null; limb: Limb | null }>;

const said = (name: keyof Said, unit: string, what: string): Column<Row> => ({
  ...{ name, unit, what },
  of: (row): Cell => row[name] ?? null,
});

export const eventColumns: readonly Column<Row>[] = [
  {
    ...{ name: "time_ms", unit: "ms", of: (r) => r.ms },
    what: "When it happened, from the beginning of the session; an inflation from its crossing of 30 mmHg",
  },
  {
    ...{ name: "wall_time_utc", unit: "ISO 8601, UTC", of: (r) => utc(r.wall) },
    what: "The same moment on the server's wall clock",
  },
  { name: "event", unit: "", what: "What happened: the name of the fact", of: (r) => r.event },
  { name: "cuff", unit: "", what: "The cuff's name; empty for the room or the class", of: (r) => r.cuff },
  { name: "side", unit: "", what: "left or right: the limb that wore it", of: (r) => r.limb?.side ?? null },
  { name: "limb", unit: "", what: "thigh or arm", of: (r) => r.limb?.limb ?? null },
  said("by", "", "Who did it, by name"),
  said("verified", "true, false", "Whether that person had signed in"),
  said("alarm", "", "The occurrence: the same in every row about it"),
  said("condition", "", "What was alarmed about"),
  said("priority", "", "low, medium or high"),
  said("value", "see value_unit", "What was measured or noted"),
  said("value_unit", "", "The unit of value"),
  said("limit", "see limit_unit", "What it was held against"),
  said("limit_unit", "", "The unit of limit"),
  said("unconfirmed", "true, false", "Nobody could measure whether it was so"),
  said("cause", "", "A fault's code, a symptom, why an inflation ended"),
  said("exercise", "number", "Of the plan, from 1"),
  said("set", "number", "Of that exercise, from 1"),
  said("repetitions", "number", "As many as were done; empty where nobody counted"),
  said("inflation", "number", "Which inflation of the cuff"),
  said("text", "", "What somebody wrote, and how the session ended"),
];

/** The table, with its head, in pieces. */
export function* eventsCsv({ recorded, span }: Told): Generator<string> {
  const occurrences = new Map<AlarmId, Occurrence>();
  const rows: Row[] = [];
  for (const { at, wall, fact } of each(recorded.lines)) {
    if (fact.kind === "alarm-raised") occurrences.set(fact.occurrence.id, fact.occurrence);
    const told = isAboutAlarm(fact) ? ofAlarm(fact, occurrences) : saidBy(fact);
    if (told === null || at < recorded.from || at > recorded.to) continue;
    const happened = fact.kind === "inflated" ? fact.since : fact.kind === "deflated" ? fact.end : at;
    const cuff = "cuff" in fact ? fact.cuff : null;
    const limb = span.worn.find(
      (w) => w.cuff === cuff && w.from <= at && (w.to === null || at <= w.to),
    )?.limb;
    const when = { ms: whole(happened - span.from), wall: wall + happened - at };
    rows.push({ ...when, event: eventOf(fact), cuff, limb: limb ?? null, ...told });
  }
  yield headOf(eventColumns);
  yield rows
    .sort((a, b) => a.ms - b.ms)
    .map((row) => rowOf(eventColumns, row))
    .join("");
}

const eventOf = (fact: Fact): string => (fact.kind === "event" ? `cuff-${fact.message.kind}` : fact.kind);

const ofAlarm = (
  fact: Extract<Fact, { kind: `alarm-${string}` }>,
  known: ReadonlyMap<AlarmId, Occurrence>,
): Said => {
  const id = fact.kind === "alarm-raised" ? fact.occurrence.id : fact.id;
  const occurrence = known.get(id);
  const about = { alarm: id, condition: occurrence?.condition ?? null };
  switch (fact.kind) {
    case "alarm-raised":
      return { ...about, ...measured(fact.occurrence, fact.occurrence) };
    case "alarm-changed":
      return { ...about, ...(occurrence === undefined ? {} : measured(occurrence, fact)) };
    case "alarm-acknowledged":
      return { ...about, by: fact.acknowledged.by, verified: fact.acknowledged.verified };
    case "alarm-taken-back":
      return { ...about, by: fact.by, verified: fact.verified };
    case "alarm-superseded":
      return { ...about, text: fact.by };
    case "alarm-cleared":
    case "alarm-reminded":
      return about;
  }
};

const measured = (
  { condition }: Occurrence,
  now: Pick<Occurrence, "priority" | "value" | "limit" | "cause" | "unconfirmed">,
): Said => {
  const { value, limit } = inTable({ ...now, condition });
  return {
    ...{ priority: now.priority, cause: now.cause, unconfirmed: now.unconfirmed },
    ...{ value: value.number, value_unit: value.unit, limit: limit.number, limit_unit: limit.unit },
  };
};

const noted = (note: Note): Said => {
  switch (note.kind) {
    case "pain":
      return { cause: "pain", value: note.score, value_unit: "of 10" };
    case "refill":
      return { cause: "capillary refill", value: note.seconds, value_unit: "s" };
    case "symptom":
      return { cause: note.symptom, value: note.present ? 1 : 0, value_unit: "1: there, 0: gone" };
  }
};

/** What a fact tells; null for what is no event of a session. */
const saidBy = (fact: Exclude<Fact, { kind: `alarm-${string}` }>): Said | null => {
  const who = "verified" in fact ? { by: fact.by, verified: fact.verified } : {};
  switch (fact.kind) {
    case "samples":
    case "basic-sample":
    case "status":
    case "meta":
    case "forgotten":
    case "roster":
      return null;
    case "event":
      if (fact.message.kind === "fault") return { cause: fact.message.code };
      return fact.message.kind === "lop" ? { value: fact.message.lop / 10, value_unit: "mmHg" } : {};
    case "inflated":
      return { inflation: fact.occlusion };
    case "deflated":
      return { inflation: fact.occlusion, cause: fact.reason, unconfirmed: !fact.confirmed };
    case "ordered-down":
      return { ...who, inflation: fact.occlusion, cause: fact.order };
    case "noted":
      return { ...who, ...noted(fact.note) };
    case "recording":
      return { cause: fact.ok ? "stored" : "not stored" };
    case "listening":
      return { value: fact.screens, value_unit: "screens" };
    case "sound-paused":
    case "sound-resumed":
    case "duty-taken":
    case "duty-declined":
    case "class-started":
    case "class-ended":
      return who;
    case "duty-offered":
      return { ...who, text: fact.to };
    case "patient-seated":
      return { ...who, text: fact.seat.visit.programme };
    case "checked":
      return {
        ...who,
        text: [...fact.check.red, fact.check.override?.reason ?? ""].filter(Boolean).join("; "),
      };
    case "exercise-begun":
      return { ...who, exercise: fact.exercise + 1 };
    case "set-begun":
      return { ...who, set: fact.set };
    case "set-ended":
      return { ...who, repetitions: fact.repetitions };
    case "cuff-swapped":
      return { ...who, text: `${fact.from} → ${fact.to}` };
    case "exertion-noted":
      return { ...who, value: fact.score, value_unit: "of 10" };
    case "remarked":
      return { ...who, text: fact.text };
    case "finished":
      return { ...who, cause: fact.outcome, text: fact.reason };
    case "all-released":
      return { ...who, text: [...fact.cuffs, ...fact.byHand].join(" ") };
    case "resumed":
      return { value: whole(fact.gap), value_unit: "ms" };
  }
};
