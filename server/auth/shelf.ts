/**
 * Records that stand in memory as well, since every request and every command asks them who it is. Written first, shown then: what
 * the register has refused is never believed here.
 */
import { collection, type Kind, type Writer } from "../register/collection.ts";
import type { Change, Entry, Register, Written } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";

/** A change that is not written yet, and what it changes here once it is. */
export type Pending = Readonly<{ change: Change; apply: (version: number) => void }>;

export type Shelf<Body> = Readonly<{
  all: () => readonly Entry<Body>[];
  get: (id: string) => Entry<Body> | undefined;
  /** A new or changed record; `seen` is the version that the writer has read, by default the one that stands here. */
  put: (id: string, body: Body, writer: Writer, seen?: number) => Pending;
  remove: (id: string, writer: Writer) => Pending;
  /** Reads everything anew, where others have written. To be called while nothing is written here. */
  reread: () => Promise<StoreResult<null>>;
}>;

const pageSize = 500;

/** Reads all records of a kind. */
export const loadShelf = async <Body>(
  register: Register,
  kind: Kind<Body>,
): Promise<StoreResult<Shelf<Body>>> => {
  const records = collection(register, kind);
  let entries = new Map<string, Entry<Body>>();
  const reread = async (): Promise<StoreResult<null>> => {
    const found = new Map<string, Entry<Body>>();
    for (let cursor: string | undefined; ;) {
      const page = await records.page({ limit: pageSize, cursor });
      if (!page.ok) return page;
      for (const entry of page.value.entries) found.set(entry.id, entry);
      if (page.value.next === null) break;
      cursor = page.value.next;
    }
    entries = found;
    return { ok: true, value: null };
  };
  const read = await reread();
  if (!read.ok) return read;
  return {
    ok: true,
    value: {
      all: () => [...entries.values()],
      get: (id) => entries.get(id),
      put: (id, body, writer, seen = entries.get(id)?.version) => ({
        change: records.change(id, body, seen ?? null, writer),
        apply: (version) => entries.set(id, { id, version, owner: null, body, ...writer }),
      }),
      remove: (id, writer) => ({
        change: records.removal(id, entries.get(id)?.version ?? 0, writer),
        apply: () => void entries.delete(id),
      }),
      reread,
    },
  };
};

/** Writes all of it or nothing, and shows it here once it is written. */
export const commit = async (
  register: Register,
  pending: readonly Pending[],
): Promise<StoreResult<Written>> => {
  const written = await register.write(pending.map(({ change }) => change));
  if (written.ok && written.value.is === "written")
    for (const [i, { apply }] of pending.entries()) apply(written.value.versions[i] ?? 1);
  return written;
};
