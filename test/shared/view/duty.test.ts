import { expect, test } from "vitest";
import { dutyLine } from "../../../shared/view/duty.ts";
import { now } from "../../support/on-screen.ts";

const offer = { to: "Lena M.", by: "Aidan R.", at: now };
const aidans = { holder: "Aidan R.", offered: null };
const offered = { holder: "Aidan R.", offered: offer };

test.each([
  ["nobody's, to anybody", { holder: null, offered: null }, "Tom S.", "Nobody is on duty", null, "take"],
  ["nobody's, to somebody unknown", { holder: null, offered: null }, null, "Nobody is on duty", null, "take"],
  ["one's own", aidans, "Aidan R.", "You are on duty", null, "offer"],
  ["another's", aidans, "Tom S.", "Aidan R. is on duty", null, "none"],
  [
    "offered to oneself",
    offered,
    "Lena M.",
    "Aidan R. is on duty",
    "Aidan R. offers you the class",
    "answer",
  ],
  ["offered by oneself", offered, "Aidan R.", "You are on duty", "offered to Lena M.", "withdraw"],
  ["offered between others", offered, "Tom S.", "Aidan R. is on duty", "offered to Lena M.", "none"],
  ["offered, to somebody unknown", offered, null, "Aidan R. is on duty", "offered to Lena M.", "none"],
] as const)("a duty that is %s", (_, duty, me, holder, says, choice) => {
  expect(dutyLine(duty, me)).toEqual({ holder, offer: says, choice });
});
