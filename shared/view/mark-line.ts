/** What is worth a line in the list of what happened, and how it reads. Readings and what only devices say to each other are not. */
import { isMoreUrgent, type Occurrence } from "../alarm/occurrence.ts";
import type { Priority } from "../alarm/policy.ts";
import type { ClassFact } from "../class/fact.ts";
import type { ClassState, Seat } from "../class/seat.ts";
import type { CuffId } from "../ids.ts";
import {
  type AlarmFact,
  type CuffFact,
  type Fact,
  isAboutAlarm,
  isAboutCuff,
  type RoomFact,
} from "../session/fact.ts";
import type { Note } from "../session/note.ts";
import { between, type Monotonic } from "../units.ts";
import { lasting } from "./duration.ts";
import { readingText } from "./log-line.ts";
import { reviewWords as say } from "./review-words.ts";
import { conditionName, priorityName, words } from "./words.ts";

export type MarkKind = "alarm" | "alarm-over" | "answer" | "note" | "cuff" | "guide" | "server";

export type Mark = Readonly<{
  at: Monotonic;
  /** The id of its line. */
  id: number;
  kind: MarkKind;
  /** Whom it concerns, "3 Jessica R."; "" for everybody. */
  who: string;
  text: string;
  /** What else is known of it; "" where nothing is. */
  detail: string;
  /** Of an alarm, as it was from then on. */
  priority: Priority | null;
}>;

/** What is known when a fact comes, of the time before it. */
export type Before = Readonly<{
  class: ClassState;
  alarm: (id: Occurrence["id"]) => Occurrence | undefined;
  /** When an inflation began. */
  upSince: (cuff: CuffId, number: number) => Monotonic | undefined;
}>;

type Said = Omit<Mark, "at" | "id">;
const said = (kind: MarkKind, who: string, text: string, detail = ""): Said => ({
  ...{ kind, who, text, detail },
  priority: null,
});

/** The mark of a fact; null where it is worth none. */
export const markOf = (fact: Fact, before: Before): Said | null => {
  if (isAboutAlarm(fact)) return ofAlarm(fact, before);
  if (isAboutCuff(fact)) return ofCuff(fact, before);
  if ("cuff" in fact) return ofRoom(fact);
  switch (fact.kind) {
    case "roster":
      return null;
    case "resumed":
      return said("server", "", say.wasAway(lasting(fact.gap)));
    default:
      return ofClass(fact, before.class);
  }
};

/** By whom, and that they had not signed in where they had not. */
const person = ({ by, verified }: Readonly<{ by: string; verified: boolean }>): string =>
  verified ? say.by(by) : `${say.by(by)} (${say.unverified})`;

const seatText = (seat: Seat | undefined): string =>
  seat === undefined ? "" : `${seat.station} ${seat.name}`;
const wearer = ({ seats }: ClassState, cuff: CuffId): string => {
  const seat = seats.find((s) => s.worn.some((w) => w.cuff === cuff));
  return seat === undefined ? cuff : seatText(seat);
};
/** Which of two cuffs of a patient it is about, "L"; "" where there is only one. */
const sideOf = ({ seats }: ClassState, cuff: CuffId | null): string => {
  const worn = seats.find((s) => s.worn.some((w) => w.cuff === cuff))?.worn ?? [];
  const limb = worn.find((w) => w.cuff === cuff)?.limb;
  return worn.length < 2 || limb === undefined ? "" : words.side[limb.side];
};
const named = (name: string, side: string): string => (side === "" ? name : `${name} ${side}`);
const whoOf = (o: Occurrence): string =>
  o.cuff === null ? "" : o.station === null ? o.cuff : `${o.station} ${o.patient}`;

