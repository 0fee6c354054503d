/** A cuff as it stands in the form: text as it was typed, so that the server can say of each field what is wrong with it. */
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";

export const units = ["mmHg", "kPa", "hPa", "mbar", "bar", "psi", "Pa"] as const;

export type MappingDraft = { topic: string; path: string; unit: (typeof units)[number]; intervalMs: string };
export type CuffDraft = {
  name: string;
  cuff: string;
  widthCm: string;
  serial: string;
  calibrationDue: string;
  isBasic: boolean;
  basic: MappingDraft;
  retired: boolean;
};

export const emptyDraft = (cuff = "", serial = ""): CuffDraft => ({
  ...{ name: "", cuff, widthCm: "", serial, calibrationDue: "", retired: false },
  isBasic: false,
  basic: { topic: "", path: "", unit: "mmHg", intervalMs: "1000" },
});

export const draftOf = ({
  name,
  cuff,
  widthCm,
  serial,
  calibrationDue,
  basic,
  retired,
}: CuffRecord): CuffDraft => ({
  ...{ name, cuff, serial, retired },
  widthCm: widthCm === null ? "" : String(widthCm),
  calibrationDue: calibrationDue ?? "",
  isBasic: basic !== null,
  basic:
    basic === null
      ? emptyDraft().basic
      : {
          ...{ topic: basic.topic, unit: basic.unit, path: basic.path ?? "" },
          intervalMs: String(basic.intervalMs),
        },
});

/** The body that is sent. What is no number is sent as it was typed, to be refused in words. */
export const bodyOf = (draft: CuffDraft): unknown => ({
  ...{ name: draft.name, cuff: draft.cuff.trim(), serial: draft.serial, retired: draft.retired },
  widthCm: numberOf(draft.widthCm),
  calibrationDue: draft.calibrationDue === "" ? null : draft.calibrationDue,
  basic: draft.isBasic ? mappingOf(draft.basic) : null,
});

export const mappingOf = ({ topic, path, unit, intervalMs }: MappingDraft): unknown => ({
  ...{ topic: topic.trim(), unit, intervalMs: numberOf(intervalMs) },
  ...(path.trim() === "" ? {} : { path: path.trim() }),
});

const numberOf = (typed: string): number | string | null => {
  const text = typed.trim().replace(",", ".");
  if (text === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : typed;
};
