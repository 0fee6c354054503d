/** What a clinic has chosen for itself. There is one record of it, `clinic`. */
import { z } from "zod";
import { clinicLimits } from "../alarm/limits.ts";
import { maybeText, text } from "./fields.ts";

/** After how many days a limb occlusion pressure is to be looked at again; no figure is published, so four weeks are chosen here. */
export const reviewLopAfterDays = 28;

export const settingsSchema = z.strictObject({
  clinic: maybeText(120, "the clinic's name"),
  rooms: z
    .array(text(120, "the room"))
    .min(1, "there must be a room")
    .max(50, "there are 50 rooms at most")
    .refine((rooms) => new Set(rooms.map((r) => r.toLowerCase())).size === rooms.length, {
      message: "two rooms have the same name",
    })
    .default(["Room"]),
  limits: clinicLimits.default({}).describe("What the clinic has chosen of the alarms' limits"),
  stationNumbersOnly: z
    .boolean()
    .default(false)
    .describe("Walls show the numbers of stations and nobody's name"),
  reviewLopAfterDays: z
    .int()
    .min(1, "must be 1 to 365 days")
    .max(365, "must be 1 to 365 days")
    .default(reviewLopAfterDays)
    .describe(
      "After so many days a limb occlusion pressure is to be looked at again (chosen here; no figure is published)",
    ),
  keepRecordingsMonths: z
    .int()
    .min(1, "must be 1 to 1200 months, or nothing")
    .max(1200, "must be 1 to 1200 months, or nothing")
    .nullable()
    .default(null)
    .describe(
      "Recordings of sessions that ended so many months ago are removed; what was done in them stays on record. Null: they are kept",
    ),
});
export type ClinicSettings = Readonly<z.output<typeof settingsSchema>>;

/** What holds where a clinic has chosen nothing. */
export const usualSettings: ClinicSettings = settingsSchema.parse({});