const ofAlarm = (fact: AlarmFact, { alarm, class: seats }: Before): Said | null => {
  if (fact.kind === "alarm-raised") {
    const { occurrence: o } = fact;
    return {
      ...said("alarm", whoOf(o), named(conditionName[o.condition], sideOf(seats, o.cuff)), readingText(o)),
      priority: o.priority,
    };
  }
  const o = alarm(fact.id);
  if (o === undefined) return null;
  const name = named(conditionName[o.condition], sideOf(seats, o.cuff));
  const who = whoOf(o);
  switch (fact.kind) {
    case "alarm-changed":
      return isMoreUrgent(fact.priority, o.priority)
        ? { ...said("alarm", who, say.alarmRose(name, priorityName[fact.priority])), priority: fact.priority }
        : null;
    case "alarm-cleared":
      return { ...said("alarm-over", who, say.alarmOver(name)), priority: o.priority };
    case "alarm-acknowledged":
      return said(
        "answer",
        who,
        say.goesTo(fact.acknowledged.by, name),
        fact.acknowledged.verified ? "" : say.unverified,
      );
    case "alarm-taken-back":
      return said("answer", who, say.tookBack(fact.by, name), fact.verified ? "" : say.unverified);
    case "alarm-reminded":
      return said("answer", who, say.alarmReminded(name));
    case "alarm-superseded":
      return null;
  }
};

const ofCuff = (fact: Exclude<CuffFact, AlarmFact>, before: Before): Said | null => {
  const who = wearer(before.class, fact.cuff);
  const side = sideOf(before.class, fact.cuff);
  switch (fact.kind) {
    case "samples":
    case "basic-sample":
    case "meta":
    case "forgotten":
      return null;
    case "status":
      return fact.message.state === "offline" ? said("cuff", who, say.offline) : null;
    case "event":
      return fact.message.kind === "fault" ? said("cuff", who, say.fault(fact.message.code)) : null;
    case "inflated":
      return said("cuff", who, say.inflated(fact.occlusion, side));
    case "deflated": {
      const since = before.upSince(fact.cuff, fact.occlusion);
      const how = [say.endedBy[fact.reason], fact.confirmed ? "" : say.unconfirmed].filter((t) => t !== "");
      return said(
        "cuff",
        who,
        since === undefined ? say.deflatedOnly(side) : say.deflated(lasting(between(since, fact.end)), side),
        how.join(", "),
      );
    }
    case "ordered-down":
      return said("answer", who, say.ordered[fact.order], person(fact));
    case "noted":
      return said("note", who, noteText(fact.note), person(fact));
  }
};

const noteText = (note: Note): string => {
  switch (note.kind) {
    case "pain":
      return say.pain(note.score);
    case "refill":
      return say.refill(note.seconds);
    case "symptom":
      return say.symptom(capital(words.noteName[note.symptom]), note.present);
  }
};
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const ofRoom = (fact: RoomFact): Said | null => {
  switch (fact.kind) {
    case "recording":
      return said("server", "", fact.ok ? say.storedAgain : say.notStored);
    case "sound-paused":
      return said("answer", "", say.soundPaused, person(fact));
    case "sound-resumed":
      return said("answer", "", say.soundResumed, person(fact));
    case "duty-taken":
      return said("answer", "", say.duty(fact.by), fact.verified ? "" : say.unverified);
    case "listening":
    case "duty-offered":
    case "duty-declined":
      return null;
  }
};

const ofClass = (fact: ClassFact, { seats }: ClassState): Said => {
  const seat = "session" in fact ? seats.find((s) => s.visit.session === fact.session) : undefined;
  const who = seatText(seat);
  const by = person(fact);
  switch (fact.kind) {
    case "class-started":
      return said("guide", "", say.classStarted, by);
    case "class-ended":
      return said("guide", "", say.classEnded, by);
    case "patient-seated":
      return said("guide", seatText(fact.seat), say.seated(fact.seat.station), by);
    case "checked":
      return said(
        "guide",
        who,
        fact.check.red.length === 0 ? say.checked : say.checkedRed(fact.check.red.join("; ")),
        by,
      );
    case "exercise-begun":
      return said("guide", who, say.exercise(seat?.visit.exercises[fact.exercise]?.name ?? ""), by);
    case "set-begun":
      return said("guide", who, say.set(fact.set), by);
    case "set-ended":
      return said("guide", who, say.setEnded(seat?.visit.set?.number ?? 0, fact.repetitions), by);
    case "cuff-swapped":
      return said("cuff", who, say.swapped(fact.from, fact.to), by);
    case "exertion-noted":
      return said("note", who, say.exertion(fact.score), by);
    case "remarked":
      return said("note", who, say.remark(fact.text), by);
    case "finished":
      return said(
        "guide",
        seatText(fact.seat),
        say.finished(say.reason(say.outcomes[fact.outcome], fact.reason)),
        by,
      );
    case "all-released":
      return said("answer", "", say.allReleased, by);
  }
};
