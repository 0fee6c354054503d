/** `/api/settings`: what the clinic has chosen for itself. */
import { entryOf } from "../../shared/clinic/api.ts";
import { settingsSchema } from "../../shared/clinic/settings.ts";
import { type Route, route } from "../http/route.ts";
import { save, shown, unreadable, writerOf } from "./answers.ts";
import { type Clinic, settingsOf } from "./clinic.ts";
import { settingsId } from "./kinds.ts";

const settingsEntry = entryOf(settingsSchema);

export const settingsRoutes = (clinic: Clinic): readonly Route[] => [
  route({
    method: "get",
    path: "/api/settings",
    what: "The clinic's settings; version 0 while nothing was chosen.",
    right: "watch",
    answer: settingsEntry,
    handle: async () => {
      const read = await settingsOf(clinic);
      return read.ok ? shown(read.value) : unreadable(read);
    },
  }),
  route({
    method: "put",
    path: "/api/settings",
    what: 'Changes the clinic\'s settings; If-Match: "0" for the first time. Limits hold in the class at once.',
    right: "administer",
    ifMatch: true,
    body: settingsSchema,
    answer: settingsEntry,
    handle: async ({ body, seen, who }) => {
      const answered = await save(clinic.settings, {
        ...{ id: settingsId, body, seen: seen === 0 ? null : seen },
        writer: writerOf(who, clinic.wall()),
      });
      return answered.ok ? { ...answered, status: 200 } : answered;
    },
  }),
];
