/** State is derived: one cuff's state after one fact. The only place where it changes, live, after a crash and in replay. */
import { withFact } from "../alarm/occurrence.ts";
import type { DataMessage, StatusMessage } from "../cuff/message.ts";
import type { CuffId } from "../ids.ts";
import { earlier, millis, type Monotonic } from "../units.ts";
import { type CuffState, judgedFromStart, nextOrdinal, type Occlusion, setOf } from "./cuff-state.ts";
import { type AlarmFact, type CuffFact, isAboutAlarm, type ResumedFact } from "./fact.ts";
import { listened, readMore } from "./listened.ts";
import { heard, heardEvent, interrupted } from "./liveness.ts";
import { noteName } from "./note.ts";
import { close, doseAt, limitOf, shortPause } from "./occlusion.ts";
import { noPeaks } from "./peaks.ts";
import { read, settled } from "./pressure.ts";
import { noSensor } from "./sensor.ts";
import { unwatched } from "./watch.ts";
import { yardstick } from "./yardstick.ts";

/** An inflation shorter than this was a fitting, not one of the plan's. */
const countsFrom = millis(60_000);
/** And one shorter than this was none of the dose's sets. */
const ofDoseFrom = millis(10_000);

/** `c` after `fact`, which must be about this cuff. */
export const applyToCuff = (c: CuffState, fact: CuffFact): CuffState => {
  if (isAboutAlarm(fact)) return aboutAlarm(c, fact);
  switch (fact.kind) {
    case "samples": {
      const boots = heard(c.boots, fact.message, fact.quality, fact.at);
      if (fact.quality !== "live") return { ...c, boots };
      const turns = wentBack(c.boots, fact.message) ? [fact.at, ...c.turns.slice(0, 2)] : c.turns;
      return listened(c, { boots, turns }, fact.message, fact.at);
    }
    case "basic-sample": {
      // A cuff that says plain numbers has no phase: what it said before it became one is over.
      const silent = { said: null, measuringSince: null, otherwiseSince: null };
      const basic = { ...c, ...silent, basic: true, heardAt: fact.at, freshFor: fact.freshFor };
      const pressure = read(c.pressure, fact.pressure, fact.at, yardstick(basic, fact.at));
      return { ...basic, pressure, ...readMore(basic, { ...basic, pressure }, fact.pressure, fact.at) };
    }
    case "status":
      return { ...c, heardAt: fact.at, ...saidOf(c, fact.message) };
    case "meta":
      return { ...c, heardAt: fact.at, meta: fact.message };
    case "event":
      return told(c, fact);
    case "inflated":
      return {
        ...c,
        occlusions: fact.occlusion,
        occlusion: {
          number: fact.occlusion,
          since: fact.since,
          judgedFrom:
            c.toldOnTargetAt !== null && c.toldOnTargetAt >= fact.since
              ? earlier(judgedFromStart(fact.since), c.toldOnTargetAt)
              : judgedFromStart(fact.since),
          ordered: null,
          firstOrderedAt: null,
          releasingSince: null,
          saysUpSince: null,
          measuredAt: null,
          toldReleasedAt: null,
          toldLeakAt: null,
          saysDownSince: null,
          saidUp: null,
          tooSoon: tooSoon(c, fact.since),
          clock: null,
          searched: c.said?.phase === "measuring",
          treated: c.basic,
        },
        inDose: shortPause(c, fact.since) === null ? 0 : c.inDose,
      };
    case "deflated": {
      const lasted = c.occlusion === null ? 0 : fact.end - c.occlusion.since;
      return {
        ...c,
        ...close(c, fact.end),
        occlusion: null,
        inflationsDone: c.inflationsDone + (lasted >= countsFrom ? 1 : 0),
        inDose: c.inDose + (lasted >= ofDoseFrom ? 1 : 0),
        lastSearched: c.occlusion?.searched === true && !c.occlusion.treated,
        sensor: noSensor,
        peaks: noPeaks,
        setting: unwatched,
        pressure: settled(c.pressure),
        boots: c.boots.map((b) => ({ ...b, upSince: null })),
      };
    }
    case "ordered-down":
      return onOcclusion(c, (o) => ({
        ...o,
        ordered: { order: fact.order, by: fact.by, at: fact.at },
        firstOrderedAt: o.firstOrderedAt ?? fact.at,
      }));
    case "noted":
      return { ...c, notes: { ...c.notes, [noteName(fact.note)]: { note: fact.note, at: fact.at } } };
    case "forgotten":
      // The cuff is taken out of the floor; there is nothing left to change.
      return c;
  }
};

