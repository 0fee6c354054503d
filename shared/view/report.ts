/** The printed report of one session, line by line: what stands on it, whatever it is drawn with. */
import type { RecordingRecord } from "../clinic/recording-record.ts";
import { type FollowUp, followUpQuestions, type FollowUpQuestion } from "../clinic/follow-up.ts";
import type { Patient } from "../clinic/patient.ts";
import type { CuffId } from "../ids.ts";
import { estimateSeeMmhg } from "../plan/limb-occlusion.ts";
import type { Account } from "../recording/account.ts";
import type { Hole } from "../recording/line.ts";
import { millis, type Monotonic } from "../units.ts";
import { lasting } from "./duration.ts";
import { followUpWords } from "./follow-up-words.ts";
import { limbName, lopMethodNames } from "./limb-words.ts";
import { type AlarmRow, alarmRows, reminderLine } from "./report-alarms.ts";
import { type NoteRow, noteRows } from "./report-notes.ts";
import { reportWords as words } from "./report-words.ts";

export type Given = Readonly<{
  running: boolean;
  recording: RecordingRecord;
  account: Account;
  holes: readonly Hole[];
  /** Null for somebody who is not in the register, or no more. */
  patient: Patient | null;
  followUps: readonly FollowUp[];
  /** What is written on each cuff. */
  cuffName: (cuff: CuffId | string) => string;
  /** "12:03:20": a moment of the session as the clinic's clock showed it. */
  clock: (at: Monotonic) => string;
  /** "3 Mar 2026, 12:03". */
  when: (wall: number) => string;
}>;

export type Pair = Readonly<{ label: string; text: string }>;
export type Table = Readonly<{ head: readonly string[]; rows: readonly (readonly string[])[] }>;

export type Report = Readonly<{
  name: string;
  head: readonly Pair[];
  /** The visible arithmetic: a line for each limb, then for each exercise. */
  lops: readonly string[];
  prescription: readonly Readonly<{ exercise: string; lines: readonly string[] }>[];
  exercises: Table;
  limbs: Table;
  alarms: readonly AlarmRow[];
  /** What only reminded of a release; "" where nothing did. */
  reminders: string;
  notes: readonly NoteRow[];
  /** In the order in which they are due. */
  followUps: readonly string[];
  footnotes: readonly string[];
}>;

export const reportOf = (given: Given): Report => ({
  name: given.patient === null ? given.recording.name : fullName(given.patient),
  head: headOf(given),
  lops: lopsOf(given),
  prescription: prescriptionOf(given),
  exercises: exercisesOf(given),
  limbs: limbsOf(given),
  alarms: alarmRows(given.account, given),
  reminders: reminderLine(given.account),
  notes: noteRows(given.account, given),
  followUps: given.followUps.toSorted((a, b) => a.dueAt - b.dueAt).map((f) => followUpLine(f, given)),
  footnotes: footnotesOf(given),
});

const fullName = ({ givenName, familyName }: Patient): string => `${givenName} ${familyName}`.trim();

const headOf = ({ running, recording, account, patient, when }: Given): readonly Pair[] => {
  const { startedAt, endedAt, programme, station } = recording;
  const { finished } = account;
  const ended = finished === null ? words.ended : words.outcomes[finished.outcome];
  const reason = finished === null || finished.reason === "" ? "" : `: ${finished.reason}`;
  const by =
    finished === null
      ? []
      : [
          {
            label: words.finishedBy,
            text: `${finished.by}${finished.verified ? "" : `, ${words.notSignedIn}`}`,
          },
        ];
  return [
    ...(patient === null || patient.number === "" ? [] : [{ label: words.number, text: patient.number }]),
    ...(patient === null || patient.born === null ? [] : [{ label: words.born, text: patient.born }]),
    { label: words.session, text: when(startedAt) },
    { label: words.lasted, text: lasting(millis(endedAt - startedAt)) },
    { label: words.at, text: words.atStation(station) },
    { label: words.plan, text: programme },
    { label: words.outcome, text: `${running ? words.underWay : ended}${reason}` },
    ...by,
  ];
};

const lopsOf = ({ account: { seat } }: Given): readonly string[] =>
  (seat?.worn ?? []).map(({ limb, found, given: [first] }) => {
    const { lop } = first.prescription;
    const how = found ? `, ${lopMethodNames[found.method]}, ${words.withWidth(found.widthCm)}` : "";
    return words.lopOf(limbName(limb), lop === null ? words.lopUnknown : `${lop} mmHg${how}`);
  });

