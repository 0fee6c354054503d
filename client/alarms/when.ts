/** How moments on the wall clock read on the page: in the time zone of whoever looks. */
import type { WallTime } from "../../shared/units.ts";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const short = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** "14:03:12" */
export const clockOf = (wall: WallTime): string => clock.format(wall);
/** "14:03" */
export const shortClockOf = (wall: WallTime): string => short.format(wall);
/** "Mon, 16 Nov" */
export const dayOf = (wall: WallTime): string => date.format(wall);
/** "14:03", or with its day where that is not today. */
export const momentOf = (wall: WallTime, now: WallTime): string =>
  dayOf(wall) === dayOf(now) ? shortClockOf(wall) : `${dayOf(wall)} ${shortClockOf(wall)}`;
