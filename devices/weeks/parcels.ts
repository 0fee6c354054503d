/** The weeks as they are handed over: first what was written down, then the classes, the last one first, so that something is there soon. */
import {
  type FollowUpKind,
  followUpKinds,
  type FollowUpQuestion,
  followUpQuestions,
} from "../../shared/clinic/follow-up.ts";
import { dueAt } from "../../shared/clinic/follow-up-rules.ts";
import type { Figures } from "../../shared/clinic/recording-record.ts";
import { newState } from "../../shared/engine.ts";
import { siteId } from "../../shared/ids.ts";
import { encodeChunk } from "../../shared/recording/chunk.ts";
import { figuresOf } from "../../shared/recording/figures.ts";
import { grouped, groupOf } from "../../shared/recording/grouping.ts";
import type { Line } from "../../shared/recording/line.ts";
import { linesFrom } from "../../shared/recording/lines.ts";
import type { ClassParcel, Parcel, ParcelAnswer } from "../../shared/recording/parcel.ts";
import { ownLines } from "../../shared/recording/session-lines.ts";
import { type Span, spansOf } from "../../shared/recording/span.ts";
import type { WallTime } from "../../shared/units.ts";
import { linesOf } from "./class.ts";
import type { Answer, ClassPlan, SessionPlan, Weeks } from "./plan.ts";

/** Every parcel in turn, made when it is asked for. `now` is the wall clock: nobody has been asked since. */
export function* parcelsOf(weeks: Weeks, site: string, now: WallTime): Generator<Parcel> {
  yield { holds: "documents", documents: weeks.documents.map((one) => ({ ...one, body: { ...one.body } })) };
  for (const plan of weeks.classes.toReversed()) yield parcelOf(plan, site, now);
}

export const parcelOf = (plan: ClassPlan, site: string, now: WallTime): ClassParcel => {
  const lines = linesOf(plan, site);
  const spans = spansOf(lines);
  return {
    ...{ holds: "class", class: plan.class },
    chunks: grouped(lines).map((group) => ({ cuff: cuffOf(group), bytes: encodeChunk(group) })),
    figures: Object.fromEntries(spans.map((span) => [span.session, figuresIn(lines, span, site)])),
    answered: plan.sessions.flatMap((session) => answeredIn(session, lines, now)),
  };
};

const cuffOf = ([first]: readonly Line[]): string | null => (first === undefined ? null : groupOf(first));

const figuresIn = (lines: readonly Line[], span: Span, site: string): Figures => {
  const start = newState(siteId(site));
  const own = linesFrom([...ownLines(span, start, lines)]);
  const { from, to } = span;
  return figuresOf({ start, lines: own, holes: [], from, to: to ?? from }, span);
};

const answeredIn = (
  { session, followUps }: SessionPlan,
  lines: readonly Line[],
  now: WallTime,
): readonly ParcelAnswer[] => {
  const finished = lines.find(({ fact }) => fact.kind === "finished" && fact.session === session);
  if (finished === undefined) return [];
  return followUpKinds.flatMap((asked): readonly ParcelAnswer[] => {
    const said = answerOf(followUps, asked);
    const at = Math.round(dueAt(asked, finished.wall) + (said?.afterMs ?? 0));
    if (said === null || at >= now) return [];
    const cleared = clearedOf(said, at, now);
    return [
      { ...{ session, asked, at, by: said.by, remark: said.remark, cleared }, answers: answersOf(said) },
    ];
  });
};

const answerOf = ({ nextDay, threeDays }: SessionPlan["followUps"], asked: FollowUpKind): Answer | null => {
  switch (asked) {
    case "next-day":
      return nextDay;
    case "72-hours":
      return threeDays;
  }
};

const answersOf = ({ yes }: Answer): ParcelAnswer["answers"] => {
  const questions = Object.keys(followUpQuestions) as FollowUpQuestion[];
  const said = (question: FollowUpQuestion) => (yes.includes(question) ? "yes" : "no");
  return Object.fromEntries(questions.map((q) => [q, said(q)])) as ParcelAnswer["answers"];
};

const clearedOf = ({ cleared }: Answer, answeredAt: number, now: WallTime): ParcelAnswer["cleared"] => {
  if (cleared === null || answeredAt + cleared.afterMs >= now) return null;
  return { by: cleared.by, at: Math.round(answeredAt + cleared.afterMs), reason: cleared.reason };
};
