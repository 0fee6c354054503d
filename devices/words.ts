/** What happens to simulated cuffs, in words for the person who runs them. */
import type { EventMessage } from "../shared/cuff/message.ts";
import { type Cuff, occMs } from "./cuff.ts";
import type { MishapKind } from "./mishap.ts";

export const mishapText: Readonly<Record<MishapKind, string>> = {
  silent: "falls silent",
  hung: "has a hung connection",
  cut: "loses its link",
  reboot: "loses its power",
};

/** What a cuff says, for a person. */
export const eventText = (cuff: Cuff, event: EventMessage): string => {
  switch (event.kind) {
    case "inflate":
      return `inflates to ${cuff.spec.course.targetMmhg} mmHg`;
    case "on-target":
      return "is on target";
    case "release":
      return `releases after ${inMinutes(occMs(cuff))}`;
    case "fault":
      return `reports a fault: ${event.code}`;
    case "leak":
    case "lop":
    case "button":
      return `says "${event.kind}"`;
  }
};

export const historyComplete = (weeks: number): string =>
  `The history of ${weeks === 1 ? "one week" : `${weeks} weeks`} is complete.`;
export const historyBroken = "The rest of the history could not be made.";

const inMinutes = (ms: number): string => {
  const s = Math.round(ms / 1000);
  return [Math.floor(s / 60), s % 60].map((part) => String(part).padStart(2, "0")).join(":");
};

/** An error of the network often has a code and an empty message. */
export const reason = (error: Error): string =>
  error.message || ("code" in error ? String(error.code) : "no reason given");
