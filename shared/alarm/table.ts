/**
 * The alarms as a table that can be disclosed: when each is raised, how urgent it is, whether it latches, how long it takes.
 * Every number is read from the limits or from where the engine has it, so that the page cannot say anything else than the engine does.
 */
import { type Limit, type LimitName, limitNames, limitTable, type Limits } from "./limits.ts";
import { intervalsMissed } from "../cuff/basic.ts";
import { stretch } from "../session/clock-watch.ts";
import { backInside, beyondFor, nearEdge, stepFrom } from "../session/drift.ts";
import type { Millis } from "../units.ts";
import { turnsWithin } from "./conditions/device.ts";
import {
  batteryRegained,
  clearsAfter,
  type ConditionId,
  conditions,
  crossing,
  downBelow,
  firstRepetitions,
  inflatedAt,
  isOnceASet,
  latches,
  levelOver,
  lostAtOnceBelow,
  lostRegained,
  standsAfter,
  storesWithin,
  valleyAtMost,
} from "./policy.ts";

/** What a person is told of a condition; `delay` is the least time from when it is so until it is raised. */
type Told = Readonly<{
  raised: (l: Limits) => string;
  priority: string | ((l: Limits) => string);
  delay: (l: Limits) => string;
  clears: string;
}>;

const atOnce = (): string => "none";
const s = (n: number): string => `${n} s`;
const inS = (time: Millis): string => s(time / 1000);
const pct = (share: number): string => `${Math.round(share * 100)} %`;
const whenDown = "the inflation has ended";
const back = `back within half of it for ${inS(clearsAfter)}`;
const whereDown = `after ${inS(standsAfter)} where the cuff was down`;
const offTargetFor = (l: Limits): string => `${s(l.restForS)} at rest, ${inS(levelOver)} in exercise`;

