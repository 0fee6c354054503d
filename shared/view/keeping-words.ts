/** What is said of keeping, holding, taking home and erasing what was recorded of a patient. */
import { count } from "./words.ts";

export const keepingWords = {
  title: "Keeping and erasing",
  exportWhat:
    "Everything that is known of this patient in one archive: the record, plans, pressures, follow-ups and adverse events, and each recording with all its facts and as tables.",
  export: "Take everything home (.zip)",
  exporting: "The archive is being made…",

  hold: "Legal hold",
  holdWhat:
    "While it holds, nothing that was recorded of this patient is erased, and nothing grows too old to be kept.",
  holdReason: "Reason for the hold",
  holdSet: "Hold everything",
  held: (at: string, by: string, reason: string): string => `Held since ${at} by ${by}: ${reason}`,
  holdLift: "Lift the hold",

  erase: "Erase this patient",
  eraseWhat:
    "Takes away for good: the record with every version of it, plans, pressures, follow-ups, adverse events, and everything that was recorded in the patient’s sessions. Nobody can bring it back, and a backup that is put back later is erased again. What the clinic has to keep by law must be taken home first.",
  eraseHeld: "Nothing can be erased while it is held. Lift the hold first.",
  eraseName: (name: string): string => `To erase, type the name: ${name}`,
  eraseDo: "Erase for good",
  erasing: "Everything is being erased. This rewrites the whole store and may take a minute…",

  nameDiffers: "This is not the patient’s name as it stands in the record.",
  held409: (reason: string): string =>
    `What is known of this patient is held (${reason}). An administrator lifts the hold first.`,
  classUnderWay:
    "A class is under way. Erasing rewrites the whole store: ask for it again once the class has ended.",
  stillInClass: "This patient is in the class. Finish the session first.",
  alarmStands: "An alarm of one of this patient’s sessions still stands. Answer it first.",
  begunNotDone: (detail: string): string =>
    `The erasure was begun and is not done (${detail}). It is carried on at the next start of the server, and when it is asked for again.`,
  goneNotScrubbed: (detail: string): string =>
    `All that was recorded of this patient is taken away and cannot be read here any more, but its remains in the files are not overwritten yet (${detail}). The next start of the server sees to it.`,
  classBegan: "A class has begun meanwhile",
  erased: (records: number, lines: number): string =>
    `${count(records, "record", "records")} and ${count(lines, "recorded fact", "recorded facts")} are gone.`,

  keepMonths: "Recordings are kept for (months)",
  keepMonthsHint:
    "1 to 1200, or empty: for ever. Older recordings are removed once a day while no class is under way (one that was brought in counts from that day), but for patients on legal hold; what was done in a session stays on record. Ask what the law demands before choosing: in Germany treatment records are kept for ten years (§ 630f BGB).",
} as const;
