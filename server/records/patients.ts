/** `/api/patients`: who is treated, what was explained and asked, and what stands in the way of a session. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { type Patient, patientSchema } from "../../shared/clinic/patient.ts";
import { obstacles, obstacleSchema } from "../../shared/clinic/readiness.ts";
import { sessionRecordSchema } from "../../shared/clinic/session-record.ts";
import { maybeText, text } from "../../shared/clinic/fields.ts";
import { screened, screeningAnswers, screeningQuestions } from "../../shared/plan/screening.ts";
import { recordWords as words } from "../../shared/view/record-words.ts";
import { type Answered, type Problem, problem, type Route, route } from "../http/route.ts";
import { wholeOf } from "../http/whole.ts";
import type { Change, Entry } from "../register/register.ts";
import {
  byId,
  found,
  foundAsSeen,
  listed,
  paging,
  remove,
  save,
  shown,
  unreadable,
  wrongFields,
  writerOf,
} from "./answers.ts";
import { allOf, type Clinic } from "./clinic.ts";

/** What a form writes; what was explained and asked is stamped, and goes by routes of its own. */
export const writtenPatient = patientSchema.omit({ explanation: true, screening: true, hold: true });
type WrittenPatient = z.output<typeof writtenPatient>;

const patientEntry = entryOf(patientSchema);
const numberTaken = { field: "number", detail: words.numberTaken };

export const patientRoutes = (clinic: Clinic): readonly Route[] => {
  const { patients, wall } = clinic;

  /** A change of one part of a patient's record, which somebody has seen. */
  const changed = async (
    { id, seen }: Readonly<{ id: string; seen: number | null }>,
    by: Parameters<typeof writerOf>[0],
    change: (patient: Patient) => Readonly<{ ok: true; patient: Patient }> | Problem,
  ): Promise<Answered<Entry<Patient>>> => {
    const standing = await foundAsSeen(patients, { id, seen, what: "patient" });
    if (!standing.ok) return standing;
    const next = change(standing.entry.body);
    if (!next.ok) return next;
    return save(patients, {
      id,
      body: next.patient,
      seen,
      writer: writerOf(by, wall()),
      unique: numberTaken,
    });
  };

  return [
    route({
      method: "get",
      path: "/api/patients",
      what: "Patients by family name; `text` searches names, record number and condition.",
      right: "review",
      query: paging,
      answer: pageOf(patientEntry),
      handle: async ({ query }) => listed(await patients.page(query)),
    }),
    route({
      method: "post",
      path: "/api/patients",
      what: "A new patient.",
      right: "plan",
      body: writtenPatient,
      answer: patientEntry,
      handle: async ({ body, who }) => {
        const wrong = twice(body);
        if (wrong !== null) return wrong;
        const untold = { explanation: { text: "", given: null }, screening: null, hold: null };
        return save(patients, {
          ...{ id: randomUUID(), body: { ...body, ...untold }, seen: null },
          ...{ writer: writerOf(who, wall()), unique: numberTaken },
        });
      },
    }),
    route({
      method: "get",
      path: "/api/patients/:id",
      what: "One patient.",
      right: "review",
      params: byId,
      answer: patientEntry,
      handle: async ({ params }) => {
        const read = await found(patients, params.id, "patient");
        return read.ok ? shown(read.entry) : read;
      },
    }),
    route({
      method: "put",
      path: "/api/patients/:id",
      what: "Changes a patient's record; what was explained and asked stays as it is.",
      right: "plan",
      ifMatch: true,
      params: byId,
      body: wholeOf(writtenPatient),
      answer: patientEntry,
      handle: async ({ params, body, seen, who }) =>
        twice(body) ??
        changed({ ...params, seen }, who, (patient) => ({ ok: true, patient: { ...patient, ...body } })),
    }),
    route({
      method: "delete",
      path: "/api/patients/:id",
      what: "Removes a patient of whom there is no record of treatment, with their plans and limb occlusion pressures.",
      right: "plan",
      ifMatch: true,
      params: byId,
      answer: z.undefined(),
      handle: ({ params, seen, who }) =>
        clinic.inTurn(async () => {
          const standing = await foundAsSeen(patients, { id: params.id, seen, what: "patient" });
          if (!standing.ok) return standing;
          const removal = await removalOf(clinic, standing.entry, writerOf(who, wall()));
          return removal.ok ? remove(patients, removal.changes) : removal;
        }),
    }),
    route({
      method: "post",
      path: "/api/patients/:id/explanation",
      what: "The individual explanation, and that it was given: by whom and when is stamped, anew where the text has changed.",
      right: "plan",
      ifMatch: true,
      params: byId,
      body: z.strictObject({ text: maybeText(10_000, "the explanation"), given: z.boolean() }),
      answer: patientEntry,
      handle: ({ params, body, seen, who }) =>
        changed({ ...params, seen }, who, (patient) => {
          const before = patient.explanation;
          const given = body.given
            ? before.given !== null && before.text === body.text
              ? before.given
              : writerOf(who, wall())
            : null;
          return { ok: true, patient: { ...patient, explanation: { text: body.text, given } } };
        }),
    }),
    route({
      method: "post",
      path: "/api/patients/:id/screening",
      what: "The answers of the screening; they take the place of those before, and of what was set aside then.",
      right: "plan",
      ifMatch: true,
      params: byId,
      body: z.strictObject({ answers: screeningAnswers }),
      answer: patientEntry,
      handle: ({ params, body, seen, who }) =>
        changed({ ...params, seen }, who, (patient) => ({
          ok: true,
          patient: {
            ...patient,
            screening: { answers: body.answers, ...writerOf(who, wall()), override: null },
          },
        })),
    }),
    route({
      method: "post",
      path: "/api/patients/:id/screening-override",
      what: "Sets red answers of the screening aside, with a reason.",
      right: "treat",
      ifMatch: true,
      params: byId,
      body: z.strictObject({ reason: text(2000, "the reason") }),
      answer: patientEntry,
      handle: ({ params, body, seen, who }) =>
        changed({ ...params, seen }, who, (patient) => {
          const { screening } = patient;
          if (screening === null || screened(screeningQuestions, screening.answers).is !== "red")
            return problem(409, words.nothingRed);
          const override = { ...writerOf(who, wall()), reason: body.reason };
          return { ok: true, patient: { ...patient, screening: { ...screening, override } } };
        }),
    }),
    route({
      method: "post",
      path: "/api/patients/:id/hold",
      what: "Holds everything that was recorded of a patient: nothing of it is removed or erased before the hold is lifted.",
      right: "administer",
      ifMatch: true,
      params: byId,
      body: z.strictObject({ reason: text(2000, "the reason") }),
      answer: patientEntry,
      handle: ({ params, body, seen, who }) =>
        changed({ ...params, seen }, who, (patient) => ({
          ok: true,
          patient: { ...patient, hold: { reason: body.reason, ...writerOf(who, wall()) } },
        })),
    }),
    route({
      method: "delete",
      path: "/api/patients/:id/hold",
      what: "Lifts the hold. Who held it and why stays among the versions of the record.",
      right: "administer",
      ifMatch: true,
      params: byId,
      answer: patientEntry,
      handle: ({ params, seen, who }) =>
        changed({ ...params, seen }, who, (patient) => ({ ok: true, patient: { ...patient, hold: null } })),
    }),
    route({
      method: "get",
      path: "/api/patients/:id/sessions",
      what: "What was done in the patient's sessions, the newest first.",
      right: "review",
      params: byId,
      query: paging.omit({ text: true }),
      answer: pageOf(entryOf(sessionRecordSchema)),
      handle: async ({ params, query }) => {
        const read = await found(patients, params.id, "patient");
        return read.ok
          ? listed(await clinic.sessions.page({ ...query, owner: params.id, descending: true }))
          : read;
      },
    }),
    route({
      method: "get",
      path: "/api/patients/:id/readiness",
      what: "What stands in the way of the patient's next session, the most serious first.",
      right: "review",
      params: byId,
      answer: z.object({ obstacles: z.array(obstacleSchema) }),
      handle: async ({ params }) => {
        const read = await found(patients, params.id, "patient");
        if (!read.ok) return read;
        const followUps = await allOf(clinic.followUps, params.id);
        if (!followUps.ok) return unreadable(followUps);
        const known = { patient: read.entry.body, followUps: followUps.value, now: wall() };
        return { ok: true, body: { obstacles: [...obstacles(known)] } };
      },
    }),
  ];
};

