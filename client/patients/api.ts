/** What the pages read of the clinic's records. */
import { z } from "zod";
import { usualLimits } from "../../shared/alarm/limits.ts";
import { entryOf } from "../../shared/clinic/api.ts";
import { adverseEventSchema, followUpSchema } from "../../shared/clinic/follow-up.ts";
import { type Patient, patientSchema, shownName } from "../../shared/clinic/patient.ts";
import { lopSchema } from "../../shared/plan/limb-occlusion.ts";
import { programmeSchema } from "../../shared/plan/programme.ts";
import { patientWords as words } from "../../shared/view/patient-words.ts";
import { ask } from "../desk/ask.ts";

export const patientEntry = entryOf(patientSchema);
export type PatientEntry = Readonly<z.output<typeof patientEntry>>;
/** A plan, and the patient whose it is; null for the clinic's own. */
export const programmeEntry = entryOf(programmeSchema).extend({ owner: z.string().nullable().default(null) });
export type ProgrammeEntry = Readonly<z.output<typeof programmeEntry>>;
export const lopEntry = entryOf(lopSchema);
export type LopRecordEntry = Readonly<z.output<typeof lopEntry>>;
export const followUpEntry = entryOf(followUpSchema);
export type FollowUpEntry = Readonly<z.output<typeof followUpEntry>>;
export const adverseEventEntry = entryOf(adverseEventSchema);
export type AdverseEventEntry = Readonly<z.output<typeof adverseEventEntry>>;

/** First and family name, as a desk shows them. */
export { fullName } from "../../shared/clinic/patient.ts";

/** As a wall would show it, in words. */
export const onWall = (patient: Pick<Patient, "givenName" | "familyName" | "stationOnly">): string => {
  const name = shownName(patient);
  return name === "" ? words.wallNumber : words.wallName(name);
};

const settings = z.object({
  reviewLopAfterDays: z.number(),
  limits: z.object({ sessionLimitMin: z.number().default(usualLimits.sessionLimitMin) }),
});
export type ClinicChoice = Readonly<{ reviewLopAfterDays: number; sessionLimitMin: number }>;
const usualChoice: ClinicChoice = {
  reviewLopAfterDays: 28,
  sessionLimitMin: usualLimits.sessionLimitMin,
};

/** What the clinic has chosen, where it can be read; else what is usual. */
export const clinicChoice = async (): Promise<ClinicChoice> => {
  const reply = await ask(settings, "GET", "/api/settings");
  return reply.ok
    ? {
        reviewLopAfterDays: reply.value.reviewLopAfterDays,
        sessionLimitMin: reply.value.limits.sessionLimitMin,
      }
    : usualChoice;
};
