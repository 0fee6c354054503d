/** What a made-up clinic had written down over its weeks, as changes of the records of the demonstration: every version with its own date. */
import type { z } from "zod";
import type { ParcelDocument } from "../../shared/recording/parcel.ts";
import { wallTime } from "../../shared/units.ts";
import type { Clinic } from "../records/clinic.ts";
import { cuffKind, lopKind, patientKind, programmeKind } from "../records/kinds.ts";
import { collection, everyOne, type Kind } from "../register/collection.ts";
import type { Change, Register } from "../register/register.ts";
import { failed, type StoreResult } from "../store/store.ts";

/**
 * The changes that write these documents, in order. Plans that a class file brought for the patients in them go: they have a plan of their
 * own, with a past.
 */
export const changesOfDocuments = async (
  clinic: Pick<Clinic, "register" | "programmes" | "wall">,
  documents: readonly ParcelDocument[],
): Promise<StoreResult<readonly Change[]>> => {
  const changes: Change[] = [];
  /** The version that stands once the changes so far are written; null where there is none. */
  const seen = new Map<string, number | null>();
  for (const document of documents) {
    const read = await changeOf(clinic.register, document, seen);
    if (!read.ok) return read;
    if (read.value !== null) changes.push(read.value);
  }
  const planned = new Set(
    documents.flatMap(({ kind, owner }) => (kind === "programme" ? (owner ?? []) : [])),
  );
  const writer = { by: documents[0]?.by ?? "", at: clinic.wall() };
  for (const owner of planned) {
    const own = await everyOne(clinic.programmes, { owner });
    if (!own.ok) return own;
    for (const { id, version } of own.value) changes.push(clinic.programmes.removal(id, version, writer));
  }
  return { ok: true, value: changes };
};

type Seen = Map<string, number | null>;

const changeOf = (register: Register, document: ParcelDocument, seen: Seen) => {
  switch (document.kind) {
    case "patient":
      return changeOne(register, patientKind, document, seen);
    case "programme":
      return changeOne(register, programmeKind, document, seen);
    case "lop":
      return changeOne(register, lopKind, document, seen);
    case "cuff":
      return changeOne(register, cuffKind, document, seen);
  }
};

/** Null for a patient whom somebody has removed meanwhile. */
const changeOne = async <Body extends object>(
  register: Register,
  kind: Kind<Body>,
  { id, owner, by, at, body }: ParcelDocument,
  seen: Seen,
): Promise<StoreResult<Change | null>> => {
  const records = collection(register, kind);
  const key = `${kind.kind} ${id}`;
  const standing = await records.get(id);
  if (!standing.ok) return standing;
  const isAddition = kind.kind === "patient";
  if (isAddition && standing.value === null) return { ok: true, value: null };
  const parsed: z.ZodSafeParseResult<Body> = kind.schema.safeParse({
    ...(isAddition ? standing.value?.body : {}),
    ...body,
  });
  if (!parsed.success) return failed("io", `The ${kind.kind} ${id} is not what it should be.`);
  const version = seen.get(key) ?? standing.value?.version ?? null;
  seen.set(key, (version ?? 0) + 1);
  return { ok: true, value: records.change(id, parsed.data, version, { by, at: wallTime(at) }, owner) };
};
