/** Which right each command of a screen needs: asked by the server of every command, and by screens that hide what they may not do. */
import type { Right } from "../clinic/rights.ts";
import type { Command } from "../wire.ts";

export const rightOf: Readonly<Record<Command["kind"], Right>> = {
  acknowledge: "answer",
  "take-back": "answer",
  release: "answer",
  "release-all": "answer",
  "cuff-off": "answer",
  "pause-sound": "answer",
  "resume-sound": "answer",
  note: "note",
  exertion: "note",
  remark: "note",
  "begin-exercise": "guide",
  "begin-set": "guide",
  "end-set": "guide",
  "swap-cuff": "guide",
  identify: "identify",
  "test-sound": "treat",
  "start-class": "treat",
  "end-class": "treat",
  seat: "treat",
  check: "treat",
  finish: "treat",
  "take-duty": "treat",
  "offer-duty": "treat",
  "decline-duty": "treat",
};
