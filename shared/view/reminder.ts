/** What every tablet is reminded of: alarms to which nobody is going although they have been there for a while. */
import { type Occurrence, occurrenceState } from "../alarm/occurrence.ts";
import type { Monotonic } from "../units.ts";
import type { StationOnScreen } from "../wire.ts";
import { type AlarmLine, alarmLines } from "./alarm-line.ts";

export type Reminder = Readonly<{
  /** The most urgent of them. */
  line: AlarmLine;
  /** How many more there are. */
  others: number;
}>;

/** Whether the tablets were reminded of it since somebody last was on the way. */
const isReminded = (o: Occurrence): boolean =>
  occurrenceState(o) === "present" &&
  o.remindedAt !== null &&
  o.waitingSince !== null &&
  o.remindedAt >= o.waitingSince;

/** What stands over the list of a tablet; null while there is nothing to be reminded of. */
export const reminder = (
  alarms: readonly Occurrence[],
  stations: readonly StationOnScreen[],
  now: Monotonic,
): Reminder | null => {
  const [line, ...others] = alarmLines(alarms.filter(isReminded), stations, now);
  return line === undefined ? null : { line, others: others.length };
};

/** Every reminder as a name of its own: the same one is not given twice, however often the class is told anew. */
export const reminderKeys = (alarms: readonly Occurrence[]): readonly string[] =>
  alarms.filter(isReminded).map((o) => `${o.id} ${String(o.remindedAt)}`);
