/** `/api/class` and `/api/commands`: the class as a screen gets it, and everything that can be asked of it. */
import { z } from "zod";
import { type RunningClass, runningClassSchema } from "../../shared/class/visit.ts";
import type { Principal } from "../../shared/clinic/rights.ts";
import type { State } from "../../shared/engine.ts";
import type { Monotonic } from "../../shared/units.ts";
import { stationsOnScreen } from "../../shared/view/on-screen.ts";
import { type Refusal, requestedSchema, type StationOnScreen, stationSchema } from "../../shared/wire.ts";
import type { TakeCommand } from "../commands.ts";
import { problem, type Route, route } from "./route.ts";

export type ClassRoutesOptions = Readonly<{
  command: TakeCommand;
  epoch: string;
  now: () => Monotonic;
  state: () => State;
}>;

type PresentClass = Readonly<{
  now: number;
  class: RunningClass | null;
  stations: readonly StationOnScreen[];
}>;
const presentClass: z.ZodType<PresentClass> = z.object({
  now: z.number().describe("Site time, in milliseconds: every other moment here is on the same line"),
  class: runningClassSchema.nullable(),
  stations: z.array(stationSchema),
});

const done = z.object({
  recorded: z.boolean().describe("False while facts cannot be stored: it was carried out all the same"),
});

export const classRoutes = ({ command, epoch, now, state }: ClassRoutesOptions): readonly Route[] => [
  route({
    method: "get",
    path: "/api/class",
    what: "The class that is under way, and what every station shows now.",
    right: "watch",
    answer: presentClass,
    handle: () => {
      const {
        class: { running },
      } = state();
      const stations = stationsOnScreen(state());
      return Promise.resolve({ ok: true, body: { now: now(), class: running, stations } });
    },
  }),
  route({
    method: "post",
    path: "/api/commands",
    what: "Carries out a command, as a tablet's tap does. It is answered once it is on record; whoever may not give it is told so.",
    // Each command asks for its own right; nobody who may do none of it gets this far.
    right: "answer",
    body: requestedSchema,
    answer: done,
    handle: async ({ body, who }) => {
      const answer = await command({ ...body, epoch, seq: 0, seenAt: now() }, who);
      return answer.ok ? { ok: true, body: { recorded: answer.recorded } } : refused(answer, who);
    },
  }),
];

const refused = ({ kind, reason }: Refusal, who: Principal) =>
  problem(statusOf(kind, who), reason, { more: { kind } });

const statusOf = (kind: Refusal["kind"], who: Principal): number => {
  switch (kind) {
    case "not-allowed":
      return who.kind === "tablet" ? 401 : 403;
    case "malformed":
    case "no-reason":
    case "not-planned":
      return 422;
    case "no-such-alarm":
    case "no-such-cuff":
    case "no-visit":
    case "not-found":
      return 404;
    case "not-sent":
    case "unreadable":
      return 503;
    default:
      return 409;
  }
};
