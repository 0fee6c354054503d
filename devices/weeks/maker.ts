/** The process that lives through the weeks before today, one class at a time, behind everything else that this machine has to do. */
import { constants, setPriority } from "node:os";
import { z } from "zod";
import { type ParcelTalk, parcelTalk } from "../../shared/recording/parcel.ts";
import { patientId } from "../../shared/ids.ts";
import { wallTime } from "../../shared/units.ts";
import { scenarios, usualRates } from "../scenarios.ts";
import { classTimes } from "./calendar.ts";
import { parcelsOf } from "./parcels.ts";
import { weeksOf } from "./weeks.ts";

/** What the process is told, as JSON in its first argument: the class that the weeks lead up to, and who its people are in the register. */
export const makerOrder = z.strictObject({
  scenario: z.string(),
  patients: z.int(),
  seed: z.int(),
  weeks: z.int(),
  site: z.string(),
  known: z.array(z.strictObject({ station: z.string(), patient: z.string().transform(patientId) })),
});
export type MakerOrder = Readonly<z.input<typeof makerOrder>>;

/** Hands over each parcel once the one before it was taken; ends with the first that is not. */
const make = async (order: z.output<typeof makerOrder>, hand: (parcel: object) => Promise<ParcelTalk>) => {
  const { scenario, patients, seed, weeks, site, known } = order;
  const simulated = scenarios[scenario]?.build({ patients, seed, ...usualRates });
  if (simulated === undefined) throw new Error(`There is no scenario ${scenario}.`);
  const now = new Date();
  const made = weeksOf({ simulated, known, seed, times: classTimes(now, weeks) });
  for (const parcel of parcelsOf(made, site, wallTime(now.getTime()))) {
    const answer = await hand({ kind: "parcel", parcel });
    if (answer.kind === "taken" && !answer.ok) throw new Error(answer.detail);
  }
};

if (import.meta.main) {
  // The class of today and its alarms go first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  // Whoever waits for these weeks is gone.
  process.on("disconnect", () => process.exit(0));
  await make(
    makerOrder.parse(JSON.parse(process.argv[2] ?? "null")),
    (parcel) =>
      new Promise((resolve) => {
        process.once("message", (answer) => resolve(parcelTalk.parse(answer)));
        process.send?.(parcel);
      }),
  );
  process.disconnect();
}
