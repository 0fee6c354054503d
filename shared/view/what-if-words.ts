/** Every word of judging a session again: by the engine of today, or under other limits. */

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const whatIfWords = {
  open: "What if …",
  close: "Back to the plain replay",
  title: "What if",
  comparison: "COMPARISON",
  notStored: "None of this was raised and nothing of it is stored. The recording stays as it is.",
  stillOn: "This session is still going on. It can be judged again once it is over.",
  lead: "Everything that the cuffs and people told is judged once more, and what is raised is held against what was raised then.",
  which: "Judge it by",
  today: "Today’s engine, same limits",
  other: "Today’s engine, other limits",
  otherHint:
    "Only what you fill in is changed, in the clinic’s limits and in the plan’s. An empty field stays as it was then.",
  rest: "All other limits",
  soundHint: "These change how long an alarm is quiet, not whether it is raised.",
  then: (value: string): string => `Then ${value}`,
  values: (values: readonly number[], unit: string): string =>
    `${values.map((v) => String(v)).join(", later or in another exercise ")} ${unit}`,
  bounds: (least: number, most: number, unit: string): string => `${least} to ${most} ${unit}`,
  source: (source: string): string => `Source: ${source}`,
  number: (found: string, bounds: string): string =>
    `“${found}” is no number; it must be a number from ${bounds}.`,
  outside: (found: number, bounds: string): string => `${found} cannot be chosen; it must be ${bounds}.`,
  nothingChosen: "No limit is filled in. Fill one in, or judge it by the limits that it had.",
  wrong: (n: number): string =>
    `${plural(n, "limit is", "limits are")} not right; what is wrong stands in its field.`,

  go: "Judge again",
  again: "Choose other limits",
  reading: "Reading the recording …",
  judging: (readings: string): string => `Judging ${readings} recorded lines again …`,
  failed: "This browser could not judge the recording again. Reload the page and try once more.",
  holes: "Part of this recording is missing. Both sides tell of what is left.",
  ofRoom: (n: number): string =>
    n === 0
      ? "Alarms of the room are left out on both sides: one session’s recording cannot tell of them."
      : `${plural(n, "alarm", "alarms")} of the room ${n === 1 ? "is" : "are"} left out on both sides: one session’s recording cannot tell of them.`,

  sameLimits: "Today’s engine, under the limits of then",
  under: "Today’s engine, with other limits:",
  limitNow: (what: string, now: string, then: string): string => `${what}: ${now} instead of ${then}`,
  found: (different: number, same: number): string =>
    different === 0
      ? same === 0
        ? "No difference: nothing was raised then, and nothing would be raised now."
        : `No difference: the same ${plural(same, "alarm", "alarms")} would be raised.`
      : `${plural(different, "difference", "differences")}; ${plural(same, "alarm is", "alarms are")} the same.`,
  list: "What would differ",
  toList: "Go to the list",
  listIs: "A comparison; nothing of it is stored.",
  kinds: {
    "only-then": "Only then",
    "only-now": "Only now",
  },
  earlier: (time: string): string => `${time} earlier`,
  later: (time: string): string => `${time} later`,
  longer: (time: string): string => `${time} longer`,
  shorter: (time: string): string => `${time} shorter`,
  becomes: (priority: string, sooner: string): string => `becomes ${priority} ${sooner}`,
  otherCourse: "goes through other priorities",
  priority: (then: string, now: string): string => `${then} then, ${now} now`,
  jumpThen: (clock: string): string => `Then ${clock}`,
  jumpNow: (clock: string): string => `Now ${clock}`,
  lasted: (time: string): string => `for ${time}`,

  rowThen: "Raised then",
  rowNow: "Would be raised now: a comparison, not stored",
  none: "nothing",
  barOf: (name: string, priority: string, time: string): string => `${name}, ${priority}, for ${time}`,
};
