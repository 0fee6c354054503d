/** `/api/patients/:id/lop` and `/api/lop/:id`: limb occlusion pressures. What was measured is never changed, only removed. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import type { Patient } from "../../shared/clinic/patient.ts";
import { estimateLop, type LopEntry, lopSchema } from "../../shared/plan/limb-occlusion.ts";
import { recordWords as words } from "../../shared/view/record-words.ts";
import { type FieldProblem, problem, type Route, route } from "../http/route.ts";
import { byId, found, foundAsSeen, listed, paging, remove, save, wrongFields, writerOf } from "./answers.ts";
import type { Clinic } from "./clinic.ts";

const lopEntry = entryOf(lopSchema);

export const lopRoutes = (clinic: Clinic): readonly Route[] => {
  const { patients, lop, wall } = clinic;
  return [
    route({
      method: "get",
      path: "/api/patients/:id/lop",
      what: "A patient's limb occlusion pressures, the newest first.",
      right: "review",
      params: byId,
      query: paging.omit({ text: true }),
      answer: pageOf(lopEntry),
      handle: async ({ params, query }) => {
        const patient = await found(patients, params.id, "patient");
        return patient.ok
          ? listed(await lop.page({ ...query, owner: params.id, descending: true }))
          : patient;
      },
    }),
    route({
      method: "post",
      path: "/api/patients/:id/lop",
      what: "A limb occlusion pressure, measured or estimated; an estimate has to say what it was made from.",
      right: "plan",
      params: byId,
      body: lopSchema,
      answer: lopEntry,
      handle: ({ params, body, who }) =>
        clinic.inTurn(async () => {
          const patient = await found(patients, params.id, "patient");
          if (!patient.ok) return patient;
          const errors = wrongInLop(body, patient.entry.body, wall());
          if (errors.length > 0) return wrongFields(errors);
          return save(lop, {
            ...{ id: randomUUID(), body, seen: null, owner: params.id },
            writer: writerOf(who, wall()),
          });
        }),
    }),
    route({
      method: "delete",
      path: "/api/lop/:id",
      what: "Removes a limb occlusion pressure that no session goes by.",
      right: "plan",
      ifMatch: true,
      params: byId,
      answer: z.undefined(),
      handle: async ({ params: { id }, seen, who }) => {
        const standing = await foundAsSeen(lop, { id, seen, what: "limb occlusion pressure" });
        if (!standing.ok) return standing;
        if (clinic.isInUse("lop", id)) return problem(409, words.lopInClass);
        return remove(lop, [lop.removal(id, standing.entry.version, writerOf(who, wall()))]);
      },
    }),
  ];
};

/** How far the clock of the screen may be ahead of the server's, in milliseconds. */
const clocksApart = 5 * 60_000;
/** Whether a moment that somebody wrote down lies ahead. */
export const isAhead = (at: number, now: number): boolean => at > now + clocksApart;

/** What is wrong with an entry beyond its shape. */
export const wrongInLop = (entry: LopEntry, patient: Patient, now: number): readonly FieldProblem[] => [
  ...(isAhead(entry.at, now) ? [{ field: "at", detail: words.future }] : []),
  ...(entry.method === "estimated"
    ? wrongInEstimate(entry, patient)
    : entry.from === null
      ? []
      : [{ field: "from", detail: words.lopFromOnly }]),
];

/** An estimate is the formula's and is made from the person that the record describes, or it is none. */
const wrongInEstimate = (entry: LopEntry, { born, sex }: Patient): readonly FieldProblem[] => {
  const { from } = entry;
  if (from === null) return [{ field: "from", detail: words.lopFrom }];
  const estimate = estimateLop(from, entry);
  if (!estimate.ok)
    return [
      { field: estimate.why === "arm" ? "limb" : "cuffWidthCm", detail: words.noEstimate[estimate.why] },
    ];
  const age = born === null ? null : ageAt(born, entry.at);
  return [
    ...(age === null ? [{ field: "from.ageYears", detail: words.lopNotForBorn }] : []),
    // A year more or less: a day of birth and a time zone may disagree about a birthday.
    ...(age !== null && Math.abs(age - from.ageYears) > 1
      ? [{ field: "from.ageYears", detail: words.lopOtherAge(age) }]
      : []),
    ...(sex === null ? [{ field: "from.sex", detail: words.lopNotForSex }] : []),
    ...(sex !== null && sex !== from.sex ? [{ field: "from.sex", detail: words.lopOtherSex(sex) }] : []),
    ...(entry.mmhg === estimate.mmhg ? [] : [{ field: "mmhg", detail: words.lopEstimate(estimate.mmhg) }]),
  ];
};

/** Whole years from a day of birth to a moment. */
const ageAt = (born: string, at: number): number => {
  const then = new Date(at).toISOString().slice(0, 10);
  const years = Number(then.slice(0, 4)) - Number(born.slice(0, 4));
  return then.slice(5) < born.slice(5) ? years - 1 : years;
};
