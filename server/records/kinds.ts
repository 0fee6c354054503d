/** The kinds of the clinic's records: what a body is, and how each is found again. */
import { type CuffRecord, cuffRecordSchema } from "../../shared/clinic/cuff-record.ts";
import {
  type AdverseEvent,
  adverseEventSchema,
  type FollowUp,
  followUpSchema,
} from "../../shared/clinic/follow-up.ts";
import { followUpState } from "../../shared/clinic/follow-up-rules.ts";
import { type Patient, patientSchema } from "../../shared/clinic/patient.ts";
import {
  type ClassRecord,
  classRecordSchema,
  type RecordingRecord,
  recordingSchema,
} from "../../shared/clinic/recording-record.ts";
import { type SessionRecord, sessionRecordSchema } from "../../shared/clinic/session-record.ts";
import { type ClinicSettings, settingsSchema } from "../../shared/clinic/settings.ts";
import { type Staff, staffSchema } from "../../shared/clinic/staff.ts";
import { type LopEntry, lopSchema } from "../../shared/plan/limb-occlusion.ts";
import { type Programme, programmeSchema } from "../../shared/plan/programme.ts";
import type { Kind } from "../register/collection.ts";
import { folded } from "../register/register.ts";

/** Much of a name orders a list well enough, and a cursor stays short. */
const orderedBy = 80;
const inOrder = (name: string): string => Array.from(folded(name)).slice(0, orderedBy).join("");

/** A moment as it is ordered among others; digits enough for three hundred centuries. */
export const inTime = (wall: number): string => String(Math.floor(wall)).padStart(15, "0");

export const patientKind: Kind<Patient> = {
  kind: "patient",
  schema: patientSchema,
  keys: ({ givenName, familyName, number, condition }) => ({
    unique: number === "" ? null : folded(number),
    search: folded(`${givenName} ${familyName} ${number} ${condition}`),
    sort: inOrder(familyName === "" ? givenName : `${familyName} ${givenName}`),
  }),
};

/** Its owner is the patient; nobody's is the clinic's own, to begin others from. */
export const programmeKind: Kind<Programme> = {
  kind: "programme",
  schema: programmeSchema,
  keys: ({ name }) => ({ search: folded(name), sort: inOrder(name) }),
};

/** Its owner is the patient. */
export const lopKind: Kind<LopEntry> = {
  kind: "lop",
  schema: lopSchema,
  keys: ({ at }) => ({ sort: inTime(at) }),
};

/** How a follow-up is found by what it waits for, however late it is asked. */
export const standing = (followUp: FollowUp): "unasked open" | "red open" | "settled" => {
  const state = followUpState(followUp, Infinity);
  switch (state) {
    case "waiting":
    case "due":
    case "missing":
      return "unasked open";
    case "red":
      return "red open";
    case "answered":
    case "cleared":
      return "settled";
  }
};

export const followUpKind: Kind<FollowUp> = {
  kind: "follow-up",
  schema: followUpSchema,
  keys: (body) => ({ owner: body.patient, search: standing(body), sort: inTime(body.dueAt) }),
};

/** Its id is the session's own. */
export const sessionKind: Kind<SessionRecord> = {
  kind: "session",
  schema: sessionRecordSchema,
  keys: ({ patient, endedAt }) => ({ owner: patient, sort: inTime(endedAt) }),
};

/** Its id is the session's own; its owner the patient. */
export const recordingKind: Kind<RecordingRecord> = {
  kind: "recording",
  schema: recordingSchema,
  keys: ({ patient, name, programme, startedAt }) => ({
    owner: patient,
    search: folded(`${name} ${programme}`),
    sort: inTime(startedAt),
  }),
};

/** Its id is the class's own. */
export const classKind: Kind<ClassRecord> = {
  kind: "class",
  schema: classRecordSchema,
  keys: ({ room, startedAt, sessions }) => ({
    search: folded([room, ...sessions.map((s) => s.name)].join(" ")),
    sort: inTime(startedAt),
  }),
};

export const adverseEventKind: Kind<AdverseEvent> = {
  kind: "adverse-event",
  schema: adverseEventSchema,
  keys: ({ patient, at }) => ({ owner: patient, sort: inTime(at) }),
};

export const settingsKind: Kind<ClinicSettings> = {
  kind: "settings",
  schema: settingsSchema,
  keys: () => ({}),
};
/** There is one record of that kind. */
export const settingsId = "clinic";

export const staffKind: Kind<Staff> = {
  kind: "staff",
  schema: staffSchema,
  keys: ({ name, login }) => ({ unique: login, search: folded(`${name} ${login}`), sort: inOrder(name) }),
};

export const cuffKind: Kind<CuffRecord> = {
  kind: "cuff",
  schema: cuffRecordSchema,
  keys: ({ cuff, name, serial }) => ({
    unique: cuff,
    search: folded(`${name} ${cuff} ${serial}`),
    sort: inOrder(name),
  }),
};
