/** What stands on the page of the alarm log: a part of the one catalogue (words.ts). */
import type { Transition } from "../alarm/history.ts";
import type { OccurrenceState } from "../alarm/occurrence.ts";
import type { Priority } from "../alarm/policy.ts";
import { count } from "./words.ts";

export const logWords = {
  title: "Alarm log",
  filters: "Which alarms",
  range: "Time",
  ranges: { hour: "Last hour", today: "Today", week: "Last 7 days", custom: "From … to …" },
  from: "From",
  to: "To",
  patient: "Patient",
  cuff: "Cuff",
  condition: "Condition",
  priority: "Priority",
  any: "All",
  clear: "Show all",
  csv: "CSV",
  csvOccurrences: "Alarms as CSV",
  csvTransitions: "Every transition as CSV",
  reading: "Reading the log …",
  asOf: (time: string): string => `Read at ${time}`,
  lost: "The server does not answer.",
  lostWhat: (time: string): string => `What stands here was read at ${time}; nothing newer is known.`,
  lostNever: "Nothing of the log is known until it does.",
  notUnderstood: "The server’s answer was not understood: reload this page.",
  notRecording: "Not recording: what happens now is missing here.",
  simulatedWhy: "Simulated cuffs",
  none: (from: string, to: string): string => `No alarm was there between ${from} and ${to}.`,
  noneOfThese: (from: string, to: string): string =>
    `No alarm like this was there between ${from} and ${to}.`,
  figures: "Figures",
  list: "Alarms, the newest first",
  shown: (n: number): string => `${count(n, "alarm", "alarms")} shown`,
  more: (n: number): string => `Show ${n} older ones`,
  table: "As a table",
  alarms: (n: number): string => count(n, "alarm", "alarms"),

  rate: "Alarms per 10 minutes",
  rateInUse: (alarms: string, time: string, besides: string): string =>
    `${alarms} while a cuff was up for ${time}; ${besides} without the release countdowns.`,
  rateOfRange: (alarms: string, time: string, besides: string): string =>
    `${alarms} in ${time} without any cuff up; ${besides} without the release countdowns.`,
  flood: "Time in flood",
  floodWhat: (time: string, n: number, inUse: string | null): string =>
    n === 0
      ? "Never were over 10 alarms raised within 10 minutes."
      : `For ${time}, in ${count(n, "stretch", "stretches")}, over 10 had been raised within 10 minutes; a share of ${inUse === null ? "the whole range, without any cuff up" : `the ${inUse} with a cuff up`}.`,
  unattended: "Longest unattended",
  unattendedWhat: (alarm: string, from: string, open: boolean): string =>
    `${alarm}, from ${from}: it was there and nobody was going${open ? ", and still is so" : ""}.`,
  unattendedNone: "Somebody was going to every alarm at once, or there was none.",
  response: "Half were answered within",
  /** Null where none of that priority was answered. */
  responseWhat: (high: string | null, medium: string | null): string => {
    const within = [
      ...(high === null ? [] : [`high within ${high}`]),
      ...(medium === null ? [] : [`medium within ${medium}`]),
    ];
    return `Of those answered at all.${within.length === 0 ? "" : ` 9 in 10: ${within.join(", ")}.`}`;
  },
  chatter: "Chattering",
  chatterNone: "No condition of a cuff was raised 3 times within a minute.",
  chatterWhat: (alarm: string, times: number, from: string): string =>
    `Times that one condition of one cuff was raised 3 times or more in a minute. Worst: ${alarm}, ${times} times from ${from}.`,
  most: "Most for one patient",
  mostWhat: (patient: string, patients: number): string =>
    `${patient} had the most, of ${count(patients, "patient", "patients")} with any.`,
  mostNone: "No patient had an alarm.",
  nothing: "–",

  overTime: {
    minutes: "Alarms in each 10 minutes",
    hour: "Alarms in each hour",
    day: "Alarms on each day",
  },
  overTimeWhat: "Stacked by the highest priority that each had; shaded where it was a flood.",
  floodMark: "flood",
  frequent: "The most frequent",
  frequentWhat: "Up to ten conditions of one cuff, by how often they were raised.",
  responses: "Time to the first answer",
  responsesWhat:
    "From raised to the first “I’m going”, by the highest priority; half, and 9 in 10, of those answered.",
  perPatient: "Per patient",
  perPatientWhat: "Raised for each, and how many of them were no release countdowns.",
  columns: {
    time: "From",
    alarm: "Alarm",
    raised: "Raised",
    besides: "No countdowns",
    median: "Half within",
    p90: "9 in 10 within",
    answered: "Answered",
    unanswered: "Unanswered",
    flood: "Flood",
  },
  yes: "yes",
  no: "no",
  slotSummary: (alarms: string, most: number, at: string): string =>
    `${alarms}; the most at once were ${most}, from ${at}.`,
  frequentSummary: (alarm: string, n: number): string => `Most often: ${alarm}, ${n} times.`,
  noData: "Nothing was raised.",
  nothingAnswered: "Nothing was answered yet.",

  nobody: "nobody answered",
  answeredAfter: (by: string, time: string): string => `${by} after ${time}`,
  stillThere: (time: string): string => `there for ${time}`,
  lasted: (time: string): string => `lasted ${time}`,
  afterRaised: (time: string): string => `+${time}`,
  unverified: "unverified",
  unconfirmed: "unconfirmed",
} as const;

/** The names of the priorities in a filter and a legend. */
export const priorityWord: Readonly<Record<Priority, string>> = {
  high: "High",
  medium: "Medium",
  low: "Low",
};

/** What became of an occurrence, in a word. */
export const stateWord: Readonly<Record<OccurrenceState, string>> = {
  present: "There now",
  acknowledged: "Somebody is going",
  latched: "Over, unanswered",
  closed: "Closed",
};

/** A transition as a sentence; `reading` is what was measured in words, `time` how long it had been there. */
export const transitionText = (t: Transition, reading: string, time: string): string => {
  const measured = reading === "" ? "" : `: ${reading}`;
  switch (t.kind) {
    case "raised":
      return `Raised, ${t.priority}${measured}${t.unconfirmed ? `, ${logWords.unconfirmed}` : ""}`;
    case "changed":
      return `Now ${t.priority}${measured}${t.unconfirmed ? `, ${logWords.unconfirmed}` : ""}`;
    case "acknowledged":
      return `${t.by}${t.verified ? "" : ` (${logWords.unverified})`} is going, after ${time}`;
    case "taken-back":
      return `${t.by}${t.verified ? "" : ` (${logWords.unverified})`} took it back`;
    case "sounded-again":
      return "Sounded again: it was still there";
    case "reminded":
      return "Every tablet was reminded that nobody is going";
    case "cleared":
      return `Over, after ${time}`;
    case "superseded":
      return "Replaced by a newer alarm of the same kind";
  }
};
