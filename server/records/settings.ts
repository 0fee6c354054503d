/** `/api/settings`: what the clinic has chosen for itself. */
import { settingsSchema } from "../../shared/clinic/settings.ts";
import { type Route, route } from "../http/route.ts";
import { wholeOf } from "../http/whole.ts";
import { save, unreadable, writerOf } from "./answers.ts";
import { type Clinic, settingsOf } from "./clinic.ts";
import { settingsId } from "./kinds.ts";

export const settingsRoutes = (clinic: Clinic): readonly Route[] => [
  route({
    method: "get",
    path: "/api/settings",
    what: "The clinic's settings; their version, 0 while nothing was chosen, is the ETag.",
    right: "watch",
    answer: settingsSchema,
    handle: async () => {
      const read = await settingsOf(clinic);
      return read.ok ? { ok: true, body: read.value.body, version: read.value.version } : unreadable(read);
    },
  }),
  route({
    method: "put",
    path: "/api/settings",
    what: 'Changes the clinic\'s settings; If-Match: "0" for the first time. Limits hold in the class at once.',
    right: "administer",
    ifMatch: true,
    body: wholeOf(settingsSchema),
    answer: settingsSchema,
    handle: async ({ body, seen, who }) => {
      const answered = await save(clinic.settings, {
        ...{ id: settingsId, body, seen: seen === 0 ? null : seen },
        writer: writerOf(who, clinic.wall()),
      });
      return answered.ok ? { ...answered, body: answered.body.body, status: 200 } : answered;
    },
  }),
];
