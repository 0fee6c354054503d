/** The page on which a recording that was made elsewhere is brought in. */
import type { decimals, PressureUnit, separators } from "../clinic/import-api.ts";
import { count } from "./words.ts";

export const importWords = {
  title: "Bring in a recording",
  lead: "Facts that were taken home from a Cuffwatch (.ndjson), or a table of pressure over time from any cuff, pump or logger (.csv, .txt). It is looked at first; nothing is kept before you say so.",
  choose: "Choose a file",
  drop: "or drop it here",
  other: "Choose another file",
  reading: "Reading the file …",
  tooLarge: (most: number): string =>
    `The file is too large: ${String(Math.floor(most / 1024 / 1024))} MiB are taken at most.`,

  found: "What it is",
  kinds: { facts: "Facts of Cuffwatch", pressures: "A table of pressure over time" },
  samples: "Samples",
  began: "Began",
  lasted: "Lasted",
  every: "One sample every",
  ms: (ms: number): string => (ms < 1000 ? `${String(ms)} ms` : `${String(Math.round(ms / 100) / 10)} s`),
  pressures: "Pressures",
  range: (lowest: number, highest: number): string => `${String(lowest)} to ${String(highest)} mmHg`,
  gaps: "Nothing recorded",
  gapsOf: (n: number): string =>
    n === 0 ? "never for longer than 3 s" : `${count(n, "time", "times")} for longer than 3 s`,
  sessions: "Sessions",
  alarms: "It would have raised",
  noAlarms: "No alarm",
  times: (name: string, times: number): string => (times === 1 ? name : `${name} (${String(times)} times)`),
  slow: "A cuff that is heard less than once a second cannot be supervised: it would count as silent again and again.",

  problems: "It cannot be taken in",
  problemsLead: "Nothing of it was kept. Correct the file, or say below how it is to be read.",

  read: "How it is read",
  separator: "Between the columns",
  separators: { comma: "a comma", semicolon: "a semicolon", tab: "a tab" } satisfies Record<
    (typeof separators)[number],
    string
  >,
  decimal: "Decimals",
  decimals: { point: "1.5", comma: "1,5" } satisfies Record<(typeof decimals)[number], string>,
  timeColumn: "Column of the time",
  timeUnit: "Time",
  timeUnits: {
    s: "seconds",
    ms: "milliseconds",
    clock: "a clock (1:02:03.5)",
    iso: "date and time (2026-03-01T10:00:00Z)",
  },
  pressureColumn: "Column of the pressure",
  pressureUnit: "Pressure",
  pressureUnits: { mmHg: "mmHg", kPa: "kPa", cmH2O: "cmH₂O" } satisfies Record<PressureUnit, string>,
  column: (n: number, name: string): string => (name === "" ? String(n + 1) : `${String(n + 1)}: ${name}`),

  about: "What it was",
  aboutLead: "What the pressure is held against. The alarms above follow from it.",
  patient: "Patient of the register, if any",
  anotherPatient: "Nobody, or somebody else",
  name: "Name on the tile",
  limb: "Limb",
  lop: "Limb occlusion pressure, mmHg",
  pct: "Target, % of it",
  target: "Or target, mmHg",
  limit: "Limit, minutes",
  startedAt: "Began",
  startedAtHint: "Where the file does not say it; your own time.",
  falls: "Where the pressure falls to nothing, the cuff was",
  fallsAs: { release: "let go on purpose", loss: "lost: nobody had let it go" },

  /** `by` is "" for what was made here. */
  already: (by: string, when: string): string =>
    by === ""
      ? "It was made here: it is here already, or still under way."
      : `It is here already: ${by}, ${when}.`,
  undated: "The file does not say when it was recorded: say below when it began.",
  toIt: "Look at it",
  go: "Bring it in",
  taking: "Taking it in …",
  done: "It is here now, marked as brought in from outside.",
} as const;
