/** The channel to the process that has started a demonstration's server: parcels come in, and are answered one after the other. */
import type { ReadClassFile } from "../../shared/plan/roster.ts";
import { type Parcel, parcelMessage, type ParcelTalk } from "../../shared/recording/parcel.ts";
import type { WallTime } from "../../shared/units.ts";
import { recordsOf } from "../class-records.ts";
import type { Log } from "../log.ts";
import type { StoreResult } from "../store/store.ts";

export type Channel = Readonly<{
  on: (event: "message", heard: (message: unknown) => void) => unknown;
  send?: ((message: ParcelTalk) => unknown) | undefined;
}>;

/** Says who the patients of the class file are, and takes in what comes of them. */
export const hearHistory = (
  channel: Channel,
  file: ReadClassFile,
  {
    take,
    at,
    log,
  }: Readonly<{ take: (parcel: Parcel) => Promise<StoreResult<null>>; at: WallTime; log: Log }>,
): void => {
  let last: Promise<void> = Promise.resolve();
  channel.on("message", (message) => {
    const parsed = parcelMessage.safeParse(message);
    if (!parsed.success) return;
    last = last.then(async () => {
      const taken = await take(parsed.data.parcel);
      if (!taken.ok)
        log.error({ error: taken.error.detail }, "a part of the demonstration's history is not kept");
      channel.send?.({ kind: "taken", ok: taken.ok, detail: taken.ok ? "" : taken.error.detail });
    });
  });
  const { patients } = recordsOf(file, at);
  channel.send?.({
    kind: "patients",
    patients: file.stations.flatMap(({ station }, i) => {
      const patient = patients[i];
      return patient === undefined ? [] : [{ station, patient: patient.id }];
    }),
  });
};
