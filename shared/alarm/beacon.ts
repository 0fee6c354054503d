/** The most urgent alarm of a site in a few words, for stack lights and sirens. Nothing in it says who a patient is. */
import type { HostAlarmMessage } from "../cuff/message.ts";
import { openAlarms, type State } from "../engine.ts";
import type { Epoch } from "../ids.ts";
import type { Monotonic } from "../units.ts";
import { loudest } from "./burst.ts";
import { byUrgency, type Occurrence, occurrenceState } from "./occurrence.ts";

/** What a light and a siren are to do at `now`. */
export const beaconOf = (state: State, epoch: Epoch, now: Monotonic): HostAlarmMessage => {
  const open = [...openAlarms(state)].sort(byUrgency);
  return {
    v: 1,
    epoch,
    ...mostUrgent(open[0]),
    sound: loudest(open, now, state.room.pause) ?? "none",
    open: open.length,
  };
};

const mostUrgent = (
  first: Occurrence | undefined,
): Pick<HostAlarmMessage, "priority" | "state" | "condition" | "cuff" | "station"> => {
  const state = first === undefined ? "closed" : occurrenceState(first);
  if (first === undefined || state === "closed")
    return { priority: "none", state: "none", condition: null, cuff: null, station: null };
  const { priority, condition, cuff, station } = first;
  return { priority, state, condition, cuff, station };
};
