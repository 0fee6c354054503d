/** Moments as the desk shows them and takes them: in the browser's own zone, day first. */

const shown = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

/** The browser's own zone, for what is worded elsewhere. */
export const timeZone = shown.resolvedOptions().timeZone;

/** "2 Mar 2026, 18:05". */
export const when = (at: number): string => shown.format(at);
/** "2 Mar 2026". */
export const dayOf = (at: number): string => days.format(at);

/** What a field of type datetime-local holds. */
export const fieldOf = (at: number): string => {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
};
/** The moment in such a field; null for an empty one. */
export const momentIn = (field: string): number | null => {
  const at = Date.parse(field);
  return Number.isNaN(at) ? null : at;
};

/** Whole years from a day of birth to `now`. */
export const ageOn = (born: string, now: number): number => {
  const [year = 0, month = 1, day = 1] = born.split("-").map(Number);
  const today = new Date(now);
  const before = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day);
  return today.getFullYear() - year - (before ? 1 : 0);
};
