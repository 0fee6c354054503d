/** A day, a week from Monday, or a month by the calendar of this browser, and those beside it. */
export const sizes = ["day", "week", "month"] as const;
export type Size = (typeof sizes)[number];
/** From a moment on and before another, by the wall clock. */
export type Stretch = Readonly<{ from: number; to: number }>;

/** The stretch in which `at` lies, or so many further on. By the calendar, since a day may have 23 hours and a month 28 days. */
export const stretchOf = (size: Size, at: number, further = 0): Stretch => {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const midnight = (y: number, m: number, d: number): number => new Date(y, m, d).getTime();
  switch (size) {
    case "day":
      return { from: midnight(year, month, day + further), to: midnight(year, month, day + further + 1) };
    case "week": {
      // Sunday is the last day of a week.
      const monday = day - ((date.getDay() + 6) % 7) + 7 * further;
      return { from: midnight(year, month, monday), to: midnight(year, month, monday + 7) };
    }
    case "month":
      return { from: midnight(year, month + further, 1), to: midnight(year, month + further + 1, 1) };
  }
};

/** "2026-03-02", the day of this browser's calendar. */
export const dayText = (at: number): string => {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** The moment at which such a day begins; null where the text is none. */
export const dayIn = (text: string | null): number | null => {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const at = new Date(`${text}T00:00`).getTime();
  return Number.isNaN(at) || at < 0 ? null : at;
};
