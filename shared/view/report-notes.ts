/** What people found, noted and did in a session, in order of time, as its report has it. */
import { checkQuestions } from "../plan/screening.ts";
import type { CuffId } from "../ids.ts";
import type { Account, NotedFact } from "../recording/account.ts";
import type { Check } from "../class/visit.ts";
import type { Monotonic } from "../units.ts";
import { reportWords as words } from "./report-words.ts";

export type NoteRow = Readonly<{ time: string; text: string; by: string }>;
type Shown = Readonly<{ clock: (at: Monotonic) => string; cuffName: (cuff: CuffId) => string }>;
type Draft = Readonly<{ at: Monotonic; text: string; by: string }>;

export const noteRows = (account: Account, { clock, cuffName }: Shown): readonly NoteRow[] => {
  const { checks, notes, exertions, remarks, swaps, finished } = account;
  const rows: readonly Draft[] = [
    ...checks.map((check) => ({ at: check.at, by: check.by, text: checkText(check) })),
    ...notes.map((fact) => ({
      at: fact.at,
      by: whoOf(fact),
      text: `${noteText(fact)}, ${cuffName(fact.cuff)}`,
    })),
    ...exertions.map((fact) => ({ at: fact.at, by: whoOf(fact), text: words.exertion(fact.score) })),
    ...remarks.map((fact) => ({ at: fact.at, by: whoOf(fact), text: fact.text })),
    ...swaps.map((fact) => ({
      ...{ at: fact.at, by: whoOf(fact) },
      text: words.swapped(cuffName(fact.from), cuffName(fact.to)),
    })),
    ...(finished === null || finished.seenOff.length === 0
      ? []
      : [
          {
            at: finished.at,
            by: whoOf(finished),
            text: words.seenOff(finished.seenOff.map(cuffName).join(", ")),
          },
        ]),
  ];
  return rows.toSorted((a, b) => a.at - b.at).map(({ at, text, by }) => ({ time: clock(at), text, by }));
};

const whoOf = ({ by, verified }: Readonly<{ by: string; verified: boolean }>): string =>
  verified ? by : `${by} (${words.notSignedIn})`;

const checkText = ({ red, override }: Check): string => {
  if (red.length === 0) return words.checkClear;
  const questions: Readonly<Record<string, string>> = checkQuestions;
  const what = words.checkRed(red.map((q) => questions[q] ?? q).join("; "));
  return override === null ? what : `${what}. ${words.overridden(override.by, override.reason)}`;
};

const noteText = ({ note }: NotedFact): string => {
  switch (note.kind) {
    case "pain":
      return words.pain(note.score);
    case "refill":
      return words.refill(note.seconds);
    case "symptom":
      return words.symptom(note.symptom, note.present);
  }
};
