/** What was found and counted in a session, beside the pressure itself. */
import type { Figures } from "../../../shared/clinic/recording-record.ts";
import type { NotedFact } from "../../../shared/recording/account.ts";
import { lopMethodNames } from "../../../shared/view/limb-words.ts";
import { fhirWords } from "../../../shared/view/report-words.ts";
import { category, coded, codedAs, type Concept, unknown } from "./codes.ts";
import { type Entry, type Fields, instant, quantity } from "./resource.ts";
import { limbCode, observation, performerOf, type Told } from "./told.ts";

/** The pressures that the targets were reckoned from. When one was found is told only where the register still knows. */
export const limbOcclusion = (told: Told): readonly Entry[] =>
  (told.account.seat?.worn ?? []).flatMap(({ limb, lop, found, given: [first] }) => {
    const { lop: mmhg } = first.prescription;
    if (mmhg === null) return [];
    const entry = lop === null ? undefined : told.exported.lops[lop];
    return [
      observation(told, ["lop", limb.limb, limb.side], {
        category: category("therapy"),
        code: coded("limb-occlusion-pressure"),
        bodySite: limbCode(limb),
        effectiveDateTime: entry === undefined ? undefined : instant(entry.at),
        method: found ? { text: lopMethodNames[found.method] } : undefined,
        valueQuantity: quantity(mmhg, "mmHg"),
      }),
    ];
  });

/** How long each limb was restricted, and how well the pressure was held. */
export const figures = (told: Told): readonly Entry[] =>
  (told.exported.figures?.limbs ?? []).map((limb) =>
    observation(told, ["figures", limb.limb, limb.side], {
      category: category("therapy"),
      code: coded("restricted-time"),
      bodySite: limbCode(limb),
      effectivePeriod: sessionPeriod(told),
      valueQuantity: quantity(limb.restrictedMs / 1000, "s"),
      component: [
        share("in-band-exercising", limb.exercising),
        share("in-band-resting", limb.resting),
        measured("mean-pressure", limb.meanMmhg),
        measured("peak-pressure", limb.peakMmhg),
        { code: coded("missing-time"), valueQuantity: quantity(limb.missingMs / 1000, "s") },
      ],
    }),
  );

const share = (concept: Concept, { inMs, ofMs }: Figures["limbs"][number]["resting"]): Fields =>
  ofMs === 0
    ? { code: coded(concept), dataAbsentReason: unknown }
    : { code: coded(concept), valueQuantity: quantity(Math.round((1000 * inMs) / ofMs) / 10, "%") };

const measured = (concept: Concept, mmhg: number | null): Fields =>
  mmhg === null
    ? { code: coded(concept), dataAbsentReason: unknown }
    : { code: coded(concept), valueQuantity: quantity(mmhg, "mmHg") };

const sessionPeriod = ({ exported: { recorded }, when }: Told): Fields => ({
  start: when(recorded.from),
  end: when(recorded.to),
});

export const inflations = (told: Told): readonly Entry[] =>
  told.account.inflations.map(({ cuff, from, to, target, confirmed }, n) => {
    const limb = told.limbOf(cuff);
    return observation(told, ["inflation", n], {
      category: category("therapy"),
      code: coded("inflation"),
      bodySite: limb === null ? undefined : limbCode(limb),
      effectivePeriod: { start: told.when(from), end: to === null ? undefined : told.when(to) },
      device: told.cuff(cuff),
      ...(to === null ? { dataAbsentReason: unknown } : { valueQuantity: quantity((to - from) / 1000, "s") }),
      component:
        target === null ? [] : [{ code: coded("target-pressure"), valueQuantity: quantity(target, "mmHg") }],
      note: [
        ...(to === null ? [{ text: fhirWords.underWay }] : []),
        ...(to !== null && !confirmed ? [{ text: fhirWords.unconfirmed }] : []),
      ],
    });
  });

export const sets = (told: Told): readonly Entry[] =>
  told.account.sets.map(({ exercise, set, from, to, repetitions }, n) =>
    observation(told, ["set", n], {
      category: category("activity"),
      code: coded("exercise-set", told.account.seat?.visit.exercises[exercise]?.name),
      effectivePeriod: { start: told.when(from), end: to === null ? undefined : told.when(to) },
      ...(repetitions === null
        ? { dataAbsentReason: unknown }
        : { valueQuantity: quantity(repetitions, "") }),
      component: [
        { code: coded("exercise"), valueInteger: exercise + 1 },
        { code: coded("set"), valueInteger: set },
      ],
    }),
  );

export const notes = (told: Told): readonly Entry[] => [
  ...told.account.notes.map((fact, n) => {
    const { cuff, by, verified, at } = fact;
    const limb = told.limbOf(cuff);
    return observation(told, ["note", n], {
      ...found(fact),
      category: category("survey"),
      bodySite: limb === null ? undefined : limbCode(limb),
      effectiveDateTime: told.when(at),
      performer: [performerOf(told, by, verified)].filter((p) => p !== undefined),
    });
  }),
  ...told.account.exertions.map(({ score, by, verified, at }, n) =>
    observation(told, ["exertion", n], {
      category: category("survey"),
      code: coded("exertion"),
      effectiveDateTime: told.when(at),
      performer: [performerOf(told, by, verified)].filter((p) => p !== undefined),
      valueInteger: score,
    }),
  ),
];

const found = ({ note }: NotedFact): Fields => {
  switch (note.kind) {
    case "pain":
      return {
        // The patient says a number from 0 to 10: that is what this code means.
        code: codedAs(
          "pain",
          "http://loinc.org",
          "72514-3",
          "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
        ),
        valueQuantity: { value: note.score, system: "http://unitsofmeasure.org", code: "{score}" },
      };
    case "refill":
      return { code: coded("capillary-refill"), valueQuantity: quantity(note.seconds, "s") };
    case "symptom":
      return { code: coded(note.symptom), valueBoolean: note.present };
  }
};
