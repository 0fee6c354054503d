/** How reads and writes of records are answered over HTTP: the same for every kind. */
import { z } from "zod";
import type { Principal } from "../../shared/clinic/rights.ts";
import { type RecordName, recordWords as words } from "../../shared/view/record-words.ts";
import type { WallTime } from "../../shared/units.ts";
import { type Answered, type FieldProblem, type Problem, problem } from "../http/route.ts";
import { type Collection, type Page, parseCursor, type Writer } from "../register/collection.ts";
import type { Change, Entry, Written } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";

/** A record by its id in the address. */
export const byId = z.object({ id: z.string().max(64) });

/** Which page of a list. */
export const paging = z.strictObject({
  text: z
    .string()
    .max(200)
    .optional()
    .describe("Every word must be found, in any order, without case or marks"),
  cursor: z
    .string()
    .max(4000)
    .refine((cursor) => parseCursor(cursor) !== undefined, words.cursor)
    .optional()
    .describe("The `next` of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The name under which somebody writes, and the moment; the server's to say. */
export const writerOf = (who: Principal, at: WallTime): Writer => ({
  by: who.kind === "staff" ? who.name : who.kind,
  at,
});

export const unreadable = (read: StoreResult<unknown> & { ok: false }): Problem =>
  problem(503, words.unreadable(read.error.detail));

/** 422, with what is wrong beside each field. */
export const wrongFields = (errors: readonly FieldProblem[]): Problem =>
  problem(422, errors.map((e) => `${e.field}: ${e.detail}`).join("; "), { errors });

/** A record to work with, or why it cannot be: unreadable, or not there. */
export type Found<Body> = Readonly<{ ok: true; entry: Entry<Body> }> | Problem;

export const found = async <Body>(
  records: Pick<Collection<Body>, "get">,
  id: string,
  what: RecordName,
): Promise<Found<Body>> => {
  const read = await records.get(id);
  if (!read.ok) return unreadable(read);
  return read.value === null ? problem(404, words.none(what)) : { ok: true, entry: read.value };
};

/** The same for somebody who is about to change it and has seen a version of it. */
export const foundAsSeen = async <Body>(
  records: Pick<Collection<Body>, "get">,
  { id, seen, what }: Readonly<{ id: string; seen: number | null; what: RecordName }>,
): Promise<Found<Body>> => {
  const read = await found(records, id, what);
  return read.ok && read.entry.version !== seen ? conflict(read.entry) : read;
};

/** 412: somebody was faster; `present` is what stands there now. */
export const conflict = (present: Entry | null): Problem =>
  problem(412, present === null ? words.goneMeanwhile : words.changedMeanwhile(present.by), {
    more: { present },
  });

/** One record as an answer. */
export const shown = <Body>(entry: Entry<Body>, status: 200 | 201 = 200): Answered<Entry<Body>> => ({
  ok: true,
  status,
  body: entry,
  version: entry.version,
});

/** A page of a list as an answer. */
export const listed = <Body>(
  page: StoreResult<Page<Body>>,
): Answered<{ entries: Entry<Body>[]; next: string | null }> =>
  page.ok
    ? { ok: true, body: { entries: [...page.value.entries], next: page.value.next } }
    : unreadable(page);

/** Which field has a unique key, and what to say where another record has it. */
export type Unique = FieldProblem;

/** Why a write did not take place; null where it did. */
export const refusalOf = (write: StoreResult<Written>, unique?: Unique): Problem | null => {
  if (!write.ok) return problem(503, words.unwritable(write.error.detail));
  switch (write.value.is) {
    case "written":
      return null;
    case "conflict":
      return conflict(write.value.present);
    case "taken":
      return unique === undefined
        ? problem(409, words.takenElsewhere)
        : problem(409, unique.detail, { errors: [unique] });
  }
};

export type Saving<Body> = Readonly<{
  id: string;
  body: Body;
  /** Null for a new one. */
  seen: number | null;
  writer: Writer;
  owner?: string | null;
  unique?: Unique;
  /** Written with it, or not at all. */
  besides?: readonly Change[];
}>;

/** Writes one record and answers it as it stands then. */
export const save = async <Body>(
  records: Collection<Body>,
  { id, body, seen, writer, owner = null, unique, besides = [] }: Saving<Body>,
): Promise<Answered<Entry<Body>>> => {
  const change = records.change(id, body, seen, writer, owner);
  const write = await records.write([change, ...besides]);
  const refusal = refusalOf(write, unique);
  if (refusal !== null) return refusal;
  const version = (write.ok && write.value.is === "written" ? write.value.versions[0] : undefined) ?? 1;
  const owned = "keys" in change ? change.keys.owner : null;
  return shown({ id, version, ...writer, owner: owned, body }, seen === null ? 201 : 200);
};

/** Writes removals; 204. */
export const remove = async (
  records: Pick<Collection<unknown>, "write">,
  changes: readonly Change[],
): Promise<Answered<undefined>> =>
  refusalOf(await records.write(changes)) ?? { ok: true, status: 204, body: undefined };
