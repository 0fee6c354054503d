/** The sound of a room, as every screen shows it. A pause never claims silence: what is new is heard all the same. */
import type { Occurrence } from "../alarm/occurrence.ts";
import { sounds } from "../alarm/suppression.ts";
import { between, type Monotonic } from "../units.ts";
import type { SiteOnScreen, StationOnScreen } from "../wire.ts";
import { type AlarmLine, alarmLines } from "./alarm-line.ts";
import { brief, left, wholeSecond } from "./duration.ts";

export type RoomSound = Readonly<{
  /** Who paused it and for how long it still is, "1:47"; null while it is not. */
  paused: Readonly<{ by: string; left: string }> | null;
  /** What is to be heard now, pause or not, the most urgent first. */
  heard: readonly AlarmLine[];
}>;

/** What a screen knows of it. */
export type Sounding = Readonly<{
  pause: SiteOnScreen["pause"];
  alarms: readonly Occurrence[];
  stations: readonly StationOnScreen[];
}>;

/** The sound of the room at `now`. */
export const roomSound = ({ pause, alarms, stations }: Sounding, now: Monotonic): RoomSound => ({
  paused:
    pause === null || now >= pause.until
      ? null
      : { by: pause.by, left: brief(left(between(wholeSecond(now), pause.until))) },
  heard: alarmLines(
    alarms.filter((o) => sounds(o, now, pause)),
    stations,
    now,
  ),
});
