/**
 * Wrong passwords and PINs in a row. Each try counts before it is looked into, so that many at once gain nothing, and is taken back
 * where it was right. What is waited for always ends, or another way in is left (a PIN's is the password): nobody is ever locked out.
 */
import { type Millis, millis, type Monotonic } from "../../shared/units.ts";

export type AttemptRules = Readonly<{
  /** So many wrong ones cost nothing: people mistype. */
  free: number;
  /** Then each has to wait, twice as long as the one before, in milliseconds. */
  first: number;
  most: number;
  /** After so much quiet all is forgotten, in milliseconds. */
  forgetAfter: number;
}>;

export type Attempts = Readonly<{
  /** How long this one has to wait before it may try; 0 where it may at once. */
  wait: (key: string, now: Monotonic) => Millis;
  /** How many wrong ones are left before it has to wait. */
  left: (key: string) => number;
  begin: (key: string, now: Monotonic) => void;
  succeeded: (key: string) => void;
}>;

/** More than this are somebody's flood; the oldest are forgotten. */
const mostKeys = 5000;

export const createAttempts = ({ free, first, most, forgetAfter }: AttemptRules): Attempts => {
  const wrong = new Map<string, Readonly<{ count: number; at: Monotonic }>>();
  const standing = (key: string, now: Monotonic): Readonly<{ count: number; at: Monotonic }> | undefined => {
    const known = wrong.get(key);
    if (known === undefined || now - known.at <= forgetAfter) return known;
    wrong.delete(key);
    return undefined;
  };
  return {
    wait: (key, now) => {
      const known = standing(key, now);
      if (known === undefined || known.count < free) return millis(0);
      const long = Math.min(first * 2 ** (known.count - free), most);
      return millis(Math.max(0, known.at + long - now));
    },
    left: (key) => Math.max(0, free - (wrong.get(key)?.count ?? 0)),
    begin: (key, now) => {
      const count = (standing(key, now)?.count ?? 0) + 1;
      wrong.delete(key);
      wrong.set(key, { count, at: now });
      const [oldest] = wrong.keys();
      if (wrong.size > mostKeys && oldest !== undefined) wrong.delete(oldest);
    },
    succeeded: (key) => void wrong.delete(key),
  };
};
