/** The part of the log that is listed, and how news join it. */
import type { History } from "../../shared/alarm/history.ts";

/** The newest first; `next` is the cursor of what is older, null where nothing is. */
export type Listed = Readonly<{ entries: readonly History[]; next: string | null }>;

export const nothingListed: Listed = { entries: [], next: null };

/**
 * What is listed after its newest part, and perhaps more, was read again: everything new, and what was listed as it is now. It ends
 * where it ended, so that nothing slips away under who reads it.
 */
export const joined = (before: Listed, newest: Listed): Listed => {
  const last = before.entries.at(-1);
  if (last === undefined || before.next === null)
    return newest.next === null ? newest : below(before, newest);
  const end = newest.entries.findIndex(({ key }) => key === last.key);
  if (end === -1) return newest.next === null ? newest : below(before, newest);
  const isAll = end === newest.entries.length - 1;
  // The key of an occurrence is the cursor of what is older than it.
  return { entries: newest.entries.slice(0, end + 1), next: isAll ? newest.next : last.key };
};

/** What was read anew, and what was listed below it. */
const below = (before: Listed, newest: Listed): Listed => {
  const known = new Set(newest.entries.map(({ key }) => key));
  const seam = before.entries.findLastIndex(({ key }) => known.has(key));
  const rest = seam === -1 ? [] : before.entries.slice(seam + 1);
  return rest.length === 0 ? newest : { entries: [...newest.entries, ...rest], next: before.next };
};
