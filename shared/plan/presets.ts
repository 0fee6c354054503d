/**
 * The plans that a clinic can begin from, as they were published (docs/clinical.md, "Pressure and dose"). Where a range is published
 * the lower pressure is taken. Each has the work beside the cuff, since the method is one part of a treatment.
 */
import { z } from "zod";
import { presetExercises as work, presetWords } from "../view/preset-words.ts";
import type { limbSchema } from "../clinic/patient.ts";
import { type Programme, programmeSchema } from "./programme.ts";

type Written = z.input<typeof programmeSchema>;
type WrittenExercise = Written["exercises"][number];
export type PresetId = keyof typeof presetWords;

export const presetSchema = z.strictObject({
  id: z.enum(Object.keys(presetWords) as [PresetId, ...PresetId[]]),
  /** Whom it is for, as a sentence. */
  what: z.string(),
  programme: programmeSchema,
});
/** A plan to begin from; its limbs are those of the study and give way to the patient's own. */
export type Preset = Readonly<z.output<typeof presetSchema>>;

/** 30-15-15-15 at 2 s up and 2 s down, 30 s rests, 30 % of 1RM (Patterson et al. 2019). */
const resistance = (
  what: Readonly<{ name: string; instructions: string }>,
  targetPctLop: number,
): WrittenExercise => ({
  ...what,
  kind: "restricted",
  pctOneRm: 30,
  plan: { targetPctLop, sets: [30, 15, 15, 15], repS: 4, restS: 30, betweenSets: "up" },
});

/** 5 × (5 min on, 3 min off); 70 % is the lower end of the published 70 to 100 %. */
const cycles: WrittenExercise = {
  ...work.cycles,
  kind: "restricted",
  plan: { targetPctLop: 70, durationS: 300, inflations: 5, reperfusionS: 180 },
};

const hip: WrittenExercise = { ...work.hip, kind: "free", sets: [10, 10, 10] };
const forTheKneecap = (targetPctLop: number): Written["exercises"] => [
  { ...work.taping, kind: "free" },
  resistance(work.legPress, targetPctLop),
  resistance(work.legExtension, targetPctLop),
  hip,
  { ...work.landing, kind: "free", sets: [8, 8, 8], restS: 60 },
];

const thigh = [{ limb: "thigh", side: "left" }] satisfies Written["cuffs"];

/** What each adds to its words. */
const written = {
  "giles-2017": {
    ...{ perWeek: 3, weeks: 8, cuffs: thigh, posture: "seated" },
    exercises: forTheKneecap(60),
    progression: {},
  },
  "constantinou-2022": {
    ...{ perWeek: 3, weeks: 4, cuffs: thigh, posture: "seated" },
    exercises: forTheKneecap(70),
    progression: {},
  },
  "acl-first-weeks": {
    ...{ perWeek: 7, weeks: 3, cuffs: thigh, posture: "supine" },
    exercises: [
      cycles,
      { ...work.quadSets, kind: "free", sets: [10, 10, 10], repS: 5 },
      { ...work.straightLeg, kind: "free", sets: [10, 10, 10] },
      { ...work.bend, kind: "free", sets: [15, 15] },
    ],
  },
  "hughes-2019": {
    ...{ perWeek: 2, weeks: 8, cuffs: thigh, posture: "seated" },
    exercises: [
      resistance(work.lightLegPress, 80),
      hip,
      { ...work.bend, kind: "free", sets: [15, 15] },
      { ...work.balance, kind: "free", durationS: 120 },
    ],
    progression: {},
  },
  passive: {
    ...{ perWeek: 7, weeks: 3, cuffs: thigh, posture: "supine" },
    exercises: [cycles],
  },
  aerobic: {
    ...{ perWeek: 3, weeks: 6 },
    cuffs: [...thigh, { limb: "thigh", side: "right" }],
    exercises: [{ ...work.walkOrCycle, kind: "restricted", plan: { targetPctLop: 50, durationS: 900 } }],
  },
} as const satisfies Readonly<Record<PresetId, Readonly<Omit<Written, "name" | "source" | "explanation">>>>;

/** Every preset, the commonest first. */
export const presets: readonly Preset[] = (Object.keys(presetWords) as PresetId[]).map((id) => {
  const { what, ...words } = presetWords[id];
  return { id, what, programme: programmeSchema.parse({ ...words, ...written[id] }) };
});

/** The plan for one patient's limbs, two at most; its own stand where the patient's are not known. */
export const forLimbs = (
  programme: Programme,
  limbs: readonly Readonly<z.output<typeof limbSchema>>[],
): Programme => (limbs.length === 0 ? programme : { ...programme, cuffs: limbs.slice(0, 2) });
