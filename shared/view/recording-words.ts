/** What is said of recordings: on the list of the sessions and classes, and where one cannot be given. */
import type { Outcome } from "../class/visit.ts";
import type { RecordingRecord } from "../clinic/recording-record.ts";
import { count } from "./words.ts";

export const recordingWords = {
  noSession: "There is no recording of such a session.",
  noClass: "There is no recording of such a class.",
  unreadable: (why: string): string => `The recording cannot be read: ${why}`,
  removed: {
    erased: "The recording was erased, as the patient or the clinic wished.",
    outlived: "The recording was removed: it was older than the clinic keeps recordings.",
  },
  taken: "The recording was removed from the records.",
  endsBeforeItBegins: "must be later than `from`",
} as const;

export const recordingPageWords = {
  bringIn: "Bring in a recording",
  title: "Sessions",
  tabs: "What is listed",
  sessions: "Sessions",
  classes: "Classes",
  searchSessions: "Search by name or plan",
  searchClasses: "Search by room or name",
  from: "From",
  to: "To",
  filters: "Which are listed",
  onlyOf: (name: string): string => `Only ${name}`,
  ofAll: "Show everybody’s",
  shown: (count: number, more: boolean): string => (more ? `${count} shown, more below` : `${count} in all`),
  noneYet: "Nothing is recorded yet. A session stands here once it is over.",
  noneFound: "Nothing found. Search for less, or for other days.",
  running: "Running now",
  follow: (name: string): string => `Follow ${name}`,
  followClass: (room: string): string => (room === "" ? "Follow the class" : `Follow the class in ${room}`),
  followOne: (patients: number): string => `Follow one of ${patients} patients`,
  since: (clock: string): string => `since ${clock}`,
  replay: "Replay",
  nameless: (station: string): string => `Station ${station}`,
  restricted: (time: string): string => `${time} restricted`,
  neverRestricted: "not restricted",
  /** `high` of them had a high priority; `reminders` of a release are no alarms. */
  alarms: (all: number, high: number, reminders: number): string => {
    const alarms = all === 0 ? "no alarm" : count(all, "alarm", "alarms");
    const urgent = high > 0 ? `, ${high} high` : "";
    return `${alarms}${urgent}${reminders > 0 ? ` · ${count(reminders, "reminder", "reminders")}` : ""}`;
  },
  outcomes: {
    completed: "completed",
    "stopped-early": "stopped early",
    "not-started": "not started",
  } satisfies Record<Outcome, string>,
  sources: {
    imported: "imported",
    demonstration: "demonstration",
  } satisfies Record<Exclude<RecordingRecord["source"], "recorded">, string>,
  gone: { erased: "erased", outlived: "no longer kept" },
  ofClass: "The class",
  lasted: (time: string): string => `${time} long`,
  inClass: (count: number): string => (count === 1 ? "1 session" : `${count} sessions`),
} as const;
