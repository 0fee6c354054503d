/**
 * Takes in what a demonstration brings of the weeks before today: into the records, and each class as a log of its own. Never folded into what is
 * live; a class is taken whole or not at all.
 */
import { openChunk } from "../../shared/recording/chunk.ts";
import type { Line } from "../../shared/recording/line.ts";
import type { ClassParcel, Parcel } from "../../shared/recording/parcel.ts";
import type { Clinic } from "../records/clinic.ts";
import type { Change } from "../register/register.ts";
import type { Recordings } from "../store/recordings.ts";
import { failed, type StoreResult } from "../store/store.ts";
import { changesOfClass } from "./class-changes.ts";
import { changesOfDocuments } from "./documents.ts";

export type TakingIn = Readonly<{
  clinic: Clinic;
  store: Pick<Recordings, "appendChunks" | "removeLog">;
}>;

export const takeIn = (parts: TakingIn, parcel: Parcel): Promise<StoreResult<null>> => {
  switch (parcel.holds) {
    case "documents":
      return parts.clinic.inTurn(async () => {
        const changes = await changesOfDocuments(parts.clinic, parcel.documents);
        return changes.ok ? written(parts.clinic, changes.value) : changes;
      });
    case "class":
      return takeClass(parts, parcel);
  }
};

const takeClass = async ({ clinic, store }: TakingIn, parcel: ClassParcel): Promise<StoreResult<null>> => {
  const rare = rareLines(parcel);
  if (!rare.ok) return rare;
  const stored = await store.appendChunks(parcel.chunks.map(({ bytes }) => bytes));
  if (!stored.ok) return stored;
  const log = stored.value;
  const kept = await clinic.inTurn(async () => {
    const gone = await somebodyGone(clinic, rare.value);
    if (!gone.ok) return gone;
    // Whoever was removed from the records meanwhile does not come back by a class of theirs.
    if (gone.value) return store.removeLog(log);
    return written(clinic, changesOfClass(clinic, parcel, { rare: rare.value, log }));
  });
  if (!kept.ok) await store.removeLog(log);
  return kept;
};

/** Everything but what cuffs say again and again, in order. */
const rareLines = ({ chunks }: ClassParcel): StoreResult<readonly Line[]> => {
  const lines: Line[] = [];
  for (const { cuff, bytes } of chunks) {
    if (cuff !== null) continue;
    const chunk = openChunk(bytes);
    if (!chunk.ok) return failed("io", chunk.error.detail);
    for (let row = 0; row < chunk.value.length; row++) lines.push(chunk.value.line(row));
  }
  return { ok: true, value: lines.toSorted((a, b) => a.id - b.id) };
};

const somebodyGone = async ({ patients }: Clinic, rare: readonly Line[]): Promise<StoreResult<boolean>> => {
  for (const { fact } of rare) {
    const patient = fact.kind === "patient-seated" ? fact.seat.visit.patient : null;
    if (patient === null) continue;
    const found = await patients.get(patient);
    if (!found.ok) return found;
    if (found.value === null) return { ok: true, value: true };
  }
  return { ok: true, value: false };
};

const written = async ({ register }: Clinic, changes: readonly Change[]): Promise<StoreResult<null>> => {
  const done = await register.write(changes);
  if (!done.ok) return done;
  switch (done.value.is) {
    case "written":
      return { ok: true, value: null };
    case "conflict":
      return failed(
        "io",
        `The ${done.value.kind} ${done.value.id} is there already, or was changed meanwhile.`,
      );
    case "taken":
      return failed("io", `Another ${done.value.kind} has the key ${done.value.unique}.`);
  }
};
