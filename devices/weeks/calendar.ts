/** When the classes of the weeks before today were held: on Mondays and Fridays in the evening, on Wednesdays in the morning. */
import { type WallTime, wallTime } from "../../shared/units.ts";

/** Day of the week (0 is Sunday), hour, minute; by the clock of this place. */
const held: readonly (readonly [number, number, number])[] = [
  [1, 17, 30],
  [3, 10, 0],
  [5, 17, 30],
];

/** The classes of the last `weeks` weeks before the day of `now`, in order. */
export const classTimes = (now: Date, weeks: number): readonly WallTime[] => {
  const days = Array.from({ length: 7 * weeks }, (_, ago) => {
    const then = new Date(now);
    then.setDate(now.getDate() - 7 * weeks + ago);
    return then;
  });
  return days.flatMap((then) => {
    const found = held.find(([weekday]) => weekday === then.getDay());
    if (found === undefined) return [];
    then.setHours(found[1], found[2], 0, 0);
    return [wallTime(then.getTime())];
  });
};
