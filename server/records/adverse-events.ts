/** `/api/adverse-events`: what went wrong, for the whole clinic or one patient. An entry is never changed. */
import { randomUUID } from "node:crypto";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { moment, recordId } from "../../shared/clinic/fields.ts";
import { adverseEventSchema } from "../../shared/clinic/follow-up.ts";
import { recordWords as words } from "../../shared/view/record-words.ts";
import { type Route, route } from "../http/route.ts";
import { listed, paging, save, unreadable, wrongFields, writerOf } from "./answers.ts";
import type { Clinic } from "./clinic.ts";
import { isAhead } from "./lop.ts";

const eventEntry = entryOf(adverseEventSchema);
const writtenEvent = adverseEventSchema.omit({ by: true, at: true }).extend({
  at: moment
    .optional()
    .describe("When it happened, in milliseconds since 1970 UTC; now, where it is left out"),
});

export const adverseEventRoutes = (clinic: Clinic): readonly Route[] => {
  const { adverseEvents, patients, wall } = clinic;
  return [
    route({
      method: "get",
      path: "/api/adverse-events",
      what: "Adverse events, the newest first.",
      right: "review",
      query: paging.omit({ text: true }).extend({ patient: recordId.optional() }),
      answer: pageOf(eventEntry),
      handle: async ({ query: { patient, ...page } }) =>
        listed(
          await adverseEvents.page({
            ...{ ...page, descending: true },
            ...(patient === undefined ? {} : { owner: patient }),
          }),
        ),
    }),
    route({
      method: "post",
      path: "/api/adverse-events",
      what: "Something that went wrong and was, or may have been, the treatment's doing.",
      right: "guide",
      body: writtenEvent,
      answer: eventEntry,
      handle: ({ body, who }) =>
        clinic.inTurn(async () => {
          const writer = writerOf(who, wall());
          const { at = writer.at } = body;
          const patient = await patients.get(body.patient);
          if (!patient.ok) return unreadable(patient);
          if (patient.value === null) return wrongFields([{ field: "patient", detail: words.noSuchPatient }]);
          if (isAhead(at, writer.at)) return wrongFields([{ field: "at", detail: words.future }]);
          return save(adverseEvents, {
            ...{ id: randomUUID(), body: { ...body, at, by: writer.by }, seen: null, writer },
          });
        }),
    }),
  ];
};
