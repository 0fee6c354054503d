/**
 * What one tile shows at a moment: the only place that decides it, for the wall, the tablet, the replay and the report.
 */
import { byUrgency, type Occurrence, occurrenceState, worst } from "../alarm/occurrence.ts";
import { downBelow, type Priority } from "../alarm/policy.ts";
import { isYoung } from "../session/cuff-state.ts";
import { capOf, doseAt, doseReaches, elapsed, limitOf, reperfusedAt } from "../session/occlusion.ts";
import { between, longer, millis, type Monotonic } from "../units.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";
import { alarmLine, type AlarmLine } from "./alarm-line.ts";
import { age, left, passed, wholeSecond } from "./duration.ts";
import { isUnchecked, visitLine } from "./visit-line.ts";
import { phaseName, words } from "./words.ts";

export type TilePhase =
  | "ready"
  | "inflating"
  | "working"
  | "resting"
  | "measuring"
  | "releasing"
  | "reperfusing"
  | "done"
  | "no-data";

/** One cuff's line on a tile. */
export type CuffLine = Readonly<{
  cuff: string;
  /** Whole mmHg as text; "–" where nothing was ever read. */
  pressure: string;
  fresh: "live" | "old";
  /** How old an old reading is, "12 s"; null for a live one. */
  age: string | null;
  /** It is seen to be down. */
  down: boolean;
  /** "of 150", "cuff down", or "" where there is no target. */
  target: string;
  /** "60 % LOP" beside a target, or "". */
  ofLop: string;
  /** The pressures between which the trace is as prescribed, in mmHg; null where there is no target. */
  band: Readonly<{ low: number; high: number; target: number }> | null;
  side: "left" | "right" | null;
  batteryPct: number | null;
  /** The server times this cuff itself, from plain numbers. */
  basic: boolean;
}>;

export type Tile = Readonly<{
  station: string;
  patient: string;
  /** "L thigh", "L + R thigh", or the cuff's name. */
  limb: string;
  phase: TilePhase;
  alarm: Priority | "none";
  /** The one thing to act on: a clock, or a word where there is none. */
  main: Readonly<{ kind: "clock" | "word"; text: string; label: string }>;
  /** The worst open alarm about the main number itself: time is running out, or has run out. */
  mainAlarm: Priority | "none";
  /** How much of the limit is used, 0 to 1, with its text; null where nothing runs. */
  ring: Readonly<{ share: number; text: string; of: string }> | null;
  /** What its phase is called: a basic cuff is under pressure, and nobody can tell whether at work or at rest. */
  phaseName: string;
  /** "set 2 / 4 · rep 7 / 15". */
  progress: string;
  /** The check before the session was not passed. */
  unchecked: boolean;
  /** A cuff is up at work that is without one, so that its pressure is held to nothing. */
  noTarget: boolean;
  unconfirmed: boolean;
  cuffs: readonly CuffLine[];
  /** Its open alarms, the most urgent first. */
  alarms: readonly AlarmLine[];
}>;

/** The cuffs that are up while their patient stands at work without one. */
export const upWithoutTarget = ({ visit, cuffs }: StationOnScreen): readonly CuffOnScreen[] =>
  visit?.exercises[visit.exercise]?.kind === "free" ? cuffs.filter((c) => c.occlusion !== null) : [];

/** Whether a cuff's last reading may look new at `now`. */
export const isFresh = (c: CuffOnScreen, now: Monotonic): boolean =>
  isYoung({ lastAt: c.pressureAt, freshFor: c.freshFor, resumedAt: c.resumedAt }, now);

/** Whether what a tile says of an inflated cuff is only reckoned, since nobody can measure it. */
const isUnconfirmed = (c: CuffOnScreen, now: Monotonic): boolean =>
  c.occlusion !== null && (!isFresh(c, now) || c.occlusion.fallen);

