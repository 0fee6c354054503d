/** What a class file says as records of the clinic. Ids follow from what the file says, so that the same file gives the same records. */
import { createHash } from "node:crypto";
import type { CuffRecord } from "../shared/clinic/cuff-record.ts";
import { type Patient, patientSchema } from "../shared/clinic/patient.ts";
import { type ClinicSettings, usualSettings } from "../shared/clinic/settings.ts";
import type { Staff } from "../shared/clinic/staff.ts";
import { basicCuff } from "../shared/cuff/basic.ts";
import type { CuffId } from "../shared/ids.ts";
import type { LopEntry } from "../shared/plan/limb-occlusion.ts";
import { type Programme, programmeSchema } from "../shared/plan/programme.ts";
import { planSchema } from "../shared/plan/prescription.ts";
import type { ReadClassFile } from "../shared/plan/roster.ts";
import type { WallTime } from "../shared/units.ts";
import { recordWords as words } from "../shared/view/record-words.ts";

type Station = ReadClassFile["stations"][number];
type Plan = ReadClassFile["plans"][number];

export type Made<Body> = Readonly<{ id: string; body: Body; owner: string | null }>;
export type ClassRecords = Readonly<{
  staff: readonly Made<Staff>[];
  patients: readonly Made<Patient>[];
  programmes: readonly Made<Programme>[];
  pressures: readonly Made<LopEntry>[];
  cuffs: readonly Made<CuffRecord>[];
  settings: ClinicSettings;
}>;

/** Every record that the file describes; `at` is when it is read, since it does not say when anything was measured. */
export const recordsOf = (file: ReadClassFile, at: WallTime): ClassRecords => {
  const seats = file.stations.map((station, i) => ({ station, patient: patientIdOf(file.stations, i) }));
  return {
    staff: file.staff.map(({ id, name }) => ({ id, body: staffOf(id, name), owner: null })),
    patients: seats.map(({ station, patient }) => ({
      ...{ id: patient, owner: null },
      body: patientSchema.parse({
        givenName: station.patient,
        limbs: station.cuffs.map(({ limb, side }) => ({ limb, side })),
      }),
    })),
    programmes: seats.flatMap(({ station, patient }) => {
      const plan = file.plans.find(({ id }) => id === station.plan);
      return plan === undefined
        ? []
        : [{ id: derived("programme", patient, plan.id), body: programmeOf(plan, station), owner: patient }];
    }),
    pressures: seats.flatMap(({ station, patient }) => pressuresOf(station, patient, at)),
    cuffs: cuffsOf(file).map((body) => ({ id: body.cuff, body, owner: null })),
    settings: { ...usualSettings, rooms: [shortened(file.room)], limits: file.limits },
  };
};

/** A room's name as long as the settings take it. */
const shortened = (room: string): string => Array.from(room).slice(0, 120).join("").trim();

/** An id that follows from what it is for. */
const derived = (...parts: readonly (string | number)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);

/** Two stations with the same name are two patients: nobody sits at both. */
const patientIdOf = (stations: readonly Station[], i: number): string => {
  const name = stations[i]?.patient ?? "";
  const nth = stations.slice(0, i).filter((s) => s.patient === name).length;
  return derived("patient", name, nth);
};

/** The file knows one kind of staff, who do all the work of a class; nobody gets in without a password or a PIN of their own. */
const staffOf = (id: string, name: string): Staff => ({
  name,
  login: /^[a-z0-9]/.test(id) ? id : `staff${id}`,
  roles: ["physiotherapist"],
  active: true,
});

const programmeOf = (plan: Plan, { cuffs }: Station): Programme =>
  programmeSchema.parse({
    ...{ name: plan.name, source: plan.source ?? "" },
    cuffs: cuffs.map(({ limb, side }) => ({ limb, side })),
    exercises: [{ kind: "restricted", name: plan.name, plan: dosing.parse(plan) }],
  });

/** A plan without its name. */
const dosing = planSchema.omit({ id: true, name: true, source: true }).strip();

/** Cuffs of these widths are the common ones; the note says that the file did not tell. */
const usualWidthCm = { thigh: 18, arm: 10 } as const;

const pressuresOf = ({ cuffs }: Station, patient: string, at: WallTime): readonly Made<LopEntry>[] =>
  cuffs.flatMap(({ limb, side, lopMmhg }) =>
    lopMmhg === undefined
      ? []
      : [
          {
            id: derived("lop", patient, limb, side, lopMmhg),
            owner: patient,
            body: {
              ...{ limb, side, mmhg: lopMmhg, cuffWidthCm: usualWidthCm[limb], posture: "seated" as const },
              ...{ method: "typed" as const, at, from: null, note: words.pressureOfClassFile },
            },
          },
        ],
  );

const cuffsOf = ({ stations, basicCuffs }: ReadClassFile): readonly CuffRecord[] => {
  const names = new Set<CuffId>([
    ...stations.flatMap((s) => s.cuffs.map((c) => c.cuff)),
    ...basicCuffs.map((b) => b.cuff),
  ]);
  return [...names].map((cuff) => {
    const basic = basicCuffs.find((b) => b.cuff === cuff);
    return {
      ...{ cuff, name: cuff, widthCm: null, serial: "", calibrationDue: null, retired: false },
      basic: basic === undefined ? null : mapping.parse(basic),
    };
  });
};

/** A basic cuff's numbers without its name. */
const mapping = basicCuff.omit({ cuff: true }).strip();
