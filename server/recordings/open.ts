/** The recordings of a site: kept as sessions and classes end, told to whoever asks, taken home and brought in. */
import type { SiteId } from "../../shared/ids.ts";
import { type Monotonic, monotonic } from "../../shared/units.ts";
import { exportable, takeable } from "../export/found.ts";
import { patientExportRoutes } from "../export/patient-routes.ts";
import { exportRoutes } from "../export/routes.ts";
import type { Route } from "../http/route.ts";
import { type ImportOptions, importRecordingRoutes } from "../import/routes.ts";
import type { Clinic, Held } from "../records/clinic.ts";
import type { SqliteStore } from "../store/sqlite.ts";
import { recordingArchive } from "./archive.ts";
import { type Closer, type CloserOptions, createCloser } from "./closer.ts";
import { createFinder } from "./find.ts";
import { recordingRoutes } from "./routes.ts";

export type RecordingsOptions = Pick<CloserOptions, "stored" | "start" | "log"> &
  Readonly<{ clinic: Clinic; store: SqliteStore; site: SiteId; now: () => Monotonic }> &
  Pick<ImportOptions, "erased">;

export type Recordings = Pick<Closer, "told" | "makeGood" | "stop"> &
  Readonly<{
    routes: readonly Route[];
    /** Whether the record of a recording that is still to be kept holds on to this. */
    isInUse: (kind: Held, id: string) => boolean;
  }>;

export const openRecordings = ({
  clinic,
  store,
  site,
  now,
  erased,
  ...options
}: RecordingsOptions): Recordings => {
  const archive = recordingArchive(store.archive);
  const closer = createCloser({ ...options, clinic, store, archive });
  // Whole milliseconds are what is stored.
  const whole = (): Monotonic => monotonic(Math.floor(now()));
  const finding = { clinic, archive, closer, now: whole, wall: clinic.wall };
  const find = createFinder(finding);
  const unkeptOf = (patient: string) => closer.unkept().filter(({ span }) => span.patient === patient);
  return {
    ...closer,
    routes: [
      ...recordingRoutes(finding),
      ...exportRoutes({ clinic, site, ...exportable(find, store.archive) }),
      ...patientExportRoutes({
        ...{ clinic, site, find: takeable(find, store.archive) },
        unkept: (patient) => unkeptOf(patient).map(({ span }) => span.session),
      }),
      ...importRecordingRoutes({ clinic, logs: store, closer, erased, site, log: options.log }),
    ],
    isInUse: (kind, id) => kind === "patient" && unkeptOf(id).length > 0,
  };
};