/**
 * The pause before an inflation that begins at `since`, where the limb was to reperfuse for longer. The plan's own rests
 * between sets, and the search for the LOP before a treatment, ask for no reperfusion.
 */
const tooSoon = (c: CuffState, since: Monotonic): Occlusion["tooSoon"] => {
  const plan = c.prescription;
  const betweenSets =
    plan?.cuffDownBetweenSets === true &&
    c.inDose < Math.max(1, plan.repsOfSets.length) &&
    doseAt(c, since) < limitOf(c);
  return betweenSets || c.lastSearched ? null : shortPause(c, since);
};

/** Whether a message comes from a power-up that another had taken the place of. */
const wentBack = (boots: CuffState["boots"], { boot }: DataMessage): boolean =>
  boots[0]?.boot !== boot && boots.some((b) => b.boot === boot);

/** A will that arrives late says nothing about the present power-up. */
const saidOf = (c: CuffState, { boot, state }: StatusMessage): Pick<CuffState, "saysOnline"> => {
  const present = c.boots[0]?.boot ?? c.meta?.boot ?? boot;
  return { saysOnline: state === "online" ? true : present === boot ? false : c.saysOnline };
};

/**
 * Nothing is confirmed after an interruption of the server until it is heard. Arrivals of before and after can be
 * compared within one process, whose sockets may hold what is minutes old, and not across two.
 */
export const resumed = (c: CuffState, { at, vouchedBy }: ResumedFact): CuffState => ({
  ...c,
  boots: vouchedBy === "own-clock" ? c.boots : interrupted(c.boots),
  resumedAt: at,
});

const told = (c: CuffState, fact: Extract<CuffFact, { kind: "event" }>): CuffState => {
  const next = { ...c, heardAt: fact.at, boots: heardEvent(c.boots, fact.message) };
  // What is wrong with a cuff is told whenever it is heard; everything else explains only what happens now.
  if (fact.message.kind === "fault") return { ...next, fault: { code: fact.message.code, at: fact.at } };
  if (fact.message.kind === "leak")
    return onOcclusion(next, (o) => ({ ...o, toldLeakAt: o.toldLeakAt ?? fact.at }));
  if (fact.quality !== "live") return next;
  switch (fact.message.kind) {
    case "on-target":
      return onOcclusion({ ...next, toldOnTargetAt: fact.at }, (o) => ({
        ...o,
        judgedFrom: earlier(o.judgedFrom, fact.at),
      }));
    case "release":
      return onOcclusion(next, (o) => ({ ...o, toldReleasedAt: fact.at }));
    case "inflate":
      return onOcclusion(next, (o) => ({ ...o, toldReleasedAt: null }));
    case "lop":
    case "button":
      return next;
  }
};

const onOcclusion = (c: CuffState, change: (o: Occlusion) => Occlusion): CuffState =>
  c.occlusion === null ? c : { ...c, occlusion: change(c.occlusion) };

const aboutAlarm = (c: CuffState, fact: AlarmFact<CuffId>): CuffState => {
  const alarms = withFact(c.alarms, fact);
  if (fact.kind !== "alarm-raised") return { ...c, alarms };
  const { condition } = fact.occurrence;
  const raised = { occlusion: c.occlusions, ordinal: nextOrdinal(c, condition), set: setOf(c) };
  return { ...c, alarms, raised: { ...c.raised, [condition]: raised } };
};
