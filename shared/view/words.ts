/** Every word that a person reads on a wall, a tablet or a replay: another language is another file like this. */
import type { ConditionId } from "../alarm/policy.ts";

export const words = {
  toRelease: "to release",
  toReleaseUnconfirmed: "to release, unconfirmed",
  overLimit: "over the limit",
  overLimitUnconfirmed: "over the limit, unconfirmed",
  untilNext: "until next inflation",
  ready: "Ready",
  done: "Done",
  noData: "No data",
  neverHeard: "this cuff was never heard",
  measuring: "Measuring",
  releasing: "Releasing",
  pressureDown: "pressure down, say why",
  cuffDown: "cuff down",
  restricted: "restricted",
  checkCuff: "check the cuff",
  latched: "is over, was not answered",
  going: (name: string): string => `${name} is going`,
  set: (set: number, of: number): string => (of > 0 ? `set ${set} / ${of}` : `set ${set}`),
  rep: (rep: number, of: number | undefined): string =>
    of === undefined ? `rep ${rep}` : `rep ${rep} / ${of}`,
  rest: (time: string): string => `rest ${time}`,
  doneOf: (done: number, of: number): string => `done ${done} of ${of}`,
  of: (time: string): string => `of ${time}`,
  ago: (time: string): string => `${time} ago`,
  silentFor: (time: string): string => `silent for ${time}`,
  target: (mmHg: number, pct: number | null): string =>
    pct === null ? `of ${mmHg}` : `of ${mmHg} · ${pct} % LOP`,
  limb: { thigh: "thigh", arm: "arm" },
  side: { left: "L", right: "R" },
  both: "L + R",
  unassigned: "On no patient",
} as const;

/** The name of each condition on a tile, in the strip and in lists. */
export const conditionName: Readonly<Record<ConditionId, string>> = {
  overrun: "RELEASE",
  "full-occlusion": "FULL OCCLUSION",
  "release-failed": "NOT RELEASED",
  "pressure-lost": "PRESSURE LOST",
  silent: "NO SIGNAL",
  "target-differs": "WRONG TARGET",
  "pressure-high": "PRESSURE HIGH",
  "pressure-low": "Below prescription",
  "inflated-unassigned": "ON NO PATIENT",
  "release-soon": "Release soon",
};
