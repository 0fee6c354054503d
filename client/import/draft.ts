/** What is said of a file before it is brought in, as it is typed, and as it is asked. */
import type { Limb } from "../../shared/plan/prescription.ts";
import { numberIn } from "../desk/typed.ts";
import { momentIn } from "../desk/when.ts";
import type { PatientEntry } from "../patients/api.ts";

/** "" is left to the server to find. */
export type Draft = {
  separator: string;
  decimal: string;
  timeColumn: string;
  timeUnit: string;
  pressureColumn: string;
  pressureUnit: string;
  patient: PatientEntry | null;
  name: string;
  limb: Limb;
  lopMmhg: string;
  pctLop: string;
  targetMmhg: string;
  limitMin: string;
  startedAt: string;
  falls: "release" | "loss";
};

export const newDraft = (): Draft => ({
  ...{ separator: "", decimal: "", timeColumn: "", timeUnit: "", pressureColumn: "", pressureUnit: "" },
  ...{ patient: null, name: "", limb: { limb: "thigh", side: "left" }, lopMmhg: "", pctLop: "60" },
  ...{ targetMmhg: "", limitMin: "8", startedAt: "", falls: "release" },
});

/** Where the file is sent; what stands in no field is not asked. */
export const addressOf = (file: string, draft: Draft, dry: boolean): string => {
  const query = new URLSearchParams({ file: nameOf(file) });
  const say = (name: string, value: string): void => {
    if (value !== "") query.set(name, value);
  };
  for (const name of [
    ...([
      "separator",
      "decimal",
      "timeColumn",
      "timeUnit",
      "pressureColumn",
      "pressureUnit",
      "falls",
    ] as const),
  ])
    say(name, draft[name]);
  for (const name of ["lopMmhg", "pctLop", "targetMmhg", "limitMin"] as const)
    say(name, asNumber(draft[name]));
  say("limb", draft.limb.limb);
  say("side", draft.limb.side);
  say("patient", draft.patient?.id ?? "");
  say("name", draft.patient === null ? draft.name.trim() : "");
  const began = draft.startedAt === "" ? null : momentIn(draft.startedAt);
  say("startedAt", began === null ? "" : String(began));
  say("dry", dry ? "1" : "");
  return `/api/import/recording?${query.toString()}`;
};

/** With a point, as the server reads it; what is no number goes as it is, and is refused with its field. */
const asNumber = (typed: string): string => {
  const n = numberIn(typed);
  return n === undefined ? "" : Number.isNaN(n) ? typed.trim() : String(n);
};

/** A name of a file may hold what no text of the clinic may. */
const nameOf = (file: string): string =>
  file
    .replaceAll(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, " ")
    .trim()
    .slice(0, 200) || "file";
