/** Reads everything that the page of a patient's progress shows. What cannot be read is said; the rest is shown. */
import { type SessionSummary, suggestion, type Suggestion } from "../../shared/plan/progression.ts";
import { progressWords as words } from "../../shared/view/progress-words.ts";
import { oldestFirst, type OfSession } from "../../shared/view/progress.ts";
import { ask, type Refused, type Reply } from "../desk/ask.ts";
import { readAll } from "../desk/list.ts";
import {
  adverseEventEntry,
  type AdverseEventEntry,
  fullName,
  lopEntry,
  type LopRecordEntry,
  patientEntry,
  programmeEntry,
  type ProgrammeEntry,
} from "../patients/api.ts";
import { sessionEntry, type SessionEntry, summaryOf } from "../patients/session.ts";
import { recordingEntry } from "../sessions/api.ts";

export type Told = Readonly<{ programme: string; name: string; is: Suggestion }>;
export type Progress = Readonly<{
  name: string;
  /** The oldest first. */
  recordings: readonly OfSession[];
  lops: readonly LopRecordEntry[];
  /** The newest first. */
  events: readonly AdverseEventEntry[];
  suggestions: readonly Told[];
  /** What could not be read, in words. */
  troubles: readonly string[];
}>;

export const readProgress = async (patient: string): Promise<Reply<Progress>> => {
  const [record, recordings, sessions, lops, events, programmes] = await Promise.all([
    ask(patientEntry, "GET", `/api/patients/${encodeURIComponent(patient)}`),
    readAll(recordingEntry, "/api/recordings", { patient }),
    readAll(sessionEntry, `/api/patients/${encodeURIComponent(patient)}/sessions`),
    readAll(lopEntry, `/api/patients/${encodeURIComponent(patient)}/lop`),
    readAll(adverseEventEntry, "/api/adverse-events", { patient }),
    readAll(programmeEntry, "/api/programmes", { owner: patient }),
  ]);
  if (!record.ok) return record;
  if (!recordings.ok) return recordings;
  const refused: readonly (readonly [string, Refused])[] = [
    ...why(words.suggestion, sessions),
    ...why(words.lop, lops),
    ...why(words.events, events),
    ...why(words.suggestion, programmes),
  ];
  return {
    ...{ ok: true, version: null },
    value: {
      name: fullName(record.value.body),
      recordings: oldestFirst(recordings.value),
      lops: lops.ok ? lops.value : [],
      events: events.ok ? events.value.toSorted((a, b) => b.body.at - a.body.at) : [],
      suggestions: programmes.ok && sessions.ok ? suggestionsOf(programmes.value, sessions.value) : [],
      troubles: [...new Set(refused.map(([part, { detail }]) => words.unreadable(part, detail)))],
    },
  };
};

const why = (part: string, reply: Reply<unknown>): readonly (readonly [string, Refused])[] =>
  reply.ok ? [] : [[part, reply]];

/** What the rule of each plan says that has one and a session. */
const suggestionsOf = (
  programmes: readonly ProgrammeEntry[],
  sessions: readonly SessionEntry[],
): readonly Told[] =>
  programmes.flatMap(({ id, body }) => {
    const own: readonly SessionSummary[] = sessions.flatMap((s) =>
      s.body.programme.id === id ? [summaryOf(s.body)] : [],
    );
    return body.progression === null || own.length === 0
      ? []
      : [{ programme: id, name: body.name, is: suggestion(body.progression, own) }];
  });
