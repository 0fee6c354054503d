/** The records and the class in one running server: what is written in the one holds in the other at once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { pageOf } from "../../../shared/clinic/api.ts";
import type { ClassFile } from "../../../shared/plan/roster.ts";
import { administrator } from "../../support/let-in.ts";
import { connectClient } from "../../support/mqtt-client.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

const file: ClassFile = {
  version: 1,
  staff: [{ id: "aidan", name: "Aidan" }],
  plans: [{ id: "p", name: "Press", targetPctLop: 60, durationS: 300 }],
  stations: [
    { station: "1", patient: "Andrew", plan: "p", cuffs: [{ cuff: "c1", limb: "thigh", side: "left" }] },
  ],
  basicCuffs: [{ cuff: "c1", topic: "esp/pressure", intervalMs: 500 }],
};

let server: TestServer;
let admin: Visitor;
beforeAll(async () => {
  server = await startServer(null);
  admin = await administrator(server);
});
afterAll(() => server.remove());

const live = z.object({
  cuffs: z.array(z.object({ cuff: z.string(), pressureMmhg: z.number().nullable() })),
});
/** Says a pressure on a topic until the server has it of the cuff. */
const measured = async (topic: string, mmhg: number): Promise<void> => {
  const sensor = await connectClient(server.mqttPort);
  for (let said = 0; ; said += 1) {
    await sensor.mqtt.publishAsync(topic, String(mmhg), { qos: 1 });
    const { cuffs } = live.parse((await admin.ask("GET", "/api/cuffs/live")).body);
    if (cuffs.some((c) => c.cuff === "c1" && c.pressureMmhg === mmhg)) break;
    expect(said, JSON.stringify(cuffs)).toBeLessThan(100);
  }
  await sensor.end();
};

test("a class file that is imported while the server runs brings people who can answer and cuffs that are heard", async () => {
  const imported = await admin.ask("POST", "/api/import/class-file", file);
  expect(imported.status, JSON.stringify(imported.body)).toBe(200);
  const staff = await admin.ask("GET", "/api/staff");
  expect(JSON.stringify(staff.body)).toContain("Aidan");
  await measured("esp/pressure", 7);
});

test("a basic cuff that is mapped anew on the screen is heard at its new topic at once", async () => {
  const page = pageOf(
    z.object({ id: z.string(), version: z.number(), body: z.looseObject({ basic: z.looseObject({}) }) }),
  );
  const [entry] = page.parse((await admin.ask("GET", "/api/cuffs")).body).entries;
  const body = { ...entry?.body, basic: { ...entry?.body.basic, topic: "esp/other" } };
  const seen = { "if-match": `"${entry?.version ?? 0}"` };
  const changed = await admin.ask("PUT", `/api/cuffs/${entry?.id ?? ""}`, body, seen);
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  await measured("esp/other", 9);
});
