/** A class of the weeks before today as records: what a class of today would have left behind, with its own dates. */
import type { FinishedFact } from "../../shared/class/fact.ts";
import type { FollowUp } from "../../shared/clinic/follow-up.ts";
import { dueAt, redAnswers } from "../../shared/clinic/follow-up-rules.ts";
import type { Figures } from "../../shared/clinic/recording-record.ts";
import type { Line } from "../../shared/recording/line.ts";
import type { ClassParcel, ParcelAnswer } from "../../shared/recording/parcel.ts";
import { type Span, spansOf } from "../../shared/recording/span.ts";
import { wallTime } from "../../shared/units.ts";
import { changesOf, type Told } from "../desk/session-record.ts";
import type { Clinic } from "../records/clinic.ts";
import { redEvent } from "../records/follow-ups.ts";
import { classRecordOf, inClass, recordingOf } from "../recordings/record.ts";
import type { Change } from "../register/register.ts";

type Collections = Pick<Clinic, "sessions" | "followUps" | "recordings" | "classes" | "adverseEvents">;

/** `rare` are the lines of the class that are not said again and again; `log` is where all of them lie. */
type Kept = Readonly<{ rare: readonly Line[]; log: number }>;

export const changesOfClass = (
  clinic: Collections,
  { figures, answered }: Pick<ClassParcel, "figures" | "answered">,
  { rare, log }: Kept,
): readonly Change[] => {
  const spans = spansOf(rare);
  const facts = rare.map(({ fact }) => fact);
  const finished = rare.flatMap(({ fact, wall }): Told<FinishedFact>[] =>
    fact.kind === "finished" ? [{ fact, wall }] : [],
  );
  return [
    ...finished.flatMap((told) => {
      const { session } = told.fact;
      const span = spans.find((one) => one.session === session);
      const counted = figures[session];
      return [
        ...(changesOf(clinic, told, facts) ?? []),
        ...answered.filter((one) => one.session === session).flatMap((one) => answerOf(clinic, told, one)),
        ...(span === undefined || counted === undefined
          ? []
          : [recordingChange(clinic, { span, told, figures: counted, log })]),
      ];
    }),
    ...classChange(clinic, spans, { rare, log }),
  ];
};

/** The follow-up as it was answered, after the one that was opened with the session's record; and what a red answer is besides. */
const answerOf = (
  { followUps, adverseEvents }: Collections,
  { fact, wall }: Told<FinishedFact>,
  { session, asked, answers, remark, by, at, cleared }: ParcelAnswer,
): readonly Change[] => {
  const { patient } = fact.seat.visit;
  if (patient === null) return [];
  const id = `${session}-${asked}`;
  const due = { patient, session, kind: asked, dueAt: dueAt(asked, Math.round(wall)) };
  const answered: FollowUp = { ...due, answered: { answers, remark, at, by }, cleared: null };
  const writer = { by, at: wallTime(at) };
  const event = redEvent(id, answered, writer);
  return [
    followUps.change(id, answered, 1, writer),
    ...(redAnswers(answers).length === 0 ? [] : [adverseEvents.change(event.id, event.body, null, writer)]),
    ...(cleared === null
      ? []
      : [followUps.change(id, { ...answered, cleared }, 2, { by: cleared.by, at: wallTime(cleared.at) })]),
  ];
};

/** Nobody recorded it: simulated cuffs did. */
const source = "demonstration";

type Recorded = Readonly<{ span: Span; told: Told<FinishedFact>; figures: Figures; log: number }>;

const recordingChange = (
  { recordings }: Collections,
  { span, told: { fact, wall }, figures, log }: Recorded,
): Change => {
  const known = { at: fact.at, wall };
  const made = recordingOf({ span, to: fact.at, outcome: fact.outcome, known, figures });
  return recordings.change(fact.session, { ...made, log, source }, null, { by: "", at: wall });
};

const classChange = (
  { classes }: Collections,
  spans: readonly Span[],
  { rare, log }: Kept,
): readonly Change[] => {
  const started = rare.flatMap(({ fact }) => (fact.kind === "class-started" ? [fact.class] : []))[0];
  const ended = rare.find(({ fact }) => fact.kind === "class-ended");
  if (started === undefined || ended === undefined) return [];
  const { at: to, wall } = ended;
  const sessions = spans.map(inClass).toSorted((a, b) => Number(a.station) - Number(b.station));
  const made = classRecordOf({ class: started, to, known: { at: to, wall } }, sessions);
  return [classes.change(started.id, { ...made, log, source }, null, { by: "", at: wall })];
};
