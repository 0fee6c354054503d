/** What README.txt says in the archive of everything that is known of a patient, and what is said where there can be none. */
import { recordingWords } from "./recording-words.ts";
import { count } from "./words.ts";

/** A recording as README.txt names it; moments as they are to be read there. */
export type NamedRecording = Readonly<{
  session: string;
  /** Null where even that cannot be read. */
  startedAt: string | null;
  programme: string;
}> &
  (
    | Readonly<{ is: "there"; folder: string; running: boolean }>
    | Readonly<{ is: "removed"; why: keyof typeof recordingWords.removed; at: string }>
    | Readonly<{ is: "unreadable"; why: string }>
  );

export type ReadMe = Readonly<{
  clinic: string;
  patient: string;
  madeAt: string;
  recordings: readonly NamedRecording[];
}>;

const named = ({ session, startedAt, programme }: NamedRecording): string =>
  [startedAt ?? "", programme, `session ${session}`].filter((part) => part !== "").join(", ");

const lineOf = (one: NamedRecording): string => {
  switch (one.is) {
    case "there":
      return `- ${one.folder}: ${named(one)}${one.running ? ". It was still under way: take it home again once it is over." : ""}`;
    case "removed":
      return `- ${named(one)}: ${recordingWords.removed[one.why]} (${one.at})`;
    case "unreadable":
      return `- ${named(one)}: ${one.why}`;
  }
};

const part = (title: string, recordings: readonly NamedRecording[]): readonly string[] =>
  recordings.length === 0 ? [] : ["", title, ...recordings.map(lineOf)];

export const patientArchiveWords = {
  readMe: ({ clinic, patient, madeAt, recordings }: ReadMe): string =>
    [
      `Everything that is known of ${patient}${clinic === "" ? "" : ` at ${clinic}`}`,
      `Made on ${madeAt}. It holds what was written down and measured of one patient, and nothing of anybody else.`,
      "",
      "What is in here",
      "- README.txt: this text.",
      "- record.json: the patient's record, plans, limb occlusion pressures, follow-up questions and their answers, adverse events, what was done in each session, and a summary of each recording. Each with every version that there ever was, the newest first, and who wrote it when. Any text editor opens it.",
      "- dictionary.csv: what each column of the two tables below means, and its unit.",
      "- recordings: a folder for each session that was recorded, with three files:",
      "  - samples.csv.gz: every pressure that the cuffs measured, as a table.",
      "  - events.csv.gz: what happened, as a table: alarms, answers to them, sets, notes, inflations.",
      "  - facts.ndjson.gz: everything as it was recorded, without loss, for another program to read, or to be brought into this one again.",
      "",
      "How to read it",
      "- A file that ends in .gz is compressed: 7-Zip, The Unarchiver or gunzip opens it. The tables then open in any spreadsheet.",
      "- Every pressure of a cuff is the pressure in its bladder, in mmHg. It is not blood pressure.",
      '- Moments in record.json ("at", "startedAt") are milliseconds since 1 January 1970 UTC. "from" and "to" of a recording are milliseconds of the clock of the recording itself.',
      ...part(
        `Recordings (${count(recordings.length, "session", "sessions")})`,
        recordings.filter((one) => one.is === "there"),
      ),
      ...part(
        "Not in here, since removed",
        recordings.filter((one) => one.is === "removed"),
      ),
      ...part(
        "Not in here, since it could not be read",
        recordings.filter((one) => one.is === "unreadable"),
      ),
      ...(recordings.length === 0 ? ["", "No session of this patient was recorded."] : []),
      "",
    ].join("\r\n"),
  tooLarge: (mostMb: number): string =>
    `What is known of this patient takes more than ${mostMb} MB, which is the most that one archive holds. Take the sessions home one by one, on the page of each.`,
  notMade: (why: string): string => `The archive could not be made: ${why}`,
} as const;
