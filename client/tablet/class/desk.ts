/** What the floor asks of the clinic's records: rooms, patients, their plans, and the cuffs that can be put on. */
import { z } from "zod";
import { entryOf, pageOf } from "../../../shared/clinic/api.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { cuffsLiveSchema } from "../../../shared/clinic/cuff-live.ts";
import { obstacleSchema } from "../../../shared/clinic/readiness.ts";
import { reviewLopAfterDays } from "../../../shared/clinic/settings.ts";
import { type Wearable, wearable } from "../../../shared/class/wearable.ts";
import { lopSchema } from "../../../shared/plan/limb-occlusion.ts";
import { programmeSchema } from "../../../shared/plan/programme.ts";
import { ask, type Reply } from "../../desk/ask.ts";

const settings = z.object({ rooms: z.array(z.string()), reviewLopAfterDays: z.number() });
const patients = pageOf(entryOf(patientSchema));
export type PatientEntry = Readonly<z.output<typeof patients>["entries"][number]>;
const programmes = pageOf(entryOf(programmeSchema));
export type ProgrammeEntry = Readonly<z.output<typeof programmes>["entries"][number]>;
const lops = pageOf(entryOf(lopSchema));
const readiness = z.object({ obstacles: z.array(obstacleSchema) });

/** The clinic's rooms; none where they cannot be read, and the room is typed then. */
export const readRooms = async (): Promise<readonly string[]> => {
  const reply = await ask(settings, "GET", "/api/settings");
  return reply.ok ? reply.value.rooms : [];
};

/** How old a limb occlusion pressure may be, in days. */
export const readReviewDays = async (): Promise<number> => {
  const reply = await ask(settings, "GET", "/api/settings");
  return reply.ok ? reply.value.reviewLopAfterDays : reviewLopAfterDays;
};

export const findPatients = (text: string): Promise<Reply<z.output<typeof patients>>> =>
  ask(patients, "GET", `/api/patients?limit=8${text === "" ? "" : `&text=${encodeURIComponent(text)}`}`);

export const plansOf = (patient: string): Promise<Reply<z.output<typeof programmes>>> =>
  ask(programmes, "GET", `/api/programmes?owner=${encodeURIComponent(patient)}`);

export const lopsOf = (patient: string): Promise<Reply<z.output<typeof lops>>> =>
  ask(lops, "GET", `/api/patients/${encodeURIComponent(patient)}/lop`);

export const readinessOf = (patient: string): Promise<Reply<z.output<typeof readiness>>> =>
  ask(readiness, "GET", `/api/patients/${encodeURIComponent(patient)}/readiness`);

/** The cuffs of this moment: those that can be put on somebody, and the names on the labels of all that the clinic has. */
export type CuffsNow = Readonly<{ free: readonly Wearable[]; names: ReadonlyMap<string, string> }>;

/** What is there beside those that are worn. */
export const cuffsNow = async (worn: readonly string[]): Promise<Reply<CuffsNow>> => {
  const live = await ask(cuffsLiveSchema, "GET", "/api/cuffs/live");
  if (!live.ok) return live;
  const names = new Map(live.value.cuffs.map((c) => [c.cuff, c.name]));
  return { ...live, value: { free: wearable(live.value, worn), names } };
};
