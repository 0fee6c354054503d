/** A demonstration's patients: under pressure from the first moment on, so all that a session needs has been done for them. */
import { screeningAnswers, screeningQuestions } from "../shared/plan/screening.ts";
import type { WallTime } from "../shared/units.ts";
import { recordWords as words } from "../shared/view/record-words.ts";
import type { Imported } from "./import-class.ts";
import { patientKind } from "./records/kinds.ts";
import { collection, everyOne, type Writer } from "./register/collection.ts";
import type { Register } from "./register/register.ts";
import type { StoreResult } from "./store/store.ts";

/**
 * Screens, explains to and numbers those that the demonstration's class file has just brought, in the name of `by`. True of nobody real:
 * whoever was in the records before is left alone.
 */
export const prepareDemoPatients = async (
  register: Register,
  made: Imported["made"],
  { by, at }: Writer,
): Promise<StoreResult<null>> => {
  const records = collection(register, patientKind);
  const present = await everyOne(records);
  if (!present.ok) return present;
  const isNew = new Set(made.filter(({ kind }) => kind === patientKind.kind).map(({ id }) => id));
  const changes = present.value
    .filter(({ id }) => isNew.has(id))
    .map(({ id, body, version }, i) =>
      records.change(id, { ...body, ...prepared(i + 1, by, at) }, version, { by, at }),
    );
  if (changes.length === 0) return { ok: true, value: null };
  const written = await records.write(changes);
  return written.ok ? { ok: true, value: null } : written;
};

const prepared = (place: number, by: string, at: WallTime) => {
  const answers = screeningAnswers.parse(
    Object.fromEntries(Object.keys(screeningQuestions).map((question) => [question, "no"])),
  );
  return {
    number: `D-${String(place).padStart(3, "0")}`,
    screening: { answers, at, by, override: null },
    explanation: { text: words.demoExplanation, given: { at, by } },
  };
};
