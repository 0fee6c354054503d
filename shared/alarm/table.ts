/**
 * The alarms as a table that can be disclosed: when each is raised, how urgent it is, whether it latches, how long it takes.
 * Every number is read from the limits, so that the page cannot say anything else than the engine does.
 */
import { type Limit, type LimitName, limitNames, limitTable, type Limits } from "./limits.ts";
import {
  clearsAfter,
  type ConditionId,
  conditions,
  crossing,
  inflatedAt,
  isOnceASet,
  latches,
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
const whenDown = "the inflation has ended";
const back = `back within half of it for ${clearsAfter / 1000} s`;

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
      "a release was ordered, or the cuff says it lets go to 0, and the pressure is not below 20 mmHg",
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
    delay: () => s(crossing / 1000),
    clears: whenDown,
  },
  "full-occlusion": {
    raised: (l) => `≥ 100 % LOP without a break; at once at ${l.absoluteCapMmhg} mmHg`,
    priority: "high",
    delay: (l) => s(l.fullOcclusionForS),
    clears: `under it for ${clearsAfter / 1000} s`,
  },
  "measuring-too-long": {
    raised: () => "the cuff is up and says that it looks for the LOP",
    priority: "high",
    delay: (l) => s(l.measuringForS),
    clears: "it says something else, or is down",
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
    delay: (l) => `${l.restForS} s at rest, 10 s in exercise`,
    clears: back,
  },
  "pressure-low": {
    raised: () => "the same below the target",
    priority: "low",
    delay: (l) => `${l.restForS} s at rest, 10 s in exercise`,
    clears: back,
  },
  drift: {
    raised: (l) =>
      `the level without motion leaves its band within ${l.driftAheadS} s, or is 80 % of the way out; before an unregulated cuff's first rest, its valleys step by 15 mmHg; a regulated cuff's pump runs at rest; the cuff says that it leaks`,
    priority: "low; medium once out of the band",
    delay: (l) => `2 s; ${l.pumpForS} s for the pump`,
    clears: `within 40 % of its band for ${clearsAfter / 1000} s; what the cuff said, at the end of the inflation`,
  },
  "pressure-lost": {
    raised: (l) => `under ${l.lostPct} % of its own level (10 s median), and nobody has said why`,
    priority: "medium",
    delay: (l) => `${s(l.lostForS)}; 4 s above 50 % in the first 20 s of motion`,
    clears: `back above 85 % of it for ${clearsAfter / 1000} s, or the inflation has ended`,
  },
  silent: {
    raised: (l) =>
      `no reading of an inflated cuff; of one that is down in a session, or was never heard, for ${l.silentDownAfterS} s`,
    priority: "medium; high and unconfirmed with an overrun; low while down",
    delay: (l) => `${l.silentAfterS} s; a basic cuff three of its intervals`,
    clears: `readings without a gap for ${clearsAfter / 1000} s`,
  },
  "sensor-frozen": {
    raised: () => "an inflated cuff reads exactly the same",
    priority: "medium",
    delay: (l) => `${l.frozenForS} s; ${l.frozenBasicForS} s for a basic cuff that sends whole mmHg`,
    clears: `it has moved for ${clearsAfter / 1000} s`,
  },
  "clock-disagrees": {
    raised: (l) => `cuff and server drift apart by more than ${l.clockApartS} s within one inflation`,
    priority: "low",
    delay: () => "up to 10 s",
    clears: "within half of that, or the inflation has ended",
  },
  "inflated-unassigned": {
    raised: () => "a cuff is up on no patient",
    priority: "medium",
    delay: (l) => s(l.unassignedForS),
    clears: "down, or on a patient",
  },
  "two-of-one": {
    raised: () => "two power-ups of one name take turns, three times within 10 s",
    priority: "medium",
    delay: atOnce,
    clears: "15 s without a turn",
  },
  battery: {
    raised: (l) => `below ${l.batteryLowPct} %, of a cuff in a session or up`,
    priority: (l) => `low; medium below ${l.batteryEmptyPct} %`,
    delay: atOnce,
    clears: "2 % above it",
  },
  "cuff-fault": {
    raised: () => "the cuff reports a fault",
    priority: "medium",
    delay: atOnce,
    clears: "the inflation has ended; after 60 s where the cuff was down",
  },
  "stop-advised": {
    raised: (l) =>
      `noted at the patient: pain over ${l.painOver}, capillary refill over ${l.refillOverS} s, dizziness, numbness`,
    priority: "medium",
    delay: atOnce,
    clears: "a better note; after 60 s where the cuff was down",
  },
  "not-recording": {
    raised: () => "facts cannot be stored",
    priority: "medium",
    delay: () => "5 s where the disk gives no answer, else none",
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
    `Inflated: at or above ${inflatedAt} mmHg for ${crossing / 1000} s.`,
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
