/** Schemas of what a seat and a roster are in a fact that comes from outside: a copy of everything that a session was held to. */
import { z } from "zod";
import { clinicLimits, planLimits } from "../alarm/limits.ts";
import type { Given, Seat, Worn } from "../class/seat.ts";
import { visitExerciseSchema, visitSchema } from "../class/visit.ts";
import { basicCuff, cuffName } from "../cuff/basic.ts";
import { cuffId, programmeId, staffId, stationId } from "../ids.ts";
import { lopMethods } from "../plan/limb-occlusion.ts";
import { limbs, sides } from "../plan/prescription.ts";
import type { Assignment, Station } from "../plan/roster.ts";
import type { GivenRoster } from "../session/fact.ts";
import { prescriptionSchema } from "../wire.ts";

/** No word of a fact is longer, in characters. */
export const mostCharacters = 20_000;
export const word = z.string().max(mostCharacters);
/** A station's number, or what a class calls it. */
const station = z.string().max(64).transform(stationId);
export const cuff = cuffName.transform(cuffId);

const given: z.ZodType<Given> = z.strictObject({ prescription: prescriptionSchema, limits: planLimits });

export const limb = z.strictObject({ limb: z.enum(limbs), side: z.enum(sides) });

export const wornSchema: z.ZodType<Worn> = z.strictObject({
  cuff,
  limb,
  lop: word.nullable(),
  found: z
    .strictObject({ method: z.enum(lopMethods), widthCm: z.number() })
    .nullable()
    .exactOptional(),
  given: z.tuple([given], given),
});

export const seatSchema: z.ZodType<Seat> = z.strictObject({
  station,
  name: word,
  programme: word.transform(programmeId).nullable(),
  visit: visitSchema,
  worn: z.array(wornSchema).max(32),
});

const assignment: z.ZodType<Assignment> = z.strictObject({
  cuff,
  prescription: prescriptionSchema,
  limits: planLimits,
});

const stationSchema: z.ZodType<Station> = z.strictObject({
  station,
  patient: word,
  cuffs: z.array(assignment).max(32),
  exercise: visitExerciseSchema.exactOptional(),
});

export const rosterSchema: z.ZodType<GivenRoster> = z.strictObject({
  room: word,
  staff: z.array(z.strictObject({ id: word.transform(staffId), name: word })).max(10_000),
  stations: z.union([z.literal("keep"), z.array(stationSchema).max(1000)]),
  basicCuffs: z.array(basicCuff).max(10_000),
  limits: clinicLimits,
});
