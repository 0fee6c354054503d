/** How long a class has been under way: in minutes, so that nobody takes it for the time of the day. */
import { between, minutes, type Monotonic } from "../units.ts";
import { classWords as words } from "./class-words.ts";
import { lasting } from "./duration.ts";

/** "16 min", "1 h 5 min"; "just begun" in the first minute. */
export const classClock = (startedAt: Monotonic, now: Monotonic): string => {
  const whole = Math.floor(between(startedAt, now) / minutes(1));
  return whole < 1 ? words.justBegun : lasting(minutes(whole));
};
