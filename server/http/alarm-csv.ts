/** The log of the alarms as a table: a row for each occurrence, or for each transition. Units stand in the names of the columns. */
import type { History, Transition } from "../../shared/alarm/history.ts";
import type { WallTime } from "../../shared/units.ts";
import { inTable } from "../../shared/view/log-line.ts";
import { type Cell, csvRow } from "./csv.ts";

export const rowKinds = ["occurrences", "transitions"] as const;
export type RowKind = (typeof rowKinds)[number];

const utc = (wall: WallTime): string => new Date(wall).toISOString();
const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms) / 1000);

type RaisedOrChanged = Extract<Transition, Readonly<{ value: number }>>;
type FromPerson = Extract<Transition, Readonly<{ verified: boolean }>>;

/** The first that matches; the kinds are few and the histories short. */
const first = (h: History, kind: Transition["kind"]): Transition | undefined =>
  h.transitions.find((t) => t.kind === kind);
const times = (h: History, kind: Transition["kind"]): number =>
  h.transitions.filter((t) => t.kind === kind).length;

type Column<T> = readonly [name: string, of: (row: T) => Cell];

const identity: readonly Column<History>[] = [
  ["occurrence", (h) => h.id],
  ["condition", (h) => h.condition],
  ["station", (h) => h.station],
  ["patient", (h) => h.patient],
  ["cuff", (h) => h.cuff],
];

const occurrenceColumns: readonly Column<History>[] = [
  ...identity,
  ["highest_priority", (h) => h.priority],
  ["state", (h) => h.state],
  ["raised_at_utc", (h) => utc(h.raised.wall)],
  ["value", (h) => measured(h)?.value.number ?? null],
  ["value_unit", (h) => measured(h)?.value.unit ?? ""],
  ["limit", (h) => measured(h)?.limit.number ?? null],
  ["limit_unit", (h) => measured(h)?.limit.unit ?? ""],
  ["unconfirmed", (h) => raisedIn(h)?.unconfirmed ?? null],
  ["cause", (h) => raisedIn(h)?.cause ?? null],
  ["cleared_at_utc", (h) => whenFirst(h, "cleared")],
  ["present_s", (h) => seconds(h.present)],
  ["first_answered_at_utc", (h) => whenFirst(h, "acknowledged")],
  ["first_answered_by", (h) => answerOf(h)?.by ?? null],
  ["first_answer_verified", (h) => answerOf(h)?.verified ?? null],
  ["response_s", (h) => seconds(h.response)],
  ["unattended_s", (h) => seconds(h.unattended.reduce((total, { lasted }) => total + lasted, 0))],
  ["longest_unattended_s", (h) => seconds(Math.max(0, ...h.unattended.map(({ lasted }) => lasted)))],
  ["answers", (h) => times(h, "acknowledged")],
  ["answers_taken_back", (h) => times(h, "taken-back")],
  ["sounded_again", (h) => times(h, "sounded-again")],
  ["reminders", (h) => times(h, "reminded")],
];

const raisedIn = (h: History): RaisedOrChanged | undefined =>
  h.transitions.find((t): t is RaisedOrChanged => t.kind === "raised");
const measured = (h: History): ReturnType<typeof inTable> | null => {
  const raised = raisedIn(h);
  return raised === undefined ? null : inTable({ ...raised, condition: h.condition });
};
const whenFirst = (h: History, kind: Transition["kind"]): string | null => {
  const found = first(h, kind);
  return found === undefined ? null : utc(found.wall);
};
const answerOf = (h: History): FromPerson | undefined =>
  h.transitions.find((t): t is FromPerson => t.kind === "acknowledged");

type Told = Readonly<{ h: History; t: Transition }>;

const transitionColumns: readonly Column<Told>[] = [
  ...identity.map(([name, of]): Column<Told> => [name, ({ h }) => of(h)]),
  ["transition", ({ t }) => t.kind],
  ["at_utc", ({ t }) => utc(t.wall)],
  ["after_raised_s", ({ h, t }) => seconds(t.at - h.raised.at)],
  ["priority", ({ t }) => ("priority" in t ? t.priority : null)],
  ["value", ({ h, t }) => ("value" in t ? inTable({ ...t, condition: h.condition }).value.number : null)],
  ["value_unit", ({ h, t }) => ("value" in t ? inTable({ ...t, condition: h.condition }).value.unit : "")],
  ["limit", ({ h, t }) => ("value" in t ? inTable({ ...t, condition: h.condition }).limit.number : null)],
  ["limit_unit", ({ h, t }) => ("value" in t ? inTable({ ...t, condition: h.condition }).limit.unit : "")],
  ["unconfirmed", ({ t }) => ("unconfirmed" in t ? t.unconfirmed : null)],
  ["cause", ({ t }) => ("cause" in t ? t.cause : null)],
  ["by", ({ t }) => ("verified" in t ? t.by : null)],
  ["verified", ({ t }) => ("verified" in t ? t.verified : null)],
  ["superseded_by", ({ t }) => (t.kind === "superseded" ? t.by : null)],
];

/** The names of the columns, as the first row. */
export const csvHead = (rows: RowKind): string =>
  csvRow((rows === "occurrences" ? occurrenceColumns : transitionColumns).map(([name]) => name));

/** The rows of one occurrence. */
export const csvRowsOf = (h: History, rows: RowKind): string =>
  rows === "occurrences"
    ? csvRow(occurrenceColumns.map(([, of]) => of(h)))
    : h.transitions.map((t) => csvRow(transitionColumns.map(([, of]) => of({ h, t })))).join("");
