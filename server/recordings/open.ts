/** The recordings of a site: kept as sessions and classes end, and told to whoever asks. */
import type { Monotonic } from "../../shared/units.ts";
import type { Route } from "../http/route.ts";
import type { Clinic, Held } from "../records/clinic.ts";
import type { SqliteStore } from "../store/sqlite.ts";
import { recordingArchive } from "./archive.ts";
import { type Closer, type CloserOptions, createCloser } from "./closer.ts";
import { recordingRoutes } from "./routes.ts";

export type RecordingsOptions = Pick<CloserOptions, "stored" | "start" | "log"> &
  Readonly<{ clinic: Clinic; store: SqliteStore; now: () => Monotonic }>;

export type Recordings = Pick<Closer, "told" | "makeGood" | "stop"> &
  Readonly<{
    routes: readonly Route[];
    /** Whether the record of a recording that is still to be kept holds on to this. */
    isInUse: (kind: Held, id: string) => boolean;
  }>;

export const openRecordings = ({ clinic, store, now, ...options }: RecordingsOptions): Recordings => {
  const archive = recordingArchive(store.archive);
  const closer = createCloser({ ...options, clinic, store, archive });
  return {
    ...closer,
    routes: recordingRoutes({ clinic, archive, closer, now, wall: clinic.wall }),
    isInUse: (kind, id) => kind === "patient" && closer.unkept().some(({ span }) => span.patient === id),
  };
};
