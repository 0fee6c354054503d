/** What is asked of the log of the alarms, parsed; or a sentence for each parameter that is wrong. */
import { z } from "zod";
import { priorities } from "../../shared/alarm/log-wire.ts";
import { conditions } from "../../shared/alarm/policy.ts";
import { namePattern } from "../../shared/ids.ts";
import { minutes, type Millis, type WallTime, wallTime } from "../../shared/units.ts";
import { type Cursor, type LogFilter, longestRange, parseKey } from "../alarm-log.ts";
import { rowKinds } from "./alarm-csv.ts";

export type FieldError = Readonly<{ field: string; detail: string }>;
export type ParsedQuery<T> =
  Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; errors: readonly FieldError[] }>;

/** What is shown where no range is asked for. */
const usualRange: Millis = minutes(24 * 60);
const mostOfOnePage = 500;
const usualPage = 50;

const time = z.iso
  .datetime({ offset: true, error: "must be a time with its zone, such as 2026-03-01T14:00:00Z" })
  .transform((text) => wallTime(Date.parse(text)))
  .optional();
const empty = (field: unknown): unknown => (field === "" ? undefined : field);

const filter = {
  from: time,
  to: time,
  patient: z.preprocess(empty, z.string().max(500).optional()),
  cuff: z.preprocess(
    empty,
    z.string().regex(namePattern, "must be the name of a cuff: 1 to 32 of a-z, 0-9 and -").optional(),
  ),
  condition: z.preprocess(empty, z.enum(conditions, `must be one of ${conditions.join(", ")}`).optional()),
  priority: z.preprocess(empty, z.enum(priorities, `must be one of ${priorities.join(", ")}`).optional()),
};
const pageNumber = `must be a whole number from 1 to ${mostOfOnePage}`;
const pageQuery = z.strictObject({
  ...filter,
  limit: z.coerce
    .number(pageNumber)
    .int(pageNumber)
    .min(1, pageNumber)
    .max(mostOfOnePage, pageNumber)
    .default(usualPage),
  cursor: z
    .string()
    .transform((text, context) => {
      const cursor = parseKey(text);
      if (cursor === null)
        context.addIssue({ code: "custom", message: "must be what `next` said of the page before" });
      return cursor ?? undefined;
    })
    .optional(),
});
const figuresQuery = z.strictObject(filter);
const tableQuery = z.strictObject({
  ...filter,
  rows: z.enum(rowKinds, `must be one of ${rowKinds.join(", ")}`).default("occurrences"),
});

type Asked = z.output<typeof figuresQuery>;

/** A page of occurrences; `now` is the wall clock. */
export const parsePage = (
  query: unknown,
  now: WallTime,
): ParsedQuery<Readonly<{ filter: LogFilter; limit: number; cursor: Cursor | undefined }>> => {
  const parsed = pageQuery.safeParse(query);
  if (!parsed.success) return wrong(parsed.error);
  const { limit, cursor } = parsed.data;
  return withFilter(parsed.data, now, (of) => ({ filter: of, limit, cursor }));
};

export const parseFigures = (query: unknown, now: WallTime): ParsedQuery<Readonly<{ filter: LogFilter }>> => {
  const parsed = figuresQuery.safeParse(query);
  return parsed.success ? withFilter(parsed.data, now, (of) => ({ filter: of })) : wrong(parsed.error);
};

export const parseTable = (
  query: unknown,
  now: WallTime,
): ParsedQuery<Readonly<{ filter: LogFilter; rows: (typeof rowKinds)[number] }>> => {
  const parsed = tableQuery.safeParse(query);
  if (!parsed.success) return wrong(parsed.error);
  const { rows } = parsed.data;
  return withFilter(parsed.data, now, (of) => ({ filter: of, rows }));
};

/** The last 24 hours unless told otherwise; what has not come yet is in no log. */
const withFilter = <T>(asked: Asked, now: WallTime, as: (filter: LogFilter) => T): ParsedQuery<T> => {
  const to = wallTime(Math.min(asked.to ?? now, now));
  const from = asked.from ?? wallTime(to - usualRange);
  const problem = rangeProblem(from, to, asked.to !== undefined && asked.to <= now);
  if (problem !== null) return { ok: false, errors: [{ field: "from", detail: `from ${problem}.` }] };
  return {
    ok: true,
    value: as({
      range: { from, to },
      patient: asked.patient ?? null,
      cuff: asked.cuff ?? null,
      condition: asked.condition ?? null,
      priority: asked.priority ?? null,
    }),
  };
};

const rangeProblem = (from: WallTime, to: WallTime, toIsAsked: boolean): string | null => {
  if (from >= to) return `must be earlier than ${toIsAsked ? "to" : "now"}`;
  return to - from > longestRange ? "must lie within 366 days before to" : null;
};

const wrong = (error: z.ZodError): Extract<ParsedQuery<never>, { ok: false }> => ({
  ok: false,
  errors: error.issues.flatMap((issue): FieldError[] => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((field) => ({ field, detail: `${field} is no parameter of this address.` }));
    const field = issue.path.map(String).join(".");
    return [{ field, detail: `${field} ${asMust(issue.message)}.` }];
  }),
});

/** Messages of our own begin with "must"; what else is wrong is a parameter that was given twice. */
const asMust = (message: string): string =>
  message.startsWith("must") ? message : "must be given once, as text";