const prescriptionOf = ({ account: { seat } }: Given): Report["prescription"] =>
  (seat?.visit.exercises ?? []).map(({ name, kind, sets, rounds, durationS }, n) => {
    const dose = doseOf({ sets, rounds, durationS });
    // Work without a cuff may be planned without a length.
    if (kind === "free")
      return { exercise: name, lines: [dose === "" ? words.free : `${dose}, ${words.free}`] };
    const targets = (seat?.worn ?? []).map(({ limb, given }) => {
      const { target, pctLop, lop, limit } = (given[n] ?? given[0]).prescription;
      const reckoned =
        target === null || pctLop === null || lop === null
          ? words.noTarget
          : words.target(pctLop, lop, target);
      return `${limbName(limb)}: ${reckoned}, ${words.releaseBy(lasting(limit))}`;
    });
    return { exercise: name, lines: dose === "" ? targets : [dose, ...targets] };
  });

type Dose = Readonly<{ sets: readonly number[]; rounds: number; durationS: number | null }>;

/** "" for one that was planned with neither sets nor a length. */
const doseOf = ({ sets, rounds, durationS }: Dose): string => {
  if (sets.length > 0) return words.sets(sets);
  return durationS === null || durationS === 0 ? "" : words.byTime(rounds, lasting(millis(durationS * 1000)));
};

const exercisesOf = ({ recording: { figures } }: Given): Table => ({
  head: Object.values(words.exerciseHead),
  rows: figures.exercises.map((e) => [
    e.name,
    e.loadKg === null ? words.nothing : `${e.loadKg} kg`,
    e.pctOneRm === null ? words.nothing : `${e.pctOneRm} %`,
    e.pctLop === null ? words.nothing : `${e.pctLop} %`,
    words.of(e.setsDone, e.setsPlanned),
    e.repetitionsPlanned === 0 && e.repetitions === null
      ? words.nothing
      : words.of(e.repetitions ?? (e.setsDone === 0 ? 0 : words.uncounted), e.repetitionsPlanned),
    e.kind === "free" ? words.nothing : lasting(millis(e.restrictedMs)),
  ]),
});

const limbsOf = ({ recording: { figures, cuffs }, cuffName }: Given): Table => ({
  head: Object.values(words.limbHead),
  rows: figures.limbs.map((f) => {
    const worn = cuffs.filter((c) => c.limb === f.limb && c.side === f.side).map((c) => cuffName(c.cuff));
    return [
      limbName(f),
      [...new Set(worn)].join(", "),
      lasting(millis(f.restrictedMs)),
      String(f.inflations),
      share(f.exercising),
      share(f.resting),
      `${f.meanMmhg === null ? words.nothing : Math.round(f.meanMmhg)} / ${f.peakMmhg === null ? words.nothing : Math.round(f.peakMmhg)} mmHg`,
      lasting(millis(f.missingMs)),
      lasting(millis(f.backfilledMs)),
    ];
  }),
});

const share = ({ inMs, ofMs }: Readonly<{ inMs: number; ofMs: number }>): string =>
  ofMs === 0 ? words.nothing : words.share(Math.round((100 * inMs) / ofMs), lasting(millis(ofMs)));

const followUpLine = ({ kind, dueAt, answered }: FollowUp, { when }: Given): string => {
  const name = followUpWords.kinds[kind];
  if (answered === null) return words.followUpDue(name, when(dueAt));
  const red = (Object.keys(answered.answers) as FollowUpQuestion[])
    .filter((q) => answered.answers[q] === "yes")
    .map((q) => followUpQuestions[q].text);
  return words.followUpAnswered(name, when(answered.at), answered.by, red.join("; "));
};

const footnotesOf = ({ running, recording, account, holes }: Given): readonly string[] => {
  const { source, figures } = recording;
  const simulated = source === "demonstration" || [...account.cuffs.values()].some((meta) => meta.simulated);
  const unconfirmed = account.inflations.filter((i) => i.to !== null && !i.confirmed).length;
  const longest = (of: (f: (typeof figures.limbs)[number]) => number): number =>
    Math.max(0, ...figures.limbs.map(of));
  const [missing, later] = [longest((f) => f.missingMs), longest((f) => f.backfilledMs)];
  const away = account.troubles.filter((t) => t.is === "interrupted").length;
  const notes: readonly (readonly [boolean, string])[] = [
    [simulated, words.footnotes.simulated],
    [source === "imported", words.footnotes.imported],
    [running, words.footnotes.underWay],
    [unconfirmed > 0, words.footnotes.unconfirmed(unconfirmed)],
    [missing >= 1000, words.footnotes.missing(lasting(millis(missing)))],
    [later >= 1000, words.footnotes.later(lasting(millis(later)))],
    [holes.length > 0, words.footnotes.holes(holes.length)],
    [away > 0, words.footnotes.away(away)],
    [account.troubles.some((t) => t.is === "not-recording"), words.footnotes.notRecording],
    [
      account.seat?.worn.some((w) => w.found?.method === "estimated") === true,
      words.footnotes.estimated(estimateSeeMmhg),
    ],
    [true, words.footnotes.notBlood],
  ];
  return notes.flatMap(([is, text]) => (is ? [text] : []));
};
