/**
 * The pressure of the cuffs as SampledData, and how each cuff's clock was joined to the wall clock: the coincident timestamp of the guide for personal
 * health devices (HL7 PHD, profile PhdCoincidentTimeStampObservation; 67983 is MDC_ATTR_TIME_REL, 68220 MDC_TIME_SYNC_PROTOCOL).
 */
import { monotonic } from "../../../shared/units.ts";
import { fhirWords } from "../../../shared/view/report-words.ts";
import type { Anchor, Piece } from "../signal.ts";
import { category, coded, mdc, unknown } from "./codes.ts";
import { type Entry, type Fields, quantity, tidy } from "./resource.ts";
import { limbCode, observation, type Told } from "./told.ts";

const phd = "http://hl7.org/fhir/uv/phd/StructureDefinition/";

/** Every piece of every cuff, and before it the timestamp that it is dated by. */
export const pressures = (told: Told): readonly Entry[] =>
  told.signals.flatMap(({ cuff, pieces, undated }) => [
    ...pieces.flatMap((piece, i) => {
      const { anchor, boot } = piece;
      const joined =
        anchor === null || boot === null ? [] : [coincident(told, piece, { ...anchor, boot }, i)];
      return [...joined, sampled(told, piece, i, joined[0]?.fullUrl)];
    }),
    ...(undated === 0
      ? []
      : [
          observation(told, ["undated", cuff], {
            ...{ category: category("therapy"), code: coded("cuff-pressure"), device: told.metric(cuff) },
            dataAbsentReason: unknown,
            note: [{ text: fhirWords.undated(undated) }],
          }),
        ]),
  ]);

/** How values of a cuff stand in a bundle: whole tenths of a mmHg, times this. */
export const factor = 0.1;

const sampled = (told: Told, piece: Piece, n: number, timestamp: string | undefined): Entry => {
  const { cuff, from, stepMs, tenths, backfilled, boot } = piece;
  const limb = told.limbOf(cuff);
  const last = from + (tenths.length - 1) * stepMs;
  return observation(told, ["pressure", cuff, n], {
    extension:
      timestamp === undefined
        ? []
        : [{ url: `${phd}CoincidentTimeStampReference`, valueReference: { reference: timestamp } }],
    category: category("therapy"),
    code: coded("cuff-pressure"),
    bodySite: limb === null ? undefined : limbCode(limb),
    effectivePeriod: {
      start: told.when(from),
      end: told.when(monotonic(last)),
    },
    device: told.metric(cuff),
    valueSampledData: {
      origin: quantity(0, "mmHg"),
      period: stepMs,
      factor,
      dimensions: 1,
      data: tenths.map((t) => (t === null ? "E" : String(t))).join(" "),
    },
    note: [
      ...(backfilled ? [{ text: fhirWords.backfilled }] : []),
      ...(boot === null ? [{ text: fhirWords.basicClock }] : []),
    ],
  });
};

const coincident = (
  told: Told,
  { cuff, boot }: Piece,
  anchor: Anchor & Readonly<{ boot: string }>,
  n: number,
): Entry => ({
  fullUrl: told.address("clock", cuff, n),
  resource: tidy({
    resourceType: "Observation",
    meta: { profile: [`${phd}PhdCoincidentTimeStampObservation`] },
    status: "final",
    code: mdc(67983, "MDC_ATTR_TIME_REL"),
    subject: told.cuff(cuff),
    device: told.gateway,
    effectiveDateTime: told.when(anchor.at),
    // The guide counts relative time in microseconds.
    valueQuantity: quantity(anchor.m * 1000, "us"),
    component: [
      {
        code: mdc(68220, "MDC_TIME_SYNC_PROTOCOL"),
        valueCodeableConcept: mdc(532224, "MDC_TIME_SYNC_NONE"),
      },
      { code: coded("site-time"), valueQuantity: quantity(anchor.at, "ms") },
    ],
    note: [{ text: fhirWords.powerUp(boot ?? anchor.boot) }],
  } satisfies Fields),
});
