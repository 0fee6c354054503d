/** Every record of a patient in the register with every version of it, as the text of one file. */
import { type RecordingRecord, recordingSchema } from "../../shared/clinic/recording-record.ts";
import type { Entry, RecordKind, Register } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";

/** What is taken home of what a patient owns, and what it is called there. Nobody's secrets are among it. */
const taken = {
  programme: "plans",
  lop: "limbOcclusionPressures",
  "follow-up": "followUps",
  "adverse-event": "adverseEvents",
  session: "sessions",
  recording: "recordings",
} as const satisfies Partial<Record<RecordKind, string>>;
type Taken = keyof typeof taken;
const takenKinds = Object.keys(taken) as readonly Taken[];

/** A recording as its record last told of it; null where that cannot be read. */
export type Told = Readonly<{ session: string; body: RecordingRecord | null }>;

export type PatientRecord = Readonly<{
  /** The file, in pieces. */
  text: readonly string[];
  recordings: readonly Told[];
}>;

/** Reads it record by record, so that nothing waits for long. */
export const patientRecord = async (
  register: Pick<Register, "everOf" | "history">,
  patient: string,
): Promise<StoreResult<PatientRecord>> => {
  const named = await register.everOf(patient);
  if (!named.ok) return named;
  const own = await register.history("patient", patient);
  if (!own.ok) return own;
  const text = [`{"patient":${written(patient, own.value)}`];
  const recordings: Told[] = [];
  for (const kind of takenKinds) {
    const records: string[] = [];
    for (const { id } of named.value.filter((one) => one.kind === kind)) {
      const history = await register.history(kind, id);
      if (!history.ok) return history;
      // A version that was another patient's is none of this one's; a removal is nobody's.
      const versions = history.value.filter(({ owner, body }) => owner === patient || body === null);
      records.push(`\n${written(id, versions)}`);
      if (kind !== "recording" || newestOf(history.value)?.owner !== patient) continue;
      recordings.push({ session: id, body: bodyOf(versions) });
    }
    text.push(`,\n"${taken[kind]}":[`, records.join(","), "]");
  }
  text.push("}\n");
  return { ok: true, value: { text, recordings } };
};

const newestOf = (versions: readonly Entry[]): Entry | undefined =>
  versions.find(({ body }) => body !== null);

const bodyOf = (versions: readonly Entry[]): RecordingRecord | null =>
  recordingSchema.safeParse(newestOf(versions)?.body).data ?? null;

const written = (id: string, versions: readonly Entry[]): string =>
  JSON.stringify({ id, versions: versions.map(({ version, at, by, body }) => ({ version, at, by, body })) });
