/**
 * What things are called in a bundle. The pressure of a cuff has no code in LOINC or SNOMED CT: it is not blood pressure, and none of their codes
 * of blood pressure may ever stand for it. So it has a code system of its own, which comes along in every bundle.
 */
import { conditionName } from "../../../shared/view/words.ts";
import { conditions, type ConditionId } from "../../../shared/alarm/policy.ts";
import { conceptNames, fhirWords } from "../../../shared/view/report-words.ts";
import { type Entry, type Fields, tidy } from "./resource.ts";

/** A name that belongs to nobody's domain and never changes. */
export const ownSystem = "urn:uuid:0b7c6d5e-3a2f-4c1d-8e9b-6f5a4d3c2b1a";
const alarmPrefix = "alarm-";

export type Concept = keyof typeof conceptNames;

export const coded = (concept: Concept, text: string = conceptNames[concept]): Fields => ({
  coding: [{ system: ownSystem, code: concept, display: conceptNames[concept] }],
  text,
});

export const alarmCode = (condition: ConditionId): Fields => ({
  coding: [{ system: ownSystem, code: alarmPrefix + condition, display: conditionName[condition] }],
  text: conditionName[condition],
});

/** The same, with a code of a terminology that says the same. */
export const codedAs = (concept: Concept, system: string, code: string, display: string): Fields => ({
  coding: [
    { system, code, display },
    { system: ownSystem, code: concept, display: conceptNames[concept] },
  ],
  text: conceptNames[concept],
});

/** Nomenclature of ISO/IEEE 11073-10101, as the guide for personal health devices uses it. */
export const mdc = (code: number, display: string): Fields => ({
  coding: [{ system: "urn:iso:std:iso:11073:10101", code: String(code), display }],
  text: display,
});

export const category = (code: "therapy" | "survey" | "activity" | "procedure"): readonly Fields[] => [
  { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code }] },
];

export const unknown: Fields = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code: "unknown" }],
};

/** The code system itself, whole. */
export const codeSystem = (): Entry => ({
  fullUrl: ownSystem,
  resource: tidy({
    resourceType: "CodeSystem",
    url: ownSystem,
    name: "CuffwatchCodes",
    title: fhirWords.codes,
    status: "active",
    experimental: false,
    description: fhirWords.codesAre,
    caseSensitive: true,
    content: "complete",
    concept: [
      ...Object.entries(conceptNames).map(([code, display]) => ({ code, display })),
      ...conditions.map((condition) => ({
        code: alarmPrefix + condition,
        display: conditionName[condition],
      })),
    ],
  }),
});
