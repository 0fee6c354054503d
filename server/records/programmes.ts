/** `/api/programmes` and `/api/presets`: what patients are to do, and what to begin a plan from. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { recordId } from "../../shared/clinic/fields.ts";
import { presets, presetSchema } from "../../shared/plan/presets.ts";
import { type Programme, programmeSchema } from "../../shared/plan/programme.ts";
import { recordWords as words } from "../../shared/view/record-words.ts";
import { type Problem, problem, type Route, route } from "../http/route.ts";
import { wholeOf } from "../http/whole.ts";
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
import { wrongInProgramme } from "./check-programme.ts";
import { allOf, type Clinic, settingsOf } from "./clinic.ts";

/** `owner`: the patient, or null for the clinic's own. */
const programmeEntry = entryOf(programmeSchema).extend({ owner: z.string().nullable() });

/** The clinic's own programmes, as a list is asked for them. */
const ofTheClinic = "clinic";

export const programmeRoutes = (clinic: Clinic): readonly Route[] => {
  const { programmes, wall } = clinic;
  return [
    route({
      method: "get",
      path: "/api/programmes",
      what: "The plans of a patient (`owner` is the patient's id), or the clinic's own (`owner=clinic`, or none).",
      right: "review",
      query: paging.extend({ owner: recordId.default(ofTheClinic) }),
      answer: pageOf(programmeEntry),
      handle: async ({ query: { owner, ...page } }) =>
        listed(await programmes.page({ ...page, owner: owner === ofTheClinic ? null : owner })),
    }),
    route({
      method: "post",
      path: "/api/programmes",
      what: "A new plan, of a patient or of the clinic (`owner` null).",
      right: "plan",
      body: z.strictObject({ owner: recordId.nullable(), programme: programmeSchema }),
      answer: programmeEntry,
      handle: ({ body: { owner, programme }, who }) =>
        clinic.inTurn(
          async () =>
            (await refused(clinic, owner, programme, "programme.")) ??
            (await save(programmes, {
              ...{ id: randomUUID(), body: programme, seen: null, owner },
              writer: writerOf(who, wall()),
            })),
        ),
    }),
    route({
      method: "get",
      path: "/api/programmes/:id",
      what: "One plan.",
      right: "review",
      params: byId,
      answer: programmeEntry,
      handle: async ({ params }) => {
        const read = await found(programmes, params.id, "plan");
        return read.ok ? shown(read.entry) : read;
      },
    }),
    route({
      method: "put",
      path: "/api/programmes/:id",
      what: "Changes a plan. A session that has begun goes on with the plan as it was.",
      right: "plan",
      ifMatch: true,
      params: byId,
      body: wholeOf(programmeSchema),
      answer: programmeEntry,
      handle: ({ params, body, seen, who }) =>
        clinic.inTurn(async () => {
          const standing = await foundAsSeen(programmes, { id: params.id, seen, what: "plan" });
          if (!standing.ok) return standing;
          const { owner } = standing.entry;
          return (
            (await refused(clinic, owner, body, "")) ??
            (await save(programmes, { ...params, body, seen, owner, writer: writerOf(who, wall()) }))
          );
        }),
    }),
    route({
      method: "delete",
      path: "/api/programmes/:id",
      what: "Removes a plan that no session is carrying out.",
      right: "plan",
      ifMatch: true,
      params: byId,
      answer: z.undefined(),
      handle: async ({ params: { id }, seen, who }) => {
        const standing = await foundAsSeen(programmes, { id, seen, what: "plan" });
        if (!standing.ok) return standing;
        if (clinic.isInUse("programme", id)) return problem(409, words.planInClass);
        return remove(programmes, [programmes.removal(id, standing.entry.version, writerOf(who, wall()))]);
      },
    }),
    route({
      method: "get",
      path: "/api/presets",
      what: "The published plans that a clinic can begin from, all of them.",
      right: "review",
      answer: pageOf(presetSchema),
      handle: () => Promise.resolve({ ok: true, body: { entries: [...presets], next: null } }),
    }),
  ];
};

/** Why a programme cannot be written for `owner`; `at` is where it stands in what was sent. */
const refused = async (
  clinic: Clinic,
  owner: string | null,
  programme: Programme,
  at: "" | "programme.",
): Promise<Problem | null> => {
  const settings = await settingsOf(clinic);
  if (!settings.ok) return unreadable(settings);
  if (owner !== null) {
    const patient = await clinic.patients.get(owner);
    if (!patient.ok) return unreadable(patient);
    if (patient.value === null) return wrongFields([{ field: "owner", detail: words.noSuchPatient }]);
  }
  const pressures = owner === null ? ({ ok: true, value: [] } as const) : await allOf(clinic.lop, owner);
  if (!pressures.ok) return unreadable(pressures);
  const errors = wrongInProgramme(programme, {
    ...{ pressures: pressures.value, settings: settings.value.body, now: clinic.wall() },
  });
  return errors.length === 0
    ? null
    : wrongFields(errors.map(({ field, detail }) => ({ field: `${at}${field}`, detail })));
};