/** A limb that stands in the list more than once. */
const twice = ({ limbs }: WrittenPatient): Problem | null => {
  const errors = limbs.flatMap(({ limb, side }, i) =>
    limbs.findIndex((other) => other.limb === limb && other.side === side) < i
      ? [{ field: `limbs.${i}`, detail: words.twice(`the ${side} ${limb}`) }]
      : [],
  );
  return errors.length === 0 ? null : wrongFields(errors);
};

/** Everything that goes with a patient, or why the patient has to stay. */
const removalOf = async (
  { patients, programmes, lop, register, isInUse }: Clinic,
  { id, version, body }: Entry<Patient>,
  writer: Parameters<typeof patients.removal>[2],
): Promise<Readonly<{ ok: true; changes: readonly Change[] }> | Problem> => {
  for (const kind of ["session", "follow-up", "adverse-event"] as const) {
    const treated = await register.list({ kind, owner: id, limit: 1 });
    if (!treated.ok) return unreadable(treated);
    if (treated.value.length > 0) return problem(409, words.patientTreated);
  }
  const [plans, pressures] = [await allOf(programmes, id), await allOf(lop, id)];
  if (!plans.ok) return unreadable(plans);
  if (!pressures.ok) return unreadable(pressures);
  if (body.hold !== null) return problem(409, words.patientHeld(body.hold.reason));
  if (isInUse("patient", id)) return problem(409, words.patientInClass);
  return {
    ok: true,
    changes: [
      patients.removal(id, version, writer),
      ...plans.value.map((one) => programmes.removal(one.id, one.version, writer)),
      ...pressures.value.map((one) => lop.removal(one.id, one.version, writer)),
    ],
  };
};
