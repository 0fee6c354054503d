/** Reads everything that the report of a session is made from. */
import { z } from "zod";
import { entryOf } from "../../shared/clinic/api.ts";
import type { FollowUp } from "../../shared/clinic/follow-up.ts";
import { patientSchema } from "../../shared/clinic/patient.ts";
import { oneRecordingSchema } from "../../shared/clinic/recording-api.ts";
import { sessionId } from "../../shared/ids.ts";
import { accountOf } from "../../shared/recording/account.ts";
import { recordedOf } from "../../shared/recording/recorded.ts";
import type { Monotonic } from "../../shared/units.ts";
import { type Report, reportOf } from "../../shared/view/report.ts";
import { reportWords as words } from "../../shared/view/report-words.ts";
import { ask } from "../desk/ask.ts";
import { readAll } from "../desk/list.ts";
import { when } from "../desk/when.ts";
import { followUpEntry } from "../patients/api.ts";
import { readRecording } from "../review/opened.ts";
import { type Plot, plotsOf } from "./plot.ts";

export type Read =
  | Readonly<{ ok: true; clinic: string; report: Report; plots: readonly Plot[]; startedAt: number }>
  | Readonly<{ ok: false; detail: string }>;

const cuffNames = entryOf(z.object({ cuff: z.string(), name: z.string() }));
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

export const readReport = async (session: string): Promise<Read> => {
  const address = `/api/recordings/${encodeURIComponent(session)}`;
  const [about, facts] = await Promise.all([
    ask(oneRecordingSchema, "GET", address),
    readRecording(`${address}/facts`),
  ]);
  if (!about.ok) return { ok: false, detail: about.status === 404 ? words.none : about.detail };
  if (!facts.ok) return { ok: false, detail: facts.detail };
  const { running, entry } = about.value;
  const { body: recording } = entry;
  const recorded = recordedOf(facts.recording);
  const account = accountOf(recorded, sessionId(session));
  const [settings, cuffs, patient, followUps] = await Promise.all([
    ask(z.object({ clinic: z.string() }), "GET", "/api/settings"),
    readAll(cuffNames, "/api/cuffs"),
    recording.patient === null
      ? null
      : ask(entryOf(patientSchema), "GET", `/api/patients/${recording.patient}`),
    followUpsOf(recording.patient, session),
  ]);
  const names = new Map(cuffs.ok ? cuffs.value.map(({ body }) => [body.cuff, body.name] as const) : []);
  const wallOf = (at: Monotonic): number => recording.startedAt + (at - recording.from);
  const report = reportOf({
    ...{ running, recording, account, followUps, when, holes: recorded.holes },
    // Whoever was taken out of the register meanwhile stands there as the wall showed them.
    patient: patient?.ok === true ? patient.value.body : null,
    cuffName: (cuff) => names.get(cuff) ?? cuff,
    clock: (at) => clock.format(wallOf(at)),
  });
  return {
    ...{ ok: true, clinic: settings.ok ? settings.value.clinic : "", startedAt: recording.startedAt },
    ...{ report, plots: plotsOf(recorded, account, recording, report.alarms) },
  };
};

const followUpsOf = async (patient: string | null, session: string): Promise<readonly FollowUp[]> => {
  if (patient === null) return [];
  const read = await readAll(followUpEntry, "/api/follow-ups", { patient, state: "all" });
  return read.ok ? read.value.map((f) => f.body).filter((f) => f.session === session) : [];
};
