/** When a patient will be asked how it went. */
import type { Outcome } from "../class/visit.ts";
import { classWords as words } from "./class-words.ts";

const day = 86_400_000;

/** The day after and 72 hours after `wall`, in ms since 1970, as days of `timeZone`; nobody is asked about what was not done. */
export const followUpLine = (outcome: Outcome, wall: number, timeZone: string): string => {
  if (outcome === "not-started") return words.noFollowUp;
  const date = new Intl.DateTimeFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short" },
    timeZone,
  });
  return words.followUps(date.format(wall + day), date.format(wall + 3 * day));
};
