/** The annotations of an EDF+ file: what stands beside the pressure, as time-stamped lists (edfplus.info, 2.2). */
import { readingText } from "../../../shared/view/log-line.ts";
import { edfWords } from "../../../shared/view/report-words.ts";
import { conditionName } from "../../../shared/view/words.ts";
import type { Transition } from "../../../shared/alarm/history.ts";
import type { Account } from "../../../shared/recording/account.ts";
import type { Monotonic } from "../../../shared/units.ts";

/** `forMs` is null for a moment. */
export type Annotation = Readonly<{ at: Monotonic; forMs: number | null; text: string }>;

/** All that happened, in order of time. */
export const annotationsOf = ({ seat, ...account }: Account): readonly Annotation[] =>
  [
    ...account.inflations.map(({ cuff, from, to, target, confirmed }) =>
      lasting(from, to, edfWords.inflation(cuff, target, to === null || confirmed)),
    ),
    ...account.sets.map(({ exercise, set, from, to, repetitions }) =>
      lasting(from, to, edfWords.set(seat?.visit.exercises[exercise]?.name ?? "", set, repetitions)),
    ),
    ...account.alarms.flatMap(({ condition, cuff, transitions }) =>
      transitions.flatMap((t) =>
        ofAlarm(`${conditionName[condition]}${cuff === null ? "" : ` ${cuff}`}`, condition, t),
      ),
    ),
    ...account.checks.map(({ at, by, red }) => moment(at, edfWords.check(by, red.length))),
    ...account.notes.map(({ at, by, cuff, note }) => moment(at, edfWords.note(note, cuff, by))),
    ...account.exertions.map(({ at, by, score }) => moment(at, edfWords.exertion(score, by))),
    ...account.remarks.map(({ at, by, text }) => moment(at, edfWords.remark(text, by))),
    ...account.swaps.map(({ at, by, from, to }) => moment(at, edfWords.swapped(from, to, by))),
    ...account.troubles.map(({ is, from, to }) => lasting(from, to, edfWords.troubles[is])),
    ...(account.finished === null
      ? []
      : [moment(account.finished.at, edfWords.finished(account.finished.outcome, account.finished.by))]),
  ].sort((a, b) => a.at - b.at);

const moment = (at: Monotonic, text: string): Annotation => ({ at, forMs: null, text });
const lasting = (at: Monotonic, to: Monotonic | null, text: string): Annotation => ({
  ...{ at, text },
  forMs: to === null ? null : Math.max(0, to - at),
});

const ofAlarm = (
  name: string,
  condition: Account["alarms"][number]["condition"],
  t: Transition,
): readonly Annotation[] => {
  switch (t.kind) {
    case "raised":
      return [moment(t.at, edfWords.raised(name, readingText({ condition, ...t })))];
    case "acknowledged":
      return [moment(t.at, edfWords.answered(name, t.by))];
    case "taken-back":
      return [moment(t.at, edfWords.takenBack(name, t.by))];
    case "cleared":
      return [moment(t.at, edfWords.cleared(name))];
    case "changed":
    case "sounded-again":
    case "reminded":
    case "superseded":
      return [];
  }
};

/** No text of a list is longer than this, in bytes: a longer one goes on in the next, so that records stay small. */
const longestText = 160;

/** An annotation as one or more time-stamped lists; times are in seconds since the beginning of the file. */
export const listsOf = ({ at, forMs, text }: Annotation, zero: Monotonic): readonly Uint8Array[] => {
  const onset = signed((at - zero) / 1000);
  const duration = forMs === null ? "" : `\x15${inSeconds(forMs / 1000)}`;
  // The signs that part lists from each other, and others that cannot be seen, are not text.
  const clean = text.replaceAll(/\p{Cc}+/gu, " ").toWellFormed();
  return inParts(clean).map((part) => utf8.encode(`${onset}${duration}\x14${part}\x14\0`));
};

/** The list that every record begins with: when it begins. */
export const timekeeping = (second: number): Uint8Array => utf8.encode(`+${second}\x14\x14\0`);

const utf8 = new TextEncoder();
const inSeconds = (seconds: number): string => String(Number(seconds.toFixed(3)));
const signed = (seconds: number): string => (seconds < 0 ? inSeconds(seconds) : `+${inSeconds(seconds)}`);

const inParts = (text: string): readonly string[] => {
  const parts: string[] = [];
  let part = "";
  for (const sign of text) {
    if (utf8.encode(part + sign).length > longestText) {
      parts.push(`${part}…`);
      part = "…";
    }
    part += sign;
  }
  return [...parts, part];
};
