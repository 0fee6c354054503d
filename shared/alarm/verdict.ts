/** What a rule says about a condition, and the words in which rules are written. */
import { type CuffState, hasFallen, isFresh } from "../session/cuff-state.ts";
import { after, type Monotonic, never } from "../units.ts";
import type { CuffCondition, Priority } from "./policy.ts";

/** Certain either way, or "unclear", which keeps what stands: that is a rule's hysteresis. */
export type Verdict =
  | Readonly<{
      is: "true";
      priority: Priority;
      /** In the condition's own unit: what was measured, and what it is held against. */
      value: number;
      limit: number;
      unconfirmed: boolean;
      cause: string | null;
    }>
  | Readonly<{ is: "unclear" }>
  | Readonly<{ is: "false" }>;

/** One condition of whatever `T` is the state of. */
export type Rule<T> = Readonly<{
  judge: (state: T, now: Monotonic) => Verdict;
  /** When the verdict may change without any news, later than `now`; left out where it never does. */
  next?: (state: T, now: Monotonic) => Monotonic;
}>;
export type CuffRule = Rule<CuffState>;

export const no: Verdict = { is: "false" };
export const unclear: Verdict = { is: "unclear" };
export const yes = (
  priority: Priority,
  value: number,
  limit: number,
  { unconfirmed = false, cause = null }: Readonly<{ unconfirmed?: boolean; cause?: string | null }> = {},
): Verdict => ({ is: "true", priority, value, limit, unconfirmed, cause });

/** The first of some moments that is still to come. */
export const firstAfter = (
  now: Monotonic,
  a: Monotonic,
  b: Monotonic = never,
  c: Monotonic = never,
): Monotonic => {
  let first = never;
  if (a > now) first = a;
  if (b > now && b < first) first = b;
  return c > now && c < first ? c : first;
};

export const measuring = (c: CuffState): boolean => c.said?.phase === "measuring";
/** Nobody can say whether what the clock tells is so. */
export const isUnconfirmed = (c: CuffState, now: Monotonic): boolean => !isFresh(c, now) || hasFallen(c);
/** When the last reading stops being taken for the present pressure. */
export const staleAt = (c: CuffState): Monotonic =>
  c.pressure.lastAt === null ? never : after(c.pressure.lastAt, c.freshFor);
/** Whether an alarm of this condition is present. */
export const stands = (c: CuffState, condition: CuffCondition): boolean =>
  c.alarms.some((o) => o.condition === condition && o.clearedAt === null);
/** Part of a session, or up: somebody would miss it. */
export const isWatched = (c: CuffState): boolean => c.occlusion !== null || c.assignedAt !== null;
