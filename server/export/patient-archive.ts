/** Everything that is known of one patient as one archive. Facts are decoded, written and compressed in the thread of the archive. */
import { fullName, type Patient } from "../../shared/clinic/patient.ts";
import type { SiteId } from "../../shared/ids.ts";
import {
  type NamedRecording,
  patientArchiveWords as words,
} from "../../shared/view/patient-archive-words.ts";
import { problem, type Problem } from "../http/route.ts";
import { unreadable } from "../records/answers.ts";
import { type Clinic, settingsOf } from "../records/clinic.ts";
import type { StoreResult } from "../store/store.ts";
import { dictionaryCsv } from "./dictionary.ts";
import type { Known } from "./exported.ts";
import { knownOf, type ShownRecording } from "./known.ts";
import { patientRecord, type Told } from "./patient-record.ts";
import type { WholeRecording } from "./whole-recording.ts";
import { type ZipEntry, zipped } from "./zip.ts";

/** A session that was found, to be made into the files of an archive. */
export type Takeable = Readonly<{
  ok: true;
  shown: ShownRecording;
  make: (known: Known) => Promise<StoreResult<WholeRecording>>;
}>;

export type PatientArchiveOptions = Readonly<{
  clinic: Clinic;
  site: SiteId;
  /** A session by its id, or why there is none to be read. */
  find: (session: string) => Promise<Takeable | Problem>;
  /** Sessions of a patient that no record tells of yet: under way, or just over. */
  unkept: (patient: string) => readonly string[];
  /** The most that one archive holds, in bytes: it is made in memory, and takes that much twice. */
  largest?: number;
}>;

const largestArchive = 200_000_000;

export const patientArchive = async (
  { clinic, site, find, unkept, largest = largestArchive }: PatientArchiveOptions,
  { id, body }: Readonly<{ id: string; body: Patient }>,
): Promise<Readonly<{ ok: true; content: Uint8Array }> | Problem> => {
  const settings = await settingsOf(clinic);
  if (!settings.ok) return unreadable(settings);
  // Before the records are read: what is kept meanwhile is then in both, and not in neither.
  const coming = unkept(id);
  const record = await patientRecord(clinic.register, id);
  if (!record.ok) return unreadable(record);
  const entries: ZipEntry[] = [];
  const recordings: NamedRecording[] = [];
  let size = 0;
  for (const told of inOrder(record.value.recordings, coming)) {
    const one = await taken({ clinic, site, find }, told, recordings.length + 1);
    recordings.push(one.named);
    entries.push(...one.entries);
    size += one.entries.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    if (size > largest) return problem(422, words.tooLarge(Math.floor(largest / 1e6)));
  }
  const madeAt = clinic.wall();
  const readMe = words.readMe({
    ...{ clinic: settings.value.body.clinic, patient: fullName(body), madeAt: moment(madeAt), recordings },
  });
  const made = await zipped({
    entries: [
      { name: "README.txt", text: [readMe] },
      { name: "record.json", text: record.value.text },
      { name: "dictionary.csv", text: [dictionaryCsv()] },
      ...entries,
    ],
    madeAt,
  });
  return made.ok ? { ok: true, content: made.value } : problem(503, words.notMade(made.error.detail));
};

/** Every recording once, in the order in which they began; what is under way comes last. */
const inOrder = (kept: readonly Told[], coming: readonly string[]): readonly Told[] => {
  const known = new Set(kept.map((one) => one.session));
  return [
    ...kept.toSorted((a, b) => (a.body?.startedAt ?? 0) - (b.body?.startedAt ?? 0)),
    ...coming.filter((session) => !known.has(session)).map((session) => ({ session, body: null })),
  ];
};

/** "2026-03-03 12:00 UTC". */
const moment = (wall: number): string => `${new Date(wall).toISOString().slice(0, 16).replace("T", " ")} UTC`;

type Taken = Readonly<{
  named: NamedRecording;
  entries: readonly Extract<ZipEntry, { bytes: unknown }>[];
}>;

/** The files of one recording, or why there are none. */
const taken = async (
  { clinic, site, find }: Pick<PatientArchiveOptions, "clinic" | "site" | "find">,
  { session, body }: Told,
  number: number,
): Promise<Taken> => {
  const about = {
    session,
    startedAt: body === null ? null : moment(body.startedAt),
    programme: body?.programme ?? "",
  };
  const without = (why: string): Taken => ({ named: { ...about, is: "unreadable", why }, entries: [] });
  if (body !== null && body.removed !== null)
    return {
      named: { ...about, is: "removed", why: body.removed.why, at: moment(body.removed.at) },
      entries: [],
    };
  const found = await find(session);
  if (!found.ok) return without(found.detail);
  const { shown } = found;
  const known = await knownOf(clinic, site, shown);
  if (!known.ok) return without(known.error.detail);
  const files = await found.make(known.value);
  if (!files.ok) return without(files.error.detail);
  const { startedAt, programme } = shown.body;
  const day = new Date(startedAt).toISOString().slice(0, 10);
  // A number and not the session's id: that may have come with a file, and could be the name of another folder.
  const folder = `recordings/${String(number).padStart(4, "0")}-${day}`;
  return {
    named: { session, startedAt: moment(startedAt), programme, is: "there", folder, running: shown.running },
    entries: [
      { name: `${folder}/facts.ndjson.gz`, bytes: files.value.facts },
      { name: `${folder}/samples.csv.gz`, bytes: files.value.samples },
      { name: `${folder}/events.csv.gz`, bytes: files.value.events },
    ],
  };
};
