/** A typed view of one kind of record: what comes out of the register is what its schema says. */
import { z } from "zod";
import type { WallTime } from "../../shared/units.ts";
import { failed, type StoreResult } from "../store/store.ts";
import {
  type Change,
  type Entry,
  folded,
  type Keys,
  type Listing,
  type RecordKind,
  type Register,
  type Written,
} from "./register.ts";

export type Kind<Body> = Readonly<{
  kind: RecordKind;
  schema: z.ZodType<Body>;
  keys: (body: Body, id: string) => Partial<Keys>;
}>;

/** Who writes, and when. */
export type Writer = Readonly<{ by: string; at: WallTime }>;

export type Page<Body> = Readonly<{ entries: readonly Entry<Body>[]; next: string | null }>;

export interface Collection<Body> {
  get(id: string): Promise<StoreResult<Entry<Body> | null>>;
  find(unique: string): Promise<StoreResult<Entry<Body> | null>>;
  /** A page of a list; `cursor` is what `next` said of the page before. */
  page(
    listing: Omit<Listing, "kind" | "after" | "words"> &
      Readonly<{ cursor?: string | undefined; text?: string | undefined }>,
  ): Promise<StoreResult<Page<Body>>>;
  /** A change to be written, alone or with others; `owner` where it does not stand in the body. */
  change(id: string, body: Body, seen: number | null, writer: Writer, owner?: string | null): Change;
  removal(id: string, seen: number, writer: Writer): Change;
  write(changes: readonly Change[]): Promise<StoreResult<Written>>;
}

export const collection = <Body>(
  register: Register,
  { kind, schema, keys }: Kind<Body>,
): Collection<Body> => {
  const typed = (entry: Entry): StoreResult<Entry<Body>> => {
    const body = schema.safeParse(entry.body);
    return body.success
      ? { ok: true, value: { ...entry, body: body.data } }
      : failed(
          "io",
          `The ${kind} ${entry.id} is damaged and cannot be read. Restore the data folder from a backup.`,
        );
  };
  const one = (read: StoreResult<Entry | null>): StoreResult<Entry<Body> | null> =>
    !read.ok || read.value === null ? (read as StoreResult<null>) : typed(read.value);
  return {
    get: async (id) => one(await register.get(kind, id)),
    find: async (unique) => one(await register.find(kind, unique)),
    page: async ({ cursor, text, ...listing }) => {
      const after = cursor === undefined ? undefined : parseCursor(cursor);
      const words =
        text === undefined
          ? []
          : folded(text)
              .split(/\s+/)
              .filter((word) => word !== "");
      const read = await register.list({
        ...listing,
        kind,
        limit: listing.limit + 1,
        ...(words.length > 0 ? { words } : {}),
        ...(after === undefined ? {} : { after }),
      });
      if (!read.ok) return read;
      const entries: Entry<Body>[] = [];
      const page = read.value.slice(0, listing.limit);
      for (const entry of page) {
        const body = typed(entry);
        if (!body.ok) return body;
        entries.push(body.value);
      }
      const last = page.at(-1);
      const next = read.value.length > listing.limit && last !== undefined ? cursorOf(last) : null;
      return { ok: true, value: { entries, next } };
    },
    change: (id, body, seen, writer, owner = null) => ({
      ...{ kind, id, seen, body, ...writer },
      keys: { owner, unique: null, search: "", sort: id, ...keys(body, id) },
    }),
    removal: (id, seen, writer) => ({ kind, id, seen, body: null, ...writer }),
    write: (changes) => register.write(changes),
  };
};

/** How many are read at once where all are wanted. */
const atOnce = 500;

/** Every record of a collection, or every one of an owner's, in order. */
export const everyOne = async <Body>(
  records: Pick<Collection<Body>, "page">,
  listing: Readonly<{ owner?: string }> = {},
): Promise<StoreResult<readonly Entry<Body>[]>> => {
  const all: Entry<Body>[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await records.page({ ...listing, limit: atOnce, cursor });
    if (!page.ok) return page;
    all.push(...page.value.entries);
    if (page.value.next === null) return { ok: true, value: all };
    cursor = page.value.next;
  }
};

/** A place in a list, as it stands in an address. */
const cursorOf = ({ sort, id }: Readonly<{ sort: string; id: string }>): string =>
  Buffer.from(JSON.stringify([sort, id])).toString("base64url");

/** The place that a cursor names; undefined for what is none. */
export const parseCursor = (cursor: string): Readonly<{ sort: string; id: string }> | undefined => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const place = z.tuple([z.string(), z.string()]).safeParse(parsed);
    return place.success ? { sort: place.data[0], id: place.data[1] } : undefined;
  } catch {
    return undefined;
  }
};
