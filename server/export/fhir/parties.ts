/** Whose session it was, where, and with which devices. */
import type { CuffId } from "../../../shared/ids.ts";
import { fhirWords } from "../../../shared/view/report-words.ts";
import { coded } from "./codes.ts";
import { addressOf, type Entry, type Fields, quantity, referTo, tidy } from "./resource.ts";
import type { Told } from "./told.ts";

export const organization = ({ exported: { clinic, site } }: Told): Entry | null =>
  clinic === ""
    ? null
    : {
        fullUrl: addressOf(site, "clinic"),
        resource: tidy({ resourceType: "Organization", name: clinic }),
      };

/** The patient as in the record, and of somebody who is in none as the wall showed them. */
export const patient = (told: Told): Entry => {
  const { patient: known } = told.exported;
  const clinic = organization(told);
  const fullUrl = told.patient.reference;
  const managingOrganization = clinic === null ? undefined : referTo(clinic);
  if (known === null) {
    const text = told.account.seat?.name ?? "";
    const name = [{ text: text === "" ? fhirWords.nobody : text }];
    return { fullUrl, resource: tidy({ resourceType: "Patient", name, managingOrganization }) };
  }
  const { givenName, familyName, number, born, sex } = known.body;
  return {
    fullUrl,
    resource: tidy({
      resourceType: "Patient",
      identifier:
        number === ""
          ? []
          : [
              {
                type: {
                  coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "MR" }],
                },
                value: number,
                assigner: clinic === null ? undefined : { ...referTo(clinic) },
              },
            ],
      name: [{ family: familyName, given: [givenName] }],
      gender: sex,
      birthDate: born,
      managingOrganization,
    }),
  };
};

/** Every cuff that was worn or heard. */
export const cuffsOf = (told: Told): readonly CuffId[] => [
  ...new Set([
    ...(told.account.seat?.worn ?? []).map((w) => w.cuff),
    ...told.account.swaps.map((s) => s.from),
    ...told.signals.map((s) => s.cuff),
    ...told.account.inflations.map((i) => i.cuff),
    ...told.account.notes.map((n) => n.cuff),
    ...told.account.alarms.flatMap((a) => (a.cuff === null ? [] : [a.cuff])),
  ]),
];

export const devices = (told: Told): readonly Entry[] => [
  {
    fullUrl: told.gateway.reference,
    resource: tidy({
      resourceType: "Device",
      deviceName: [{ name: "Cuffwatch", type: "user-friendly-name" }],
      identifier: [{ value: told.exported.site }],
      type: coded("gateway"),
    }),
  },
  ...cuffsOf(told).flatMap((cuff) => [device(told, cuff), metric(told, cuff)]),
];

const device = (told: Told, cuff: CuffId): Entry => {
  const record = told.exported.cuffs.find((c) => c.cuff === cuff);
  const meta = told.account.cuffs.get(cuff);
  const width = record?.widthCm ?? null;
  return {
    fullUrl: told.cuff(cuff).reference,
    resource: tidy({
      resourceType: "Device",
      identifier: [{ value: cuff }],
      status: record?.retired === true ? "inactive" : "active",
      serialNumber: meta?.serial ?? record?.serial,
      modelNumber: meta?.model,
      version: meta?.fw === undefined ? [] : [{ value: meta.fw }],
      deviceName: [{ name: record?.name ?? cuff, type: "user-friendly-name" }],
      type: coded("cuff"),
      property:
        width === null ? [] : [{ type: { text: fhirWords.width }, valueQuantity: [quantity(width, "cm")] }],
      note: meta?.simulated === true ? [{ text: fhirWords.simulated }] : [],
    }),
  };
};

/** An ISO date as cuffs tell it; what is none is not made one. */
const isoDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;

const metric = (told: Told, cuff: CuffId): Entry => ({
  fullUrl: told.metric(cuff).reference,
  resource: tidy({
    resourceType: "DeviceMetric",
    identifier: [{ value: `${cuff} pressure` }],
    type: coded("cuff-pressure"),
    unit: { coding: [{ system: "http://unitsofmeasure.org", code: "mm[Hg]", display: "mmHg" }] },
    source: told.cuff(cuff),
    category: "measurement",
    calibration: [calibration(told, cuff)],
  }),
});

const calibration = (told: Told, cuff: CuffId): Fields => {
  const { madeAt, cuffs } = told.exported;
  const on = told.account.cuffs.get(cuff)?.calibrated;
  const due = cuffs.find((c) => c.cuff === cuff)?.calibrationDue ?? null;
  const time = on !== undefined && isoDate.test(on) ? Date.parse(on.slice(0, 10)) : NaN;
  const isKnown = !Number.isNaN(time);
  const isDue = due !== null && Date.parse(due) <= madeAt;
  return {
    type: "unspecified",
    state: isDue ? "calibration-required" : isKnown ? "calibrated" : "unspecified",
    time: isKnown ? new Date(time).toISOString() : undefined,
  };
};
