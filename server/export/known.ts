/** Gathers what the register knows of a session that is to be exported. */
import type { RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { type SiteId, sessionId } from "../../shared/ids.ts";
import { monotonic, wallTime } from "../../shared/units.ts";
import { allOf, type Clinic, settingsOf } from "../records/clinic.ts";
import { cuffKind } from "../records/kinds.ts";
import { collection, everyOne } from "../register/collection.ts";
import type { StoreResult } from "../store/store.ts";
import type { Known } from "./exported.ts";

/** A session's recording as it is shown: one under way as it would be if it ended now. */
export type ShownRecording = Readonly<{ session: string; running: boolean; body: RecordingRecord }>;

export const knownOf = async (
  clinic: Pick<Clinic, "register" | "patients" | "lop" | "followUps" | "settings" | "wall">,
  site: SiteId,
  { session, running, body }: ShownRecording,
): Promise<StoreResult<Known>> => {
  const settings = await settingsOf(clinic);
  if (!settings.ok) return settings;
  const cuffs = await everyOne(collection(clinic.register, cuffKind));
  if (!cuffs.ok) return cuffs;
  const own = await ofPatient(clinic, body.patient);
  if (!own.ok) return own;
  const { patient, lops, followUps } = own.value;
  return {
    ok: true,
    value: {
      ...{ session: sessionId(session), site, clinic: settings.value.body.clinic, patient, lops },
      cuffs: cuffs.value.map((c) => c.body),
      followUps: followUps.filter((f) => f.session === session),
      figures: running ? null : body.figures,
      source: body.source,
      clocks: { at: monotonic(body.from), wall: wallTime(body.startedAt) },
      // The server stands where the clinic is; the zone is looked up for the day of the session, not for today.
      aheadOfUtcMin: -new Date(body.startedAt).getTimezoneOffset(),
      madeAt: clinic.wall(),
    },
  };
};

/** Somebody who is in no register has nothing there; whoever was taken out of it meanwhile has no more. */
const ofPatient = async (
  clinic: Pick<Clinic, "patients" | "lop" | "followUps">,
  id: string | null,
): Promise<StoreResult<Pick<Known, "patient" | "lops" | "followUps">>> => {
  if (id === null) return { ok: true, value: { patient: null, lops: {}, followUps: [] } };
  const patient = await clinic.patients.get(id);
  if (!patient.ok) return patient;
  const lops = await allOf(clinic.lop, id);
  if (!lops.ok) return lops;
  const followUps = await allOf(clinic.followUps, id);
  if (!followUps.ok) return followUps;
  return {
    ok: true,
    value: {
      patient: patient.value === null ? null : { id, body: patient.value.body },
      lops: Object.fromEntries(lops.value.map((entry) => [entry.id, entry.body])),
      followUps: followUps.value.map((entry) => entry.body),
    },
  };
};
