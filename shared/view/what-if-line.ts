/** How a difference between what was raised and what would be reads, as one line of a list. */
import type { History } from "../alarm/history.ts";
import type { ConditionId, Priority } from "../alarm/policy.ts";
import type { CuffId } from "../ids.ts";
import type { Difference } from "../recording/differences.ts";
import { type Millis, millis, type Monotonic } from "../units.ts";
import { lasting } from "./duration.ts";
import { readingText } from "./log-line.ts";
import { whatIfWords as words } from "./what-if-words.ts";
import { conditionName } from "./words.ts";

export type DifferenceLine = Readonly<{
  key: string;
  is: Difference["is"];
  condition: ConditionId;
  cuff: CuffId | null;
  /** Of what would be raised, or of what was where nothing would be. */
  priority: Priority;
  name: string;
  /** "Only then", or in which ways it differs. */
  says: readonly string[];
  /** What was measured when it was raised and for how long it lasted, on each side on which it was. */
  then: Side | null;
  now: Side | null;
}>;

export type Side = Readonly<{ at: Monotonic; text: string }>;

export const differenceLine = (d: Difference): DifferenceLine => {
  const then = d.is === "only-now" ? null : d.then;
  const now = d.is === "only-then" ? null : d.now;
  const { condition, cuff, priority } = d.is === "only-then" ? d.then : d.now;
  return {
    ...{ is: d.is, condition, cuff, priority, name: conditionName[condition] },
    key: `${then?.key ?? ""}|${now?.key ?? ""}`,
    says: d.is === "otherwise" ? waysOf(d) : [words.kinds[d.is]],
    then: then === null ? null : sideOf(then),
    now: now === null ? null : sideOf(now),
  };
};

const waysOf = (d: Extract<Difference, { is: "otherwise" }>): readonly string[] => {
  const { then, now, laterMs, longerMs, becomes } = d;
  const ways = [
    ...(then.priority === now.priority ? [] : [words.priority(then.priority, now.priority)]),
    ...(laterMs === 0 ? [] : [sooner(laterMs)]),
    ...becomes.map((b) => words.becomes(b.priority, sooner(b.laterMs))),
    ...(longerMs === 0 ? [] : [(longerMs > 0 ? words.longer : words.shorter)(by(longerMs))]),
  ];
  return ways.length > 0 ? ways : [words.otherCourse];
};

const sooner = (laterMs: Millis): string => (laterMs > 0 ? words.later : words.earlier)(by(laterMs));

/** A difference is seldom whole seconds: below ten, a tenth counts, and what is less than that is told in ms. */
const by = (ms: Millis): string => {
  const size = Math.abs(ms);
  if (size < 100) return `${Math.round(size)} ms`;
  return size < 10_000 ? `${(size / 1000).toFixed(1)} s` : lasting(millis(size));
};

const sideOf = (history: History): Side => {
  const [first] = history.transitions;
  const reading = first?.kind === "raised" ? readingText({ condition: history.condition, ...first }) : "";
  const time = words.lasted(lasting(history.present));
  return { at: history.raised.at, text: reading === "" ? time : `${reading}, ${time}` };
};