/** What one cuff is doing. */
export const cuffPhase = (c: CuffOnScreen, now: Monotonic): TilePhase => {
  if (c.pressureAt === null) return "no-data";
  if (c.occlusion === null) {
    if (!isFresh(c, now)) return "no-data";
    if (c.phase === "measuring") return "measuring";
    if (c.phase === "inflating") return "inflating";
    if (reperfusedAt(c, now) !== null) return "reperfusing";
    return c.prescription !== null && c.inflationsDone >= c.prescription.inflations ? "done" : "ready";
  }
  if (!isFresh(c, now)) return "no-data";
  if (c.phase === "measuring") return "measuring";
  if (c.phase === "inflating") return "inflating";
  if (c.phase === "releasing" || c.occlusion.ordered !== null) return "releasing";
  // Rest is told from pressures that a basic cuff sends too seldom and too coarsely.
  return c.resting && !c.basic ? "resting" : "working";
};

/** The cuff of a tile that has to be acted on first: the one whose release is nearest, else the first. */
const leading = (cuffs: readonly CuffOnScreen[]): CuffOnScreen | undefined =>
  cuffs.reduce<CuffOnScreen | undefined>(
    (first, c) =>
      first === undefined || doseReaches(c, limitOf(c)) < doseReaches(first, limitOf(first)) ? c : first,
    undefined,
  );

/**
 * The tile of a station, with the alarms that are its own, at `now`. Clocks turn with the whole second of site time, so that
 * every tile of a wall turns together; how old a reading is, and whether a limit has passed, is judged at `now` itself.
 */
export const tile = (station: StationOnScreen, alarms: readonly Occurrence[], now: Monotonic): Tile => {
  const open = alarms.filter((o) => occurrenceState(o) !== "closed").sort(byUrgency);
  const lead = leading(station.cuffs);
  const phase = lead === undefined ? "no-data" : cuffPhase(lead, now);
  return {
    station: station.station ?? "",
    patient: station.station === null ? (station.cuffs[0]?.cuff ?? "") : station.patient,
    limb: limbText(station),
    phase,
    phaseName: lead?.basic === true && phase === "working" ? words.underPressure : phaseName[phase],
    alarm: worst(open),
    main: lead === undefined ? { kind: "word", text: words.noData, label: "" } : mainOf(lead, phase, now),
    mainAlarm: worst(open.filter(isAboutTime)),
    ring: lead === undefined ? null : ringOf(lead, now),
    progress: lead === undefined ? "" : progressOf(lead, phase, station.visit, now),
    unchecked: isUnchecked(station.visit),
    noTarget: upWithoutTarget(station).length > 0,
    unconfirmed: station.cuffs.some((c) => isUnconfirmed(c, now)),
    cuffs: station.cuffs.map((c) => cuffLine(c, now)),
    alarms: open.map((o) => alarmLine(o, station, now)),
  };
};

const isAboutTime = (o: Occurrence): boolean =>
  o.clearedAt === null && (o.condition === "overrun" || o.condition === "release-soon");

const mainOf = (c: CuffOnScreen, phase: TilePhase, now: Monotonic): Tile["main"] => {
  if (c.occlusion !== null) return inflatedMain(c, phase, now);
  switch (phase) {
    case "no-data":
      return c.pressureAt === null
        ? { kind: "word", text: words.noData, label: words.neverHeard }
        : { kind: "word", text: words.noData, label: words.silentFor(age(between(c.pressureAt, now))) };
    case "reperfusing": {
      const until = reperfusedAt(c, now);
      return {
        kind: "clock",
        text: until === null ? "00:00" : left(between(wholeSecond(now), until)),
        label: words.untilNext,
      };
    }
    case "done":
      return { kind: "word", text: words.done, label: planLine(c) };
    case "measuring":
      return { kind: "word", text: words.measuring, label: planLine(c) };
    case "inflating":
      return { kind: "word", text: words.inflating, label: planLine(c) };
    case "ready":
    case "releasing":
    case "working":
    case "resting":
      return { kind: "word", text: words.ready, label: planLine(c) };
  }
};

/** While the cuff is up the time that is left leads, whatever anybody says of it. */
const inflatedMain = (c: CuffOnScreen, phase: TilePhase, now: Monotonic): Tile["main"] => {
  const over = doseAt(c, now) >= limitOf(c);
  const text = clock(c, now);
  if (c.occlusion?.fallen === true && isFresh(c, now))
    return { kind: "clock", text, label: words.pressureDown };
  if (phase === "releasing" && !over)
    return {
      kind: "clock",
      text,
      label: c.occlusion?.ordered?.order === "cuff-off" ? words.saidOff : words.releasingLabel,
    };
  const unconfirmed = isUnconfirmed(c, now);
  if (over) {
    const by = passed(millis(Math.max(0, doseAt(c, wholeSecond(now)) - limitOf(c))));
    return {
      kind: "clock",
      text,
      label: unconfirmed ? words.overLimitUnconfirmed(by) : words.overLimit(by),
    };
  }
  return { kind: "clock", text, label: unconfirmed ? words.toReleaseUnconfirmed : words.toRelease };
};

