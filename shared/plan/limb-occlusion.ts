/**
 * Limb occlusion pressures: how each was found, whether it still fits, and what it is estimated to be where nobody could measure it.
 * Supine, seated and standing differ (187±33, 204±29, 242±49 mmHg, Hughes et al., PeerJ 2018), and so do cuffs of other widths.
 */
import { z } from "zod";
import { maybeText, moment } from "../clinic/fields.ts";
import { type Limb, type LimbName, limbs, sides } from "./prescription.ts";
import { type Mmhg, mmhg } from "../units.ts";

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

/** The cuff that the formula was made with, and how far a width may be off and still be that cuff. */
export const estimateCuffCm = 18;
const sameWidthCm = 0.5;
/** Under this a cuff is a narrow one: for 5 cm leg cuffs the published limits of agreement are -134 to +148 mmHg (Spitz 2024). */
const narrowBelowCm = 10;

export type Estimate =
  | Readonly<{
      ok: true;
      mmhg: Mmhg;
      /** Standard error of the estimate. */
      seeMmhg: number;
    }>
  | Readonly<{ ok: false; why: "arm" | "narrow-cuff" | "other-width" }>;

/**
 * The limb occlusion pressure of a thigh under an 18 cm cuff, in whole mmHg, from what is known of the person (SciELO 2019, SEE
 * 15.3 mmHg); or why there is none. Sex counts 1 for male and 2 for female.
 */
export const estimateLop = (
  { thighCm, systolicMmhg, ageYears, sex }: EstimateFrom,
  { limb, cuffWidthCm }: Readonly<{ limb: LimbName; cuffWidthCm: number }>,
): Estimate => {
  if (limb === "arm") return { ok: false, why: "arm" };
  if (cuffWidthCm < narrowBelowCm) return { ok: false, why: "narrow-cuff" };
  if (!sameWidth(cuffWidthCm, estimateCuffCm)) return { ok: false, why: "other-width" };
  const estimated =
    65.29 + 1.11 * thighCm + 0.178 * systolicMmhg + 1.153 * ageYears - 7.984 * (sex === "male" ? 1 : 2);
  return { ok: true, mmhg: mmhg(Math.round(estimated)), seeMmhg: estimateSeeMmhg };
};
export const estimateSeeMmhg = 15.3;

/** What is to be told of the limb occlusion pressure that is used. */
export type FitWarning =
  | Readonly<{ kind: "missing" }>
  | Readonly<{ kind: "other-width"; measuredCm: number; wantedCm: number }>
  | Readonly<{ kind: "other-posture"; measured: Posture; wanted: Posture }>
  | Readonly<{ kind: "too-old"; days: number; afterDays: number }>
  | Readonly<{ kind: "estimated"; seeMmhg: number }>;

/** What the pressure is wanted for; null where the plan leaves it open. */
export type Wanted = Limb & Readonly<{ cuffWidthCm: number | null; posture: Posture | null }>;

/** An entry as the register has it. */
export type LopRecord = Readonly<{ id: string; body: LopEntry }>;

const dayMs = 86_400_000;

/**
 * Which of a patient's limb occlusion pressures counts for a limb, and what to tell of it. Of the same limb and side the one of the
 * right width counts first, then the right posture, then a measured one before an estimate, then the newest. `now` is the wall clock's.
 */
export const fitting = <One extends LopRecord>(
  entries: readonly One[],
  wanted: Wanted,
  now: number,
  reviewAfterDays: number,
): Readonly<{ entry: One | null; warnings: readonly FitWarning[] }> => {
  const score = ({ body }: One): readonly number[] => [
    otherWidth(body, wanted) ? 0 : 1,
    otherPosture(body, wanted) ? 0 : 1,
    body.method === "estimated" ? 0 : 1,
    body.at,
  ];
  const [entry] = entries
    .filter(({ body }) => body.limb === wanted.limb && body.side === wanted.side)
    .toSorted((a, b) => firstDifference(score(b), score(a)));
  return entry === undefined
    ? { entry: null, warnings: [{ kind: "missing" }] }
    : { entry, warnings: warningsOf(entry.body, wanted, now, reviewAfterDays) };
};

const warningsOf = (
  entry: LopEntry,
  wanted: Wanted,
  now: number,
  afterDays: number,
): readonly FitWarning[] => {
  const days = Math.floor((now - entry.at) / dayMs);
  return [
    ...(wanted.cuffWidthCm !== null && otherWidth(entry, wanted)
      ? [{ kind: "other-width", measuredCm: entry.cuffWidthCm, wantedCm: wanted.cuffWidthCm } as const]
      : []),
    ...(wanted.posture !== null && otherPosture(entry, wanted)
      ? [{ kind: "other-posture", measured: entry.posture, wanted: wanted.posture } as const]
      : []),
    ...(days >= afterDays ? [{ kind: "too-old", days, afterDays } as const] : []),
    ...(entry.method === "estimated" ? [{ kind: "estimated", seeMmhg: estimateSeeMmhg } as const] : []),
  ];
};

const sameWidth = (a: number, b: number): boolean => Math.abs(a - b) <= sameWidthCm;
const otherWidth = (entry: LopEntry, { cuffWidthCm }: Wanted): boolean =>
  cuffWidthCm !== null && !sameWidth(entry.cuffWidthCm, cuffWidthCm);
const otherPosture = (entry: LopEntry, { posture }: Wanted): boolean =>
  posture !== null && entry.posture !== posture;

const firstDifference = (a: readonly number[], b: readonly number[]): number =>
  a.map((n, i) => n - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
