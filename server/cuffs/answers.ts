/** How reads and writes of cuffs are answered over HTTP. */
import { z } from "zod";
import type { Principal } from "../../shared/clinic/rights.ts";
import type { WallTime } from "../../shared/units.ts";
import { cuffWords as words } from "../../shared/view/cuff-words.ts";
import { type Answered, type Problem, problem } from "../http/route.ts";
import { type Collection, type Page, parseCursor, type Writer } from "../register/collection.ts";
import type { Change, Entry, Written } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";

/** A record by its id in the address. */
export const byId = z.object({ id: z.string().max(64) });

/** Which page of a list. */
export const paging = z.strictObject({
  text: z.string().max(200).optional(),
  cursor: z
    .string()
    .max(4000)
    .refine((cursor) => parseCursor(cursor) !== undefined, words.cursor)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The name under which somebody writes, and the moment. */
export const writerOf = (who: Principal, at: WallTime): Writer => ({
  by: who.kind === "staff" ? who.name : who.kind,
  at,
});

type Found<Body> = Readonly<{ ok: true; entry: Entry<Body> }> | Problem;

/** A record to work with, or why it cannot be. */
export const found = async <Body>(records: Collection<Body>, id: string): Promise<Found<Body>> => {
  const read = await records.get(id);
  if (!read.ok) return problem(503, read.error.detail);
  return read.value === null ? problem(404, words.none) : { ok: true, entry: read.value };
};

/** The same for somebody who is about to change it and has seen a version of it. */
export const foundAsSeen = async <Body>(
  records: Collection<Body>,
  id: string,
  seen: number | null,
): Promise<Found<Body>> => {
  const read = await found(records, id);
  return read.ok && read.entry.version !== seen ? conflict(read.entry) : read;
};

const conflict = (present: Entry | null): Problem =>
  problem(412, words.changedMeanwhile, { more: { present } });

/** One record as an answer. */
export const shown = <Body>(entry: Entry<Body>, status: 200 | 201 = 200): Answered<Entry<Body>> => ({
  ok: true,
  status,
  body: entry,
  version: entry.version,
});

/** Done, and nothing to tell. */
export const done = { ok: true, status: 204, body: undefined } as const;

/** A page of a list as an answer. */
export const listed = <Body>(
  page: StoreResult<Page<Body>>,
): Answered<{ entries: Entry<Body>[]; next: string | null }> =>
  page.ok
    ? { ok: true, body: { entries: [...page.value.entries], next: page.value.next } }
    : problem(503, page.error.detail);

type Write = Readonly<{ ok: true; versions: readonly number[] }> | Problem;

/** Writes changes, all or none; what stands in the way is said of the cuff's name where another has it. */
export const written = async (
  { write: writeAll }: Readonly<{ write: (changes: readonly Change[]) => Promise<StoreResult<Written>> }>,
  changes: readonly Change[],
): Promise<Write> => {
  const write = await writeAll(changes);
  if (!write.ok) return problem(503, write.error.detail);
  switch (write.value.is) {
    case "written":
      return { ok: true, versions: write.value.versions };
    case "conflict":
      return conflict(write.value.present);
    case "taken":
      return problem(409, words.nameTaken, { errors: [{ field: "cuff", detail: words.nameTaken }] });
  }
};
