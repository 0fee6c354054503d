/** Who answers for the class, in words, and what the person who reads it can do about it. */
import type { Duty } from "../session/room.ts";
import { words } from "./words.ts";

/** `take` what nobody has; `offer` what one has; `answer` an offer; `withdraw` one's own; or nothing. */
export type DutyChoice = "take" | "offer" | "answer" | "withdraw" | "none";
export type DutyLine = Readonly<{
  /** "Aidan R. is on duty" */
  holder: string;
  /** "offered to Lena M.", or null while nothing is offered. */
  offer: string | null;
  choice: DutyChoice;
}>;

/** The duty as `me` reads it; null is somebody whose name is not known, or a wall. */
export const dutyLine = ({ holder, offered }: Duty, me: string | null): DutyLine => ({
  holder: holder === null ? words.nobodyOnDuty : holder === me ? words.youOnDuty : words.onDuty(holder),
  offer:
    offered === null ? null : offered.to === me ? words.offersYou(offered.by) : words.offeredTo(offered.to),
  choice: choiceOf({ holder, offered }, me),
});

const choiceOf = ({ holder, offered }: Duty, me: string | null): DutyChoice => {
  if (offered !== null) return offered.to === me ? "answer" : offered.by === me ? "withdraw" : "none";
  if (holder === null) return "take";
  return holder === me ? "offer" : "none";
};
