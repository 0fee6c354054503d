/** `/api/patients/:id/erasure`: erasing a patient, once nothing stands in the way. */
import { z } from "zod";
import { openAlarms, type State } from "../../shared/engine.ts";
import { fullName } from "../../shared/clinic/patient.ts";
import { ownLog } from "../../shared/recording/line.ts";
import { keepingWords as words } from "../../shared/view/keeping-words.ts";
import { problem, type Problem, type Route, route } from "../http/route.ts";
import { byId, foundAsSeen, unreadable, wrongFields } from "../records/answers.ts";
import type { Clinic } from "../records/clinic.ts";
import { erase, type ErasureOptions } from "./erase.ts";
import { type Part, partsOf } from "./parts.ts";

export type ErasureRoutes = ErasureOptions &
  Readonly<{
    clinic: Pick<Clinic, "patients" | "isInUse" | "inTurn" | "wall">;
    state: () => State;
    /** Keeps the state as it is now in the place of the last one that was kept. */
    checkpoint: () => Promise<void>;
  }>;

const goneSchema = z.object({
  records: z.int().describe("Records of the register, each with all its versions"),
  lines: z.int().describe("Recorded facts"),
});

export const erasureRoutes = (options: ErasureRoutes): readonly Route[] => {
  const { clinic, state, checkpoint } = options;
  const { patients, wall, inTurn } = clinic;
  return [
    route({
      method: "post",
      path: "/api/patients/:id/erasure",
      what: "Erases a patient for good: every version of every record, and all that was recorded in their sessions.",
      right: "administer",
      ifMatch: true,
      params: byId,
      body: z.strictObject({
        name: z.string().describe("The patient's name, typed to say that it is meant"),
      }),
      answer: goneSchema,
      handle: async ({ params: { id }, body: { name }, seen }) =>
        inTurn(async () => {
          const standing = await foundAsSeen(patients, { id, seen, what: "patient" });
          if (!standing.ok) return standing;
          const { body } = standing.entry;
          if (name.trim() !== fullName(body))
            return wrongFields([{ field: "name", detail: words.nameDiffers }]);
          if (body.hold !== null) return problem(409, words.held409(body.hold.reason));
          const parts = await partsOf(options, id);
          if (!parts.ok) return unreadable(parts);
          const inTheWay = whyNot({ clinic, state: state(), patient: id, parts: parts.value });
          if (inTheWay !== null) return inTheWay;
          await checkpoint();
          const isQuiet = (): boolean => state().class.running === null;
          if (!isQuiet()) return problem(409, words.classUnderWay);
          const erased = await erase({ ...options, isQuiet }, id, wall());
          if (!erased.ok) return problem(503, words.begunNotDone(erased.error.detail));
          const { gone, scrubbed } = erased.value;
          return scrubbed.ok
            ? { ok: true, body: gone }
            : problem(503, words.goneNotScrubbed(scrubbed.error.detail));
        }),
    }),
  ];
};

/** What stands in the way on the floor; null where nothing does. */
const whyNot = ({
  clinic,
  state,
  patient,
  parts,
}: Readonly<{
  clinic: Pick<Clinic, "isInUse">;
  state: State;
  patient: string;
  parts: readonly Part[];
}>): Problem | null => {
  if (clinic.isInUse("patient", patient)) return problem(409, words.stillInClass);
  // Rewriting the store would keep whoever answers an alarm waiting.
  if (state.class.running !== null) return problem(409, words.classUnderWay);
  const stands = openAlarms(state).some((o) =>
    parts.some(
      ({ log, to, span }) =>
        log === ownLog &&
        span.worn.some((w) => w.cuff === o.cuff && w.from <= o.raisedAt && o.raisedAt <= (w.to ?? to)),
    ),
  );
  return stands ? problem(409, words.alarmStands) : null;
};
