/** Whether a patient's load should go up, from how the last sessions went. It suggests; a physiotherapist decides. */
import type { Programme } from "./programme.ts";

export type ProgressionRule = NonNullable<Programme["progression"]>;

/** What the rule needs to know of one session. */
export type SessionSummary = Readonly<{
  /** When it ended, by the wall clock. */
  at: number;
  /** All that the plan asked for was done. */
  complete: boolean;
  /** The worst pain and the exertion that were noted, 0 to 10; null where nobody did. */
  pain: number | null;
  exertion: number | null;
  /** The load; a new one begins the count again. */
  loadKg: number | null;
}>;

export type Suggestion =
  | Readonly<{ kind: "raise"; pct: number; fromKg: number | null; toKg: number | null; sessions: number }>
  | Readonly<{ kind: "look"; pain: number; atMost: number }>
  | Readonly<{ kind: "stay"; why: "too-few"; went: number; needed: number }>
  | Readonly<{ kind: "stay"; why: "repetitions" }>
  | Readonly<{ kind: "stay"; why: "not-noted"; what: "pain" | "exertion" }>
  | Readonly<{ kind: "stay"; why: "exertion"; exertion: number; atMost: number }>;

/**
 * What the rule suggests after `sessions`, in any order. Pain above the rule's in the last one is looked into before anything else; else
 * so many sessions running at this load must have gone well. What nobody noted has not gone well.
 */
export const suggestion = (rule: ProgressionRule, sessions: readonly SessionSummary[]): Suggestion => {
  const newest = sessions.toSorted((a, b) => b.at - a.at);
  const [last] = newest;
  const pain = last?.pain ?? 0;
  if (pain > rule.painAtMost) return { kind: "look", pain, atMost: rule.painAtMost };
  const changed = newest.findIndex((session) => session.loadKg !== last?.loadKg);
  const atThisLoad = changed === -1 ? newest : newest.slice(0, changed);
  const counted = atThisLoad.slice(0, rule.sessions);
  const against =
    counted.map((session) => objection(rule, session)).find((reason) => reason !== null) ?? null;
  if (against !== null) return against;
  if (counted.length < rule.sessions)
    return { kind: "stay", why: "too-few", went: counted.length, needed: rule.sessions };
  const fromKg = last?.loadKg ?? null;
  return {
    ...{ kind: "raise", pct: rule.loadPct, fromKg, sessions: rule.sessions },
    toKg: fromKg === null ? null : tenths(fromKg * (1 + rule.loadPct / 100)),
  };
};

const objection = (rule: ProgressionRule, session: SessionSummary): Suggestion | null => {
  const { complete, pain, exertion } = session;
  if (rule.allRepetitions && !complete) return { kind: "stay", why: "repetitions" };
  if (pain === null) return { kind: "stay", why: "not-noted", what: "pain" };
  if (pain > rule.painAtMost) return { kind: "look", pain, atMost: rule.painAtMost };
  if (exertion === null) return { kind: "stay", why: "not-noted", what: "exertion" };
  if (exertion > rule.exertionAtMost)
    return { kind: "stay", why: "exertion", exertion, atMost: rule.exertionAtMost };
  return null;
};

const tenths = (kg: number): number => Math.round(kg * 10) / 10;
