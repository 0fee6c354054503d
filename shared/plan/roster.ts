/** Who wears what: the class file, checked, and the roster that the engine works from. */
import { z } from "zod";
import { type ChosenLimits, clinicLimits } from "../alarm/limits.ts";
import { absoluteCap } from "../alarm/policy.ts";
import { isShowable, notShowable } from "../clinic/fields.ts";
import { type BasicCuff, basicCuff, cuffName } from "../cuff/basic.ts";
import { type CuffId, cuffId, type StaffId, staffId, type StationId, stationId } from "../ids.ts";
import { mmhg } from "../units.ts";
import { restrictedExercise } from "../class/given.ts";
import type { VisitExercise } from "../class/visit.ts";
import { limbs, type Plan, planSchema, prescribe, type Prescription, sides } from "./prescription.ts";

const numberAsText = 'must be a number from 1 to 99, as text: "3"';
const shownName = z.string().trim().min(1).max(500).refine(isShowable, notShowable);

export const classFileSchema = z.strictObject({
  version: z.literal(1),
  room: shownName.default("Room"),
  staff: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 of a-z, 0-9 and -"),
        name: shownName,
      }),
    )
    .min(1, "somebody has to be able to answer an alarm: name at least one person"),
  plans: z.array(planSchema).min(1),
  stations: z
    .array(
      z.strictObject({
        station: z.string(numberAsText).regex(/^[1-9][0-9]?$/, numberAsText),
        patient: shownName,
        plan: z.string(),
        cuffs: z
          .array(
            z.strictObject({
              cuff: cuffName.transform(cuffId),
              limb: z.enum(limbs),
              side: z.enum(sides),
              lopMmhg: z.number().min(40).max(400).optional(),
            }),
          )
          .min(1)
          .max(2),
      }),
    )
    .min(1)
    .max(32, "a wall shows 32 patients at most"),
  basicCuffs: z.array(basicCuff).default([]),
  limits: clinicLimits.default({}).describe("What the clinic has chosen of the alarms' limits"),
});
/** A class file as it is written, before defaults. */
export type ClassFile = z.input<typeof classFileSchema>;
/** A class file as it was read. */
export type ReadClassFile = Readonly<z.output<typeof classFileSchema>>;

/** `limits` are the plan's own. */
export type Assignment = Readonly<{ cuff: CuffId; prescription: Prescription; limits: ChosenLimits }>;
export type Station = Readonly<{
  station: StationId;
  patient: string;
  cuffs: readonly Assignment[];
  /** What is done there, where a class file says it. */
  exercise?: VisitExercise;
}>;
export type Staff = Readonly<{ id: StaffId; name: string }>;
export type Roster = Readonly<{
  room: string;
  staff: readonly Staff[];
  stations: readonly Station[];
  basicCuffs: readonly BasicCuff[];
  /** The clinic's own choice of limits. */
  limits: ChosenLimits;
}>;

export const emptyRoster: Roster = { room: "", staff: [], stations: [], basicCuffs: [], limits: {} };

/** One thing that is wrong in a class file: where, and why. */
export type RosterIssue = Readonly<{ path: string; reason: string }>;
export type RosterResult =
  | Readonly<{ ok: true; roster: Roster; file: ReadClassFile }>
  | Readonly<{ ok: false; issues: readonly RosterIssue[] }>;

/** The roster in a class file's content, or everything that is wrong with it. */
export const parseRoster = (content: unknown): RosterResult => {
  const parsed = classFileSchema.safeParse(content);
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.error.issues.map((i) => ({
        path: i.path.map(String).join(".") || "(top)",
        reason: i.message,
      })),
    };
  const file = parsed.data;
  const issues = [
    ...repeated(
      "staff",
      file.staff.map((s) => s.id),
    ),
    ...repeated(
      "plans",
      file.plans.map((p) => p.id),
    ),
    ...repeated(
      "stations",
      file.stations.map((s) => s.station),
    ),
    ...repeated(
      "stations.cuffs",
      file.stations.flatMap((s) => s.cuffs.map((c) => c.cuff)),
    ),
    ...repeated(
      "basicCuffs",
      file.basicCuffs.map((b) => b.cuff),
    ),
  ];
  issues.push(
    ...repeated(
      "staff (names, by which people answer alarms)",
      file.staff.map((s) => s.name),
    ),
    ...repeated(
      "basicCuffs (topic and path: one sensor cannot be two cuffs)",
      file.basicCuffs.map((b) => `${b.topic} ${b.path ?? ""}`.trim()),
    ),
  );
  const stations = file.stations.map((station, s): Station => {
    const at = `stations.${s}`;
    issues.push(
      ...repeated(
        `${at}.cuffs`,
        station.cuffs.map((c) => `${c.side} ${c.limb}`),
      ),
    );
    const plan = file.plans.find((p) => p.id === station.plan);
    if (plan === undefined) {
      issues.push({ path: `${at}.plan`, reason: `there is no plan "${station.plan}" in this file` });
      return { station: stationId(station.station), patient: station.patient, cuffs: [] };
    }
    const cuffs = station.cuffs.flatMap((worn, c): Assignment[] => {
      const lop = worn.lopMmhg === undefined ? null : mmhg(worn.lopMmhg);
      const result = prescribe(plan, { limb: worn.limb, side: worn.side }, lop);
      const cap = file.limits.absoluteCapMmhg ?? absoluteCap;
      const target = result.ok ? result.prescription.target : null;
      if (target !== null && target >= cap) {
        const reason = `the target of ${target} mmHg is not under the clinic's own cap of ${cap} mmHg (limits.absoluteCapMmhg)`;
        issues.push({ path: `${at}.cuffs.${c} → plans.${plan.id}.targetPctLop`, reason });
        return [];
      }
      if (result.ok) return [{ cuff: worn.cuff, prescription: result.prescription, limits: plan.limits }];
      issues.push({ path: `${at}.cuffs.${c} → plans.${plan.id}.${result.path}`, reason: result.reason });
      return [];
    });
    return {
      station: stationId(station.station),
      patient: station.patient,
      cuffs,
      exercise: exerciseOf(plan),
    };
  });
  if (issues.length > 0) return { ok: false, issues };
  const staff = file.staff.map((s) => ({ id: staffId(s.id), name: s.name }));
  return {
    ok: true,
    roster: { room: file.room, staff, stations, basicCuffs: file.basicCuffs, limits: file.limits },
    file,
  };
};

/** A plan of the file as the one exercise of a visit. */
const exerciseOf = (plan: Plan): VisitExercise => ({
  ...restrictedExercise(plan),
  ...{ name: plan.name, instructions: "", loadKg: null, pctOneRm: null },
});

const repeated = (path: string, names: readonly string[]): RosterIssue[] =>
  [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) => ({
    path,
    reason: `"${name}" stands there more than once`,
  }));
