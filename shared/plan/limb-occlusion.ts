/**
 * Limb occlusion pressures: how each was found, whether it still fits, and what it is estimated to be where nobody could measure it.
 * Supine, seated and standing differ (187±33, 204±29, 242±49 mmHg, Hughes et al., PeerJ 2018), and so do cuffs of other widths.
 */
import { z } from "zod";
import { maybeText, moment } from "../clinic/fields.ts";
import { limbs, sides } from "./prescription.ts";

export const postures = ["supine", "seated", "standing"] as const;
export type Posture = (typeof postures)[number];

/** `cuff`: the cuff found it by itself; `typed`: somebody read it off another device. */
export const lopMethods = ["cuff", "doppler", "oximeter", "typed", "estimated"] as const;
export type LopMethod = (typeof lopMethods)[number];

/** What an estimate was made from. */
const estimateFrom = z.strictObject({
  thighCm: z.number().min(25).max(110),
  systolicMmhg: z.number().min(70).max(260),
  ageYears: z.number().min(10).max(110),
  sex: z.enum(["female", "male"]),
});
export type EstimateFrom = Readonly<z.output<typeof estimateFrom>>;

export const lopSchema = z.strictObject({
  limb: z.enum(limbs),
  side: z.enum(sides),
  mmhg: z.number().min(40, "must be 40 mmHg at least").max(400, "must be 400 mmHg at most"),
  cuffWidthCm: z.number().min(3).max(25),
  posture: z.enum(postures),
  method: z.enum(lopMethods),
  at: moment,
  from: estimateFrom.nullable().default(null).describe("What an estimate was made from"),
  note: maybeText(500, "the note"),
});
export type LopEntry = Readonly<z.output<typeof lopSchema>>;
