/** What is written into the records of the demonstration's eight weeks. Nobody here is a patient. */
import type { PlanName } from "../scenarios/cast.ts";

export const weeksWords = {
  condition: {
    legPress: "Patellofemoral pain: stairs and squatting hurt, a heavy leg press cannot be borne",
    legExtension: "Patellofemoral pain after a season of running; leg extension hurts from 20 kg on",
    afterAcl: "Reconstruction of the anterior cruciate ligament, in its first weeks",
    armCurl: "Weak arm after a fracture of the wrist, healed; out of the cast",
    walk: "Osteoarthritis of the knee; thigh weak after weeks of sparing it",
    passive: "Fracture of the ankle, fixed; may not put weight on it yet",
  } satisfies Record<PlanName, string>,
  /** After a session, by how the pain stands against that of the first one. */
  remarks: {
    much: ["Stairs still hurt on the way down.", "Knee felt hot in the evening, well in the morning."],
    less: ["Slept well, knee quiet the day after.", "Stairs easier this week.", "Less afraid of the weight."],
    little: [
      "Ran for ten minutes without pain.",
      "Squats at home without a second thought.",
      "Asks when it ends.",
    ],
  },
  atRest: [
    "Lay still, no complaints.",
    "Thigh measured: no smaller than last week.",
    "Toes warm throughout.",
  ],
  dizzy: "Dizzy in the second set. Cuff let down at once, legs up, water; well after five minutes.",
  afterDizziness: "Had eaten nothing since the morning. Eats before the next session.",
  changed: "A cold last week, no fever for four days, blood pressure 124/78: may train.",
  late: "Came late: the tram stood still.",
  raised: "5 % more from today on.",
  armCurl: {
    name: "Weak arm: arm curl (Patterson 2019)",
    grip: "Grip strength",
    gripHow: "Squeeze the ball, hold for two seconds, let go.",
  },
  calf: "Calf swollen and warm since the evening.",
  calfCleared:
    "Seen by her doctor the same day: ultrasound without a clot, a bruise from the cuff's edge. Cuff higher and padded; one session left out.",
  sore: "Sore as after a long walk, gone in the evening.",
  bruise: "A small bruise under the edge of the cuff.",
  lop: "Measured anew after four weeks.",
  lopFirst: "Measured before the first session.",
  spare: "Spare cuff",
  handPumped: (maker: string): string => `${maker} by hand`,
} as const;
