/** The clinic's records for a stage: as much of the API as the floor asks for, answered from made-up patients and cuffs. */
import { Router } from "express";
import { z } from "zod";
import type { CuffsLive, LiveCuff } from "../../shared/clinic/cuff-live.ts";
import type { Me } from "../../shared/clinic/api.ts";

export type Desk = {
  who: Me["who"];
  cuffs: readonly Readonly<{ cuff: string; name: string; basic?: boolean }>[];
  obstacles: readonly unknown[];
};

export const physiotherapist: Me["who"] = {
  kind: "staff",
  staff: "aidan",
  name: "Aidan R.",
  roles: ["physiotherapist"],
};
export const assistant: Me["who"] = { kind: "staff", staff: "tom", name: "Tom S.", roles: ["assistant"] };
export const lockedTablet: Me["who"] = { kind: "tablet", device: "tablet-1" };

const day = 86_400_000;
const entry = (id: string, body: unknown): unknown => ({
  id,
  version: 1,
  at: Date.now(),
  by: "Aidan R.",
  body,
});
const page = (entries: readonly unknown[]): unknown => ({ entries, next: null });

const patients = [
  entry("p1", {
    ...{ givenName: "Jessica", familyName: "Romero", number: "1042", born: "1991-04-02" },
    condition: "Patellofemoral pain, left",
  }),
  entry("p2", { givenName: "Andrew", familyName: "Brandt", number: "1043", condition: "ACL reconstruction" }),
];
const programme = {
  name: "Patellofemoral pain (Giles 2017)",
  source: "Giles 2017",
  cuffs: [{ limb: "thigh", side: "left" }],
  cuffWidthCm: 11,
  posture: "seated",
  exercises: [
    { kind: "restricted", name: "Leg press", plan: { targetPctLop: 60, sets: [30, 15, 15, 15] } },
    { kind: "free", name: "Side-lying hip abduction", sets: [12, 12] },
  ],
};

/** A desk whose answers a test can change. */
export const deskOf = (who: Me["who"]): Desk => ({
  who,
  obstacles: [],
  cuffs: [
    { cuff: "cuff-21", name: "Blue 21" },
    { cuff: "cuff-22", name: "Blue 22" },
    { cuff: "valve-3", name: "Hand pump 3", basic: true },
  ],
});

/** Answers as the clinic's server would. */
export const deskApi = (desk: Desk): Router => {
  const app = Router();
  app.get("/api/me", (_, response) => {
    response.json({
      who: desk.who,
      setUp: true,
      demo: false,
      simulated: false,
      unencrypted: false,
    } satisfies Me);
  });
  app.get("/api/settings", (_, response) => {
    response.json({ rooms: ["Gym 1", "Studio"], reviewLopAfterDays: 28 });
  });
  app.get("/api/patients", (request, response) => {
    const { text } = z.object({ text: z.string().toLowerCase().default("") }).parse(request.query);
    response.json(page(patients.filter((p) => JSON.stringify(p).toLowerCase().includes(text))));
  });
  app.get("/api/programmes", (request, response) => {
    response.json(page(request.query["owner"] === "p1" ? [entry("plan-1", programme)] : []));
  });
  app.get("/api/patients/:id/lop", (_, response) => {
    const measured = { method: "cuff", cuffWidthCm: 11, posture: "supine", at: Date.now() - 40 * day };
    response.json(page([entry("lop-1", { limb: "thigh", side: "left", mmhg: 200, ...measured })]));
  });
  app.get("/api/patients/:id/readiness", (_, response) => {
    response.json({ obstacles: desk.obstacles });
  });
  app.get("/api/cuffs/live", (_, response) => {
    response.json({
      site: "main",
      broker: { kind: "embedded", up: true, detail: "", addresses: [], strangersMayIn: true },
      cuffs: desk.cuffs.map((c, i) => liveCuff(c, 80 - 30 * i)),
      strangers: [],
      turnedAway: [],
    } satisfies CuffsLive);
  });
  return app;
};

const liveCuff = ({ cuff, name, basic = false }: Desk["cuffs"][number], batteryPct: number): LiveCuff => ({
  ...{ id: cuff, name, widthCm: 11, retired: false },
  ...{ cuff, quality: basic ? "basic" : "full", heardAgoMs: 40, fresh: true, online: true },
  ...{ pressureMmhg: 1, batteryPct, model: null, serial: null, fw: null, hz: 20, regulated: !basic },
  ...{ calibrated: null, simulated: false, canIdentify: !basic, seat: null, inflated: false },
  ...{ paired: null, lastLop: null },
});
