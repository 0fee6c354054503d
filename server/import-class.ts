/**
 * Takes a class file into the clinic's records. Twice the same file changes nothing the second time; what somebody has changed or removed
 * since is left as it is.
 */
import { z } from "zod";
import { classFileSchema, parseRoster, type ReadClassFile } from "../shared/plan/roster.ts";
import type { WallTime } from "../shared/units.ts";
import { recordWords as words } from "../shared/view/record-words.ts";
import { type ClassRecords, type Made, recordsOf } from "./class-records.ts";
import { type Problem, type Route, route } from "./http/route.ts";
import { refusalOf, unreadable, wrongFields } from "./records/answers.ts";
import type { Clinic } from "./records/clinic.ts";
import {
  cuffKind,
  lopKind,
  patientKind,
  programmeKind,
  settingsId,
  settingsKind,
  staffKind,
} from "./records/kinds.ts";
import { collection, everyOne, type Kind, type Writer } from "./register/collection.ts";
import { type Change, folded, type Register } from "./register/register.ts";
import type { StoreResult } from "./store/store.ts";

const named = z.object({ kind: z.string(), id: z.string() });
const importedSchema = z.object({
  made: z.array(named).describe("Records that are new"),
  changed: z.array(named).describe("Records of an earlier import that the file says otherwise now"),
  left: z
    .array(named)
    .describe(
      "Records that somebody has changed or removed since, or has made before: they stay as they are",
    ),
});
export type Imported = Readonly<z.output<typeof importedSchema>>;

/** A class file may hold many plans. */
const largestFile = 2 * 1024 * 1024;

/** `takenOver` is called once records were made or changed: why they do not hold yet, null where they do. */
export const importRoutes = (
  clinic: Clinic,
  takenOver: () => Promise<Problem | null> = () => Promise.resolve(null),
): readonly Route[] => [
  route({
    method: "post",
    path: "/api/import/class-file",
    what: "Takes a class file into the records: staff (who get in only with a password or a PIN of their own), patients, plans, pressures, cuffs and settings.",
    right: "administer",
    body: classFileSchema,
    largestBody: largestFile,
    answer: importedSchema,
    handle: ({ request }) => {
      const parsed = parseRoster(request.body);
      return parsed.ok
        ? clinic.inTurn(async () => {
            const imported = await importClass(clinic.register, parsed.file, clinic.wall());
            if (!imported.ok) return imported;
            return (await takenOver()) ?? { ok: true, body: imported.imported };
          })
        : Promise.resolve(
            wrongFields(parsed.issues.map(({ path, reason }) => ({ field: path, detail: reason }))),
          );
    },
  }),
];

/** Imports a class file that was read, all of it or nothing. */
export const importClass = async (
  register: Register,
  file: ReadClassFile,
  at: WallTime,
): Promise<Readonly<{ ok: true; imported: Imported }> | Problem> => {
  const decided = await decideAll(register, recordsOf(file, at), { by: words.classFile, at });
  if (!decided.ok) return unreadable(decided);
  const { changes, imported } = decided.value;
  if (changes.length === 0) return { ok: true, imported };
  return refusalOf(await register.write(changes)) ?? { ok: true, imported };
};

type Decided =
  | Readonly<{ is: "made" | "changed"; change: Change }>
  /** `stands`: it is there, as somebody else has it. */
  | Readonly<{ is: "left"; stands: boolean }>
  | Readonly<{ is: "same" }>;
type Sum = Readonly<{ changes: readonly Change[]; imported: Imported }>;

const decideAll = async (
  register: Register,
  records: ClassRecords,
  writer: Writer,
): Promise<StoreResult<Sum>> => {
  const changes: Change[] = [];
  const imported: Record<keyof Imported, Imported["made"]> = { made: [], changed: [], left: [] };
  /** Decides some records; which of them stand in the register then. */
  const decide = async <Body>(
    kind: Kind<Body>,
    some: readonly Made<Body>[],
  ): Promise<StoreResult<ReadonlySet<string>>> => {
    const stand = new Set<string>();
    for (const one of some) {
      const decided = await decideOne(register, kind, one, writer);
      if (!decided.ok) return decided;
      const { value } = decided;
      if (value.is !== "left" || value.stands) stand.add(one.id);
      if (value.is !== "same") imported[value.is].push({ kind: kind.kind, id: one.id });
      if ("change" in value) changes.push(value.change);
    }
    return { ok: true, value: stand };
  };
  const patients = await decide(patientKind, records.patients);
  if (!patients.ok) return patients;
  // A patient whom somebody has removed does not come back by a plan.
  const isHere = ({ owner }: Made<unknown>): boolean => owner !== null && patients.value.has(owner);
  const taken = await namesTaken(register, records.staff);
  if (!taken.ok) return taken;
  const settings = [{ id: settingsId, body: records.settings, owner: null }];
  for (const done of [
    await decide(
      staffKind,
      records.staff.filter(({ id }) => !taken.value.has(id)),
    ),
    await decide(programmeKind, records.programmes.filter(isHere)),
    await decide(lopKind, records.pressures.filter(isHere)),
    await decide(cuffKind, records.cuffs),
    await decide(settingsKind, settings),
  ])
    if (!done.ok) return done;
  imported.left.push(...[...taken.value].map((id) => ({ kind: staffKind.kind, id })));
  return { ok: true, value: { changes, imported } };
};

/** Names answer alarms, so no two who work here have the same: which of the file's people are there already. */
const namesTaken = async (
  register: Register,
  staff: ClassRecords["staff"],
): Promise<StoreResult<ReadonlySet<string>>> => {
  const present = await everyOne(collection(register, staffKind));
  if (!present.ok) return present;
  const isTaken = ({ id, body: { name } }: ClassRecords["staff"][number]): boolean =>
    present.value.some((s) => s.id !== id && s.body.active && folded(s.body.name) === folded(name));
  return { ok: true, value: new Set(staff.filter(isTaken).map(({ id }) => id)) };
};

const decideOne = async <Body>(
  register: Register,
  kind: Kind<Body>,
  { id, body, owner }: Made<Body>,
  writer: Writer,
): Promise<StoreResult<Decided>> => {
  const records = collection(register, kind);
  const standing = await records.get(id);
  if (!standing.ok) return standing;
  const answer = (decided: Decided): StoreResult<Decided> => ({ ok: true, value: decided });
  const seen = standing.value?.version ?? null;
  const change = records.change(id, body, seen, writer, owner);
  if (standing.value === null) {
    const before = await register.history(kind.kind, id);
    if (!before.ok) return before;
    if (before.value.length > 0) return answer({ is: "left", stands: false });
    const unique = "keys" in change ? change.keys.unique : null;
    const other = unique === null ? ({ ok: true, value: null } as const) : await records.find(unique);
    if (!other.ok) return other;
    return answer(other.value === null ? { is: "made", change } : { is: "left", stands: true });
  }
  // What was measured is never changed, and its id says all that the file does.
  if (kind.kind === "lop" || isSame(kind, standing.value.body, body)) return answer({ is: "same" });
  return answer(standing.value.by === writer.by ? { is: "changed", change } : { is: "left", stands: true });
};

/** Whether two bodies say the same, in whatever order. */
const isSame = <Body>({ schema }: Kind<Body>, a: Body, b: Body): boolean =>
  JSON.stringify(schema.safeParse(a).data) === JSON.stringify(schema.safeParse(b).data);
