/** The parts in classes that were a patient's: those that the records of recordings tell of, and those of which only the facts know. */
import { recordingSchema, type RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { ownLog } from "../../shared/recording/line.ts";
import { begunWith, followSpans, type Span } from "../../shared/recording/span.ts";
import { noClass } from "../../shared/class/seat.ts";
import { later, monotonic, type Monotonic, wallTime } from "../../shared/units.ts";
import { askedOf, type Wanted } from "../recordings/archive.ts";
import { classKinds } from "../recordings/closer.ts";
import { wantedOf } from "../recordings/record.ts";
import type { Entry, Register } from "../register/register.ts";
import { readKinds } from "../store/read-kinds.ts";
import type { Removal } from "../store/removal.ts";
import { failed, type Store, type StoreResult } from "../store/store.ts";

/** A session of somebody's. */
export type Part = Wanted & Readonly<{ kind: "session" }>;

export type PartsOptions = Readonly<{
  register: Register;
  recordings: Pick<Store, "readKind" | "loadAnchor">;
}>;

/** Every session of this patient's of which anything was ever recorded. */
export const partsOf = async (
  { register, recordings }: PartsOptions,
  patient: string,
): Promise<StoreResult<readonly Part[]>> => {
  const kept = await keptParts(register, patient);
  if (!kept.ok) return kept;
  const told = await toldParts(recordings, patient);
  if (!told.ok) return told;
  // A record may be missing, and that of a very long session holds its last day only.
  const unkept = told.value.filter(
    ({ span, from }) =>
      !kept.value.some((one) => one.log === ownLog && one.span.session === span.session && one.from <= from),
  );
  return { ok: true, value: [...kept.value, ...unkept] };
};

const keptParts = async (register: Register, patient: string): Promise<StoreResult<readonly Part[]>> => {
  const named = await register.everOf(patient);
  if (!named.ok) return named;
  const parts: Part[] = [];
  for (const { kind, id } of named.value) {
    if (kind !== "recording") continue;
    const history = await register.history(kind, id);
    if (!history.ok) return history;
    const body = lastBody(history.value);
    if (body === undefined)
      return failed("io", `The recording's record ${id} is damaged: what it names cannot be erased.`);
    if (body !== null) parts.push(wantedOf(id, body));
  }
  return { ok: true, value: parts };
};

/** Null where every version says that it was taken away; undefined for what cannot be read. */
const lastBody = (history: readonly Entry[]): RecordingRecord | null | undefined => {
  const told = history.find(({ body }) => body !== null);
  return told === undefined ? null : recordingSchema.safeParse(told.body).data;
};

const always = { from: wallTime(0), to: wallTime(Number.MAX_SAFE_INTEGER) };

/** As the site's own facts tell, packed ones included. */
const toldParts = async (
  recordings: PartsOptions["recordings"],
  patient: string,
): Promise<StoreResult<readonly Part[]>> => {
  const [read, anchor] = [await readKinds(recordings, classKinds, always), await recordings.loadAnchor()];
  if (!read.ok) return read;
  if (!anchor.ok) return anchor;
  const follow = followSpans(noClass);
  const spans: Span[] = [];
  for (const { fact } of read.value) {
    // That they were seated may be lost: then whoever finished still tells who it was.
    if (fact.kind === "finished" && !follow.open().some(({ session }) => session === fact.session))
      spans.push({ ...begunWith(fact.seat, { running: fact.class }), to: fact.at });
    spans.push(...follow.take(fact));
  }
  const last = read.value.at(-1)?.at ?? monotonic(0);
  // Where a backup was made in the midst of a session, it lasts until the site was last alive.
  const end = later(last, anchor.value?.at ?? last);
  return {
    ok: true,
    value: [...spans, ...follow.open()]
      .filter((one) => one.patient === patient)
      .map((one) => partOf(one, end)),
  };
};

const partOf = (span: Span, end: Monotonic): Part => ({
  ...{ kind: "session", log: ownLog, from: span.from, to: span.to ?? end, running: false, span },
});

/** What of a log is taken away with a session. */
export const removalOf = (part: Part, why: Removal["why"]): Removal => {
  const { stretch, span } = askedOf(part, null);
  const { session, patient } = part.span;
  return {
    ...{ stretch, span, why },
    // Whoever's session has only outlived its time may have later ones, whose states name them and stay.
    marks: why === "erased" && patient !== null ? [session, patient] : [session],
  };
};
