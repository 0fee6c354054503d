/** Whether a cuff may be put on somebody at all, by the clinic's records and by what was heard: asked of every seat and of every swap. */
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";
import type { CuffId } from "../../shared/ids.ts";
import { refuse } from "../../shared/session/order.ts";
import { refusalWords as words } from "../../shared/view/class-refusal-words.ts";
import type { Refusal } from "../../shared/wire.ts";
import type { Collection } from "../register/collection.ts";
import type { StoreResult } from "../store/store.ts";

export type KnownCuffs = Readonly<{
  cuffs: Pick<Collection<CuffRecord>, "find">;
  /** Whether anything was ever heard of this cuff here. */
  isHeard: (cuff: CuffId) => boolean;
}>;

/** Why this cuff cannot be put on anybody; null where it can. One that nobody registered can, once it was heard. */
export const whyNotWorn = async ({ cuffs, isHeard }: KnownCuffs, cuff: CuffId): Promise<Refusal | null> => {
  const record = await cuffs.find(cuff);
  if (!record.ok) return unreadable(record);
  if (record.value?.body.retired === true) return refuse("no-such-cuff", words.retiredCuff(cuff));
  return record.value === null && !isHeard(cuff) ? refuse("no-such-cuff", words.noSuchCuff(cuff)) : null;
};

/** What is told where the records cannot be read. */
export const unreadable = (read: StoreResult<unknown> & { ok: false }): Refusal =>
  refuse("unreadable", words.unreadable(read.error.detail));
