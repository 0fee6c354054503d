/** What the routes of the records work with: every collection, the clock, and what the class is using. */
import type { AdverseEvent, FollowUp } from "../../shared/clinic/follow-up.ts";
import type { Patient } from "../../shared/clinic/patient.ts";
import type { ClassRecord, RecordingRecord } from "../../shared/clinic/recording-record.ts";
import type { SessionRecord } from "../../shared/clinic/session-record.ts";
import { type ClinicSettings, usualSettings } from "../../shared/clinic/settings.ts";
import type { LopEntry } from "../../shared/plan/limb-occlusion.ts";
import type { Programme } from "../../shared/plan/programme.ts";
import { type WallTime, wallTime } from "../../shared/units.ts";
import { type Collection, collection, everyOne } from "../register/collection.ts";
import type { Entry, Register } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import {
  adverseEventKind,
  classKind,
  followUpKind,
  lopKind,
  patientKind,
  programmeKind,
  recordingKind,
  sessionKind,
  settingsId,
  settingsKind,
} from "./kinds.ts";

/** What a session that has begun may hold on to. */
export type Held = "patient" | "programme" | "lop";

export type ClinicOptions = Readonly<{
  register: Register;
  wall: () => WallTime;
  /** Whether a session that has begun holds on to this record. */
  isInUse: (kind: Held, id: string) => boolean;
}>;

export type Clinic = ClinicOptions &
  Readonly<{
    patients: Collection<Patient>;
    programmes: Collection<Programme>;
    lop: Collection<LopEntry>;
    sessions: Collection<SessionRecord>;
    recordings: Collection<RecordingRecord>;
    classes: Collection<ClassRecord>;
    followUps: Collection<FollowUp>;
    adverseEvents: Collection<AdverseEvent>;
    settings: Collection<ClinicSettings>;
    /** One after the other: what is read of another record still holds when the change is written. */
    inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  }>;

export const openClinic = (options: ClinicOptions): Clinic => {
  const { register } = options;
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...options,
    patients: collection(register, patientKind),
    programmes: collection(register, programmeKind),
    lop: collection(register, lopKind),
    sessions: collection(register, sessionKind),
    recordings: collection(register, recordingKind),
    classes: collection(register, classKind),
    followUps: collection(register, followUpKind),
    adverseEvents: collection(register, adverseEventKind),
    settings: collection(register, settingsKind),
    inTurn: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
};

/** The settings as they stand; version 0 where nothing was chosen yet. */
export const settingsOf = async ({
  settings,
}: Pick<Clinic, "settings">): Promise<StoreResult<Entry<ClinicSettings>>> => {
  const read = await settings.get(settingsId);
  if (!read.ok) return read;
  return { ok: true, value: read.value ?? nothingChosen };
};

const nothingChosen: Entry<ClinicSettings> = {
  ...{ id: settingsId, version: 0, by: "", owner: null },
  at: wallTime(0),
  body: usualSettings,
};

/** Every record of one owner, in order. */
export const allOf = <Body>(
  records: Collection<Body>,
  owner: string,
): Promise<StoreResult<readonly Entry<Body>[]>> => everyOne(records, { owner });
