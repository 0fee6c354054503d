import { expect, test } from "vitest";
import { scenarios, usualRates } from "../../devices/scenarios.ts";
import { prepareDemoPatients } from "../../server/demo-patients.ts";
import { importClass } from "../../server/import-class.ts";
import { patientKind } from "../../server/records/kinds.ts";
import { collection, everyOne } from "../../server/register/collection.ts";
import { obstacles } from "../../shared/clinic/readiness.ts";
import { patientSchema } from "../../shared/clinic/patient.ts";
import { parseRoster } from "../../shared/plan/roster.ts";
import { wallTime } from "../../shared/units.ts";
import { startApi } from "../support/api.ts";
import { valueOf } from "./store/contract.ts";

test("nothing stands in the way of a demonstration's patients, and nobody else is touched", async () => {
  const api = await startApi(() => []);
  try {
    const simulated = scenarios["demo"]?.build({ patients: 3, seed: 7, ...usualRates });
    const parsed = parseRoster(JSON.parse(JSON.stringify(simulated?.classFile)));
    if (!parsed.ok) throw new Error("the class file is wrong");
    const at = wallTime(1_000_000);
    const patients = collection(api.register, patientKind);
    const before = patientSchema.parse({ givenName: "Emma" });
    await patients.write([patients.change("emma", before, null, { by: "Aidan", at })]);

    const imported = await importClass(api.register, parsed.file, at);
    if (!imported.ok) throw new Error(imported.detail);
    valueOf(await prepareDemoPatients(api.register, imported.imported.made, { by: "Priya", at }));

    const all = valueOf(await everyOne(patients));
    expect(all.find(({ id }) => id === "emma")?.body).toEqual(before);
    const others = all.filter(({ id }) => id !== "emma").map(({ body }) => body);
    expect(others.map(({ number }) => number).toSorted()).toEqual(["D-001", "D-002", "D-003"]);
    for (const patient of others) expect(obstacles({ patient, followUps: [], now: at })).toEqual([]);

    // The next start with the same file brings nobody, and changes nothing.
    const again = await importClass(api.register, parsed.file, at);
    if (!again.ok) throw new Error(again.detail);
    valueOf(await prepareDemoPatients(api.register, again.imported.made, { by: "Priya", at }));
    expect(valueOf(await everyOne(patients))).toEqual(all);
  } finally {
    await api.end();
  }
});
