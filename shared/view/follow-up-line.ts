/** When a patient will be asked how it went. */
import { classWords as words } from "./class-words.ts";

const day = 86_400_000;

/** The day after and 72 hours after `wall`, in ms since 1970, as days of `timeZone`; nobody is asked where no limb was restricted. */
export const followUpLine = (restricted: boolean, wall: number, timeZone: string): string => {
  if (!restricted) return words.noFollowUp;
  const date = new Intl.DateTimeFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short" },
    timeZone,
  });
  return words.followUps(date.format(wall + day), date.format(wall + 3 * day));
};
