/** How the fields and values of a plan read where two people have changed them. */
import { limbName } from "../../shared/view/limb-words.ts";
import { planWords as words } from "../../shared/view/plan-words.ts";
import type { ExerciseDraft, PlanDraft } from "./draft.ts";

const isField = (field: string): field is keyof PlanDraft => field in words.fields;

export const planLabel = (field: string): string => (isField(field) ? words.fields[field] : field);

/** A value of a plan's form, as text. */
export const planShown = (field: string, value: unknown): string => {
  if (typeof value === "string") return value;
  if (field === "cuffs" && Array.isArray(value)) return value.filter(isLimb).map(limbName).join(", ");
  if (field === "exercises" && Array.isArray(value)) return value.filter(isExercise).map(line).join("\n");
  return Object.entries(value ?? {})
    .map(([name, part]) => `${ruleLabel(name)}: ${String(part)}`)
    .join("\n");
};

const line = (e: ExerciseDraft, n: number): string =>
  [
    `${n + 1}. ${e.name}`,
    ...(e.kind === "restricted" ? [`${e.pctLop} % LOP`] : [words.free.toLowerCase()]),
    e.goesBy === "time" ? e.duration : e.goesBy === "sets" ? e.sets : words.goesBy.open.toLowerCase(),
    ...(e.loadKg === "" ? [] : [`${e.loadKg} kg`]),
    ...(e.pctOneRm === "" ? [] : [`${e.pctOneRm} % 1RM`]),
    ...(e.kind === "restricted" && e.limit !== "" ? [`limit ${e.limit}`] : []),
    ...(e.instructions === "" ? [] : [e.instructions]),
  ].join(" · ");

const rules = {
  on: words.progressionOn,
  sessions: words.sessions,
  allRepetitions: words.allRepetitions,
  painAtMost: words.painAtMost,
  exertionAtMost: words.exertionAtMost,
  loadPct: words.loadPct,
} as const satisfies Record<keyof PlanDraft["progression"], string>;
const ruleLabel = (name: string): string => (name in rules ? rules[name as keyof typeof rules] : name);

type ALimb = PlanDraft["cuffs"][number];
const isLimb = (value: unknown): value is ALimb =>
  typeof value === "object" && value !== null && "limb" in value && "side" in value;
const isExercise = (value: unknown): value is ExerciseDraft =>
  typeof value === "object" && value !== null && "goesBy" in value && "kind" in value;