/** Time left before the limit; past it, the whole dose, which is what has to be acted on then. */
const clock = (c: CuffOnScreen, now: Monotonic): string => {
  const limit = limitOf(c);
  const second = wholeSecond(now);
  return doseAt(c, now) >= limit
    ? passed(longer(limit, doseAt(c, second)))
    : left(millis(limit - doseAt(c, second)));
};

const ringOf = (c: CuffOnScreen, now: Monotonic): Tile["ring"] => {
  const limit = limitOf(c);
  const over = doseAt(c, now) >= limit;
  const dose = over ? longer(limit, doseAt(c, wholeSecond(now))) : doseAt(c, wholeSecond(now));
  if (c.occlusion === null && (dose === 0 || reperfusedAt(c, now) === null)) return null;
  return {
    share: Math.min(1, dose / limit),
    text: passed(dose),
    of: words.of(passed(millis(Math.min(limit, capOf(c))))),
  };
};

const planLine = (c: CuffOnScreen): string => {
  const p = c.prescription;
  if (p === null) return "";
  const sets = p.repsOfSets.length > 0 ? p.repsOfSets.join("-") : p.plan;
  return p.pctLop === null ? sets : `${sets} at ${words.ofLop(p.pctLop)}`;
};

const progressOf = (
  c: CuffOnScreen,
  phase: TilePhase,
  visit: StationOnScreen["visit"],
  now: Monotonic,
): string => {
  const p = c.prescription;
  const second = wholeSecond(now);
  /** What people say of the exercise, where the cuff itself does not. */
  const guided = visit === null ? "" : visitLine(visit, now);
  if (c.occlusion === null)
    return p !== null && p.inflations > 1 ? words.doneOf(c.inflationsDone, p.inflations) : guided;
  if (c.set === null || c.set === 0)
    return guided === "" ? `${words.restricted} ${passed(elapsed(c, second))}` : guided;
  const parts = [words.set(c.set, p?.repsOfSets.length ?? 0)];
  if (phase === "resting" && c.restingSince !== null)
    parts.push(words.rest(passed(between(c.restingSince, second))));
  else if (c.rep !== null) parts.push(words.rep(c.rep, p?.repsOfSets[c.set - 1]));
  return parts.join(" · ");
};

const cuffLine = (c: CuffOnScreen, now: Monotonic): CuffLine => {
  const live = isFresh(c, now);
  const target = c.prescription?.target ?? null;
  const tolerance = (c.resting ? c.tolerance?.rest : c.tolerance?.exercise) ?? 0;
  const down = c.occlusion === null && live && c.dose.upTo !== null && (c.pressure ?? 0) < downBelow;
  return {
    cuff: c.cuff,
    pressure: c.pressure === null ? "–" : String(Math.round(c.pressure)),
    fresh: live ? "live" : "old",
    age: live || c.pressureAt === null ? null : age(between(c.pressureAt, now)),
    down,
    target: down ? words.cuffDown : target === null ? "" : words.target(target),
    ofLop:
      down || c.prescription === null || c.prescription.pctLop === null
        ? ""
        : words.ofLop(c.prescription.pctLop),
    band: target === null ? null : { low: target - tolerance, high: target + tolerance, target },
    side: c.prescription?.limb.side ?? null,
    batteryPct: c.batteryPct,
    basic: c.basic,
  };
};

const limbText = (station: StationOnScreen): string => {
  if (station.station === null) return words.unassigned;
  const [first, second] = station.cuffs.map((c) => c.prescription?.limb);
  if (first === undefined) return "";
  const name = words.limb[first.limb];
  if (second === undefined) return `${words.side[first.side]} ${name}`;
  return first.limb === second.limb
    ? `${words.both} ${name}`
    : `${words.side[first.side]} ${name} + ${words.side[second.side]} ${words.limb[second.limb]}`;
};
