/** The desk's pages over the real routes and a register of their own; only who is signed in is the test's to say. */
import path from "node:path";
import { z } from "zod";
import { importRecordingRoutes } from "../../server/import/routes.ts";
import { createLog } from "../../server/log.ts";
import { collection } from "../../server/register/collection.ts";
import { openClinic } from "../../server/records/clinic.ts";
import { followUpKind, patientKind, recordingKind, sessionKind } from "../../server/records/kinds.ts";
import { recordRoutes } from "../../server/records/routes.ts";
import { route } from "../../server/http/route.ts";
import type { Me } from "../../shared/clinic/api.ts";
import { type FollowUp, followUpSchema } from "../../shared/clinic/follow-up.ts";
import { patientSchema } from "../../shared/clinic/patient.ts";
import type { RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { siteId } from "../../shared/ids.ts";
import { sessionRecordSchema } from "../../shared/clinic/session-record.ts";
import { wallTime } from "../../shared/units.ts";
import { type Api, signedIn, startApi } from "../support/api.ts";
import { seat, start } from "../support/class.ts";
import { RecordedClass } from "../support/closed-class.ts";
import { recordingRecord } from "../support/recording-record.ts";

export type Desk = Readonly<{
  url: string;
  /** Signs in somebody who may only read and acknowledge. */
  asAssistant: () => void;
  asPhysiotherapist: () => void;
  /** Writes records as other work of the clinic would have left them. */
  addPatient: (id: string, record: Readonly<Record<string, unknown>>) => Promise<void>;
  addFollowUp: (id: string, parts: Partial<FollowUp> & Pick<FollowUp, "patient">) => Promise<void>;
  /** Their ids are recorded-0, recorded-1 and so on, and go on with each call. */
  addRecordings: (all: readonly Partial<RecordingRecord>[]) => Promise<void>;
  addSession: (id: string, patient: string, programme: string) => Promise<void>;
  ask: Api["ask"];
  end: () => Promise<void>;
}>;

const writer = { by: "Emily", at: wallTime(Date.now()) };

export const openDesk = async (): Promise<Desk> => {
  const emily = signedIn("Emily", "physiotherapist");
  const noah = signedIn("Noah", "assistant");
  let who = emily;
  const me = (): Me => {
    if (who.kind !== "staff") throw new Error("Somebody is signed in.");
    const { kind, staff, name, roles } = who;
    return {
      who: { kind, staff, name, roles: [...roles] },
      ...{ setUp: true, demo: false, simulated: false, unencrypted: false },
    };
  };
  let floor: RecordedClass | undefined;
  const api = await startApi(
    (register, store) => [
      ...recordRoutes(openClinic({ register, wall: () => wallTime(Date.now()), isInUse: () => false })),
      ...(floor = new RecordedClass(register, store)).routes,
      ...importRecordingRoutes({
        ...{ clinic: openClinic({ register, wall: () => wallTime(Date.now()), isInUse: () => false }) },
        ...{ logs: store, site: siteId("main"), log: createLog("silent") },
        closer: { unkept: () => [], unkeptClasses: () => [] },
        erased: () => ({ ok: true, value: [] }),
      }),
      route({
        ...{ method: "get", path: "/api/me", what: "Who asks.", right: null, answer: z.unknown() },
        handle: () => Promise.resolve({ ok: true, body: me() }),
      }),
    ],
    path.resolve(import.meta.dirname, "../../client/dist"),
  );
  // Somebody is in the class all the while.
  floor?.tell(1, start, seat(1));
  const recordings = collection(api.register, recordingKind);
  const patients = collection(api.register, patientKind);
  const followUps = collection(api.register, followUpKind);
  const sessions = collection(api.register, sessionKind);
  let written = 0;
  const become = (next: typeof who): void => {
    who = next;
    api.as(next);
  };
  become(emily);
  return {
    url: api.url,
    asAssistant: () => become(noah),
    asPhysiotherapist: () => become(emily),
    addPatient: async (id, record) => {
      await patients.write([patients.change(id, patientSchema.parse(record), null, writer)]);
    },
    addFollowUp: async (id, parts) => {
      const body = followUpSchema.parse({
        ...{ session: "s", kind: "next-day", dueAt: Date.now() - 60_000, answered: null, cleared: null },
        ...parts,
      });
      await followUps.write([followUps.change(id, body, null, writer)]);
    },
    addRecordings: async (all) => {
      const changes = all.map((parts, n) =>
        recordings.change(`recorded-${written + n}`, recordingRecord(parts), null, writer),
      );
      written += all.length;
      await recordings.write(changes);
    },
    addSession: async (id, patient, programme) => {
      const at = Date.now();
      const byAt = { by: "Emily", at };
      const body = sessionRecordSchema.parse({
        ...{ patient, class: null, room: "Room", station: "1", verified: true, by: "Emily" },
        programme: { id: programme, name: "Giles" },
        ...{ startedAt: at - 600_000, endedAt: at, outcome: "completed", reason: "" },
        ...{ exercises: [], sets: [], remarks: [], seenOff: [], check: null },
        limbs: [{ limb: "thigh", side: "left", cuff: "c", lop: null, restrictedMs: 390_000 }],
        notes: [{ note: { kind: "pain", score: 2 }, cuff: "c", ...byAt }],
        exertions: [{ score: 5, ...byAt }],
      });
      await sessions.write([sessions.change(id, body, null, writer)]);
    },
    ask: api.ask,
    end: api.end,
  };
};
