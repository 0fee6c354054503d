/** Numbers and times as people type them into a field, and as a field shows them. */

/** A number, with a point or a comma; undefined for an empty field, NaN for what is none. */
export const numberIn = (typed: string): number | undefined => {
  const text = typed.trim().replace(",", ".");
  if (text === "") return undefined;
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : NaN;
};

/** The same for a field that may say that there is none. */
export const numberOrNull = (typed: string): number | null => numberIn(typed) ?? null;

export const numberShown = (n: number | null | undefined): string =>
  n === null || n === undefined ? "" : String(n);

/** Seconds, from minutes ("5", "1.5") or minutes and seconds ("6:30"). */
export const secondsIn = (typed: string): number | undefined => {
  const [, minutes, seconds] = /^\s*(\d{1,3}):([0-5]\d(?:[.,]\d+)?)\s*$/.exec(typed) ?? [];
  if (minutes !== undefined && seconds !== undefined)
    return Number(minutes) * 60 + Number(seconds.replace(",", "."));
  const whole = numberIn(typed);
  return whole === undefined ? undefined : Math.round(whole * 600) / 10;
};

/** Seconds as minutes and seconds: 390 is "6:30". */
export const secondsShown = (seconds: number | null | undefined): string => {
  if (seconds === null || seconds === undefined) return "";
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round((seconds - minutes * 60) * 10) / 10;
  return `${minutes}:${rest < 10 ? "0" : ""}${rest}`;
};

/** Repetitions of each set: "30-15-15-15", "30, 15, 15" or "3×10"; undefined for an empty field. */
export const setsIn = (typed: string): readonly number[] | undefined => {
  const text = typed.trim();
  if (text === "") return undefined;
  const [, times, each] = /^(\d{1,2})\s*[x×*]\s*(\d{1,3})$/i.exec(text) ?? [];
  if (times !== undefined && each !== undefined)
    return Array.from({ length: Number(times) }, () => Number(each));
  return text
    .split(/[\s,;/–—-]+/)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
};

export const setsShown = (sets: readonly number[] | undefined): string => (sets ?? []).join("-");