const told: Readonly<Record<ConditionId, Told>> = {
  overrun: {
    raised: () => "dose ≥ the plan's limit; needs no data",
    priority: (l) => `medium; high ${l.overrunHighAfterS} s later or at the hard cap`,
    delay: atOnce,
    clears: whenDown,
  },
  "release-soon": {
    raised: (l) => `${l.releaseSoonS} s before the plan's limit`,
    priority: "low, a countdown with one soft cue",
    delay: atOnce,
    clears: "the limit, or the cuff is down",
  },
  "release-failed": {
    raised: () =>
      `a release was ordered, or the cuff says it lets go to 0, and the pressure is not below ${downBelow} mmHg`,
    priority: "high",
    delay: (l) => s(l.releaseWithinS),
    clears: "measured down; nothing that the cuff says",
  },
  "session-overrun": {
    raised: (l) => `the limb was restricted for ${l.sessionLimitMin} min in this session, and is`,
    priority: "medium",
    delay: atOnce,
    clears: whenDown,
  },
  "reperfusion-short": {
    raised: () =>
      "inflated again after a pause shorter than the plan's reperfusion; not after the plan's own rests or a search for the LOP",
    priority: "medium",
    delay: () => inS(crossing),
    clears: whenDown,
  },
  "full-occlusion": {
    raised: (l) => `≥ 100 % LOP without a break; at once at ${l.absoluteCapMmhg} mmHg`,
    priority: "high",
    delay: (l) => s(l.fullOcclusionForS),
    clears: `under it for ${inS(clearsAfter)}`,
  },
  "measuring-too-long": {
    raised: () => "the cuff is up and says that it looks for the LOP",
    priority: "high",
    delay: (l) => s(l.measuringForS),
    clears: `it has said something else for ${inS(clearsAfter)}, or is down`,
  },
  "peaks-over-lop": {
    raised: (l) => `the peaks of ${l.peaksInARow} repetitions running reach 100 % LOP`,
    priority: "low",
    delay: (l) => `${l.peaksInARow} repetitions`,
    clears: "as many that do not, or a rest",
  },
  "target-differs": {
    raised: (l) =>
      `the cuff's own set pressure is off the plan's by more than ${l.settingPct} % and ${l.settingMmhg} mmHg; 0 is not judged`,
    priority: "medium above, low below",
    delay: (l) => s(l.settingForS),
    clears: back,
  },
  "pressure-high": {
    raised: (l) =>
      `over the target by more than ${l.exercisePct} % and ${l.exerciseMmhg} mmHg in exercise, ${l.restPct} % and ${l.restMmhg} mmHg at rest; in exercise an unregulated cuff's level without the motion`,
    priority: "medium; low, once a set, while it may be no more than hard pushes before the first rest",
    delay: offTargetFor,
    clears: back,
  },
  "pressure-low": {
    raised: () => "the same below the target, where `pressure-high` was not said in the set",
    priority: "low",
    delay: offTargetFor,
    clears: back,
  },
  drift: {
    raised: (l) =>
      `the level without motion leaves its band within ${l.driftAheadS} s, or is ${pct(nearEdge)} of the way out; before an unregulated cuff's first rest, its valleys step by ${stepFrom} mmHg; a regulated cuff's pump runs at rest; the cuff says that it leaks`,
    priority: "low; medium once out of the band",
    delay: (l) => `${inS(beyondFor)}; ${l.pumpForS} s for the pump`,
    clears: `within ${pct(backInside)} of its band for ${inS(clearsAfter)}; what the cuff said, at the end of the inflation`,
  },
  "pressure-lost": {
    raised: (l) =>
      `under ${l.lostPct} % of its own level (${inS(levelOver)} median), and nobody has said why`,
    priority: "medium",
    delay: (l) =>
      `${s(l.lostForS)}; ${inS(valleyAtMost)} above ${pct(lostAtOnceBelow)} in the first ${inS(firstRepetitions)} of motion`,
    clears: `back above ${pct(lostRegained)} of it for ${inS(clearsAfter)}, or the inflation has ended`,
  },
  silent: {
    raised: (l) =>
      `no reading of an inflated cuff; of one that is down in a session, or was never heard, for ${l.silentDownAfterS} s`,
    priority: "medium; high and unconfirmed with an overrun; low while down",
    delay: (l) => `${l.silentAfterS} s; a basic cuff ${intervalsMissed} of its intervals, if that is longer`,
    clears: `readings without a gap for ${inS(clearsAfter)}`,
  },
  "sensor-frozen": {
    raised: () => "an inflated cuff reads exactly the same",
    priority: "medium",
    delay: (l) => `${l.frozenForS} s; ${l.frozenBasicForS} s for a basic cuff that sends whole mmHg`,
    clears: `it has moved for ${inS(clearsAfter)}`,
  },
  "clock-disagrees": {
    raised: (l) => `cuff and server drift apart by more than ${l.clockApartS} s within one inflation`,
    priority: "low",
    delay: () => `up to ${s((2 * stretch) / 1000)}`,
    clears: "within half of that, or the inflation has ended",
  },
  "inflated-unassigned": {
    raised: () => "a cuff is up on no patient",
    priority: "medium",
    delay: (l) => s(l.unassignedForS),
    clears: "down, or on a patient",
  },
  "two-of-one": {
    raised: () => `two power-ups of one name take turns, three times within ${inS(turnsWithin)}`,
    priority: "medium",
    delay: atOnce,
    clears: `${s((turnsWithin + clearsAfter) / 1000)} without a turn`,
  },
  battery: {
    raised: (l) => `below ${l.batteryLowPct} %, of a cuff in a session or up`,
    priority: (l) => `low; medium below ${l.batteryEmptyPct} %`,
    delay: atOnce,
    clears: `${batteryRegained} % above it`,
  },
  "cuff-fault": {
    raised: () => "the cuff reports a fault",
    priority: "medium",
    delay: atOnce,
    clears: `${whenDown}; ${whereDown}`,
  },
  "stop-advised": {
    raised: (l) =>
      `noted at the patient: pain over ${l.painOver}, capillary refill over ${l.refillOverS} s, dizziness, numbness`,
    priority: "medium",
    delay: atOnce,
    clears: `a better note; ${whereDown}`,
  },
  "not-recording": {
    raised: () => "facts cannot be stored",
    priority: "medium",
    delay: () => `${inS(storesWithin)} where the disk gives no answer, else none`,
    clears: "facts are stored again",
  },
  "nobody-listening": {
    raised: () => "a cuff is up, and no screen is connected with its sound armed",
    priority: "medium",
    delay: (l) => s(l.unheardForS),
    clears: "a screen is, or no cuff is up",
  },
};

export type TableRow = Readonly<{
  condition: ConditionId;
  raised: string;
  delay: string;
  priority: string;
  latches: string;
  clears: string;
}>;

/** One row for each condition, under these limits. */
export const alarmTable = (limits: Limits): readonly TableRow[] =>
  conditions.map((condition) => {
    const { raised, priority, delay, clears } = told[condition];
    return {
      condition,
      raised: raised(limits) + (isOnceASet(condition) ? "; said once a set" : ""),
      delay: delay(limits),
      priority: typeof priority === "string" ? priority : priority(limits),
      latches: latches(condition) ? "until answered" : "no",
      clears,
    };
  });

/** The conditions and the limits as Markdown. */
export const alarmTables = (limits: Limits): string =>
  [
    `Inflated: at or above ${inflatedAt} mmHg for ${inS(crossing)}.`,
    "",
    ...rows(
      ["condition", "raised when", "delay", "priority", "latches", "clears when"],
      alarmTable(limits).map((r) => [
        `\`${r.condition}\``,
        r.raised,
        r.delay,
        r.priority,
        r.latches,
        r.clears,
      ]),
    ),
    "",
    ...rows(
      ["limit", "what", "value", "from", "to", "set by", "source"],
      limitNames.map((name) => limitRow(name, limits)),
    ),
    "",
  ].join("\n");

const limitRow = (name: LimitName, limits: Limits): readonly string[] => {
  const { what, least, most, unit, plan, source }: Limit = limitTable[name];
  return [
    `\`${name}\``,
    what,
    `${limits[name]} ${unit}`,
    String(least),
    String(most),
    plan ? "clinic, plan" : "clinic",
    source,
  ];
};

const rows = (head: readonly string[], body: readonly (readonly string[])[]): string[] => {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...body.map(line)];
};
