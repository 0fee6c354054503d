/** The weeks as the server gets them: figures that fit what is published of each cuff, and bytes that are the same each time. */
import { describe, expect, test } from "vitest";
import { cuffModels, type CuffModelName } from "../../../devices/physics/model.ts";
import { parcelOf } from "../../../devices/weeks/parcels.ts";
import { wallTime } from "../../../shared/units.ts";
import { demoWeeks, sessionsOf } from "../../support/weeks.ts";

const weeks = demoWeeks();
const now = wallTime(Date.UTC(2026, 5, 29, 9));

/** The first session of a knee on this model in which nothing goes wrong. */
const withModel = (model: CuffModelName) => {
  const found = sessionsOf(weeks).find(
    ({ session }) =>
      session.trouble === null &&
      session.programme.name.includes("Giles") &&
      session.cuffs.every((c) => c.model.name === cuffModels[model].name),
  );
  if (found === undefined) throw new Error(`Nobody wears ${model}.`);
  return { plan: { ...found.class, sessions: [found.session] }, session: found.session };
};

/** Share of the time near the target in per cent, while working and at rest: one person, so wider than what is published of many. */
const near = {
  delfi: { working: [88, 100], resting: [97, 100] },
  saga: { working: [5, 50], resting: [0, 30] },
  smartcuffs: { working: [5, 55], resting: [0, 30] },
  suji: { working: [10, 60], resting: [0, 30] },
} as const satisfies Record<CuffModelName, unknown>;

describe.each(Object.keys(near) as CuffModelName[])("a session on %s", (model) => {
  const { plan, session } = withModel(model);
  const parcel = parcelOf(plan, "main", now);
  const figures = parcel.figures[session.session];

  test("is near its target for about as long as is published of such cuffs", () => {
    const [limb] = figures?.limbs ?? [];
    const share = ({ inMs, ofMs }: Readonly<{ inMs: number; ofMs: number }>): number => (100 * inMs) / ofMs;
    const nothing = { inMs: 0, ofMs: 1 };
    const [working, resting] = [share(limb?.exercising ?? nothing), share(limb?.resting ?? nothing)];
    expect(working).toBeGreaterThanOrEqual(near[model].working[0]);
    expect(working).toBeLessThanOrEqual(near[model].working[1]);
    expect(resting).toBeGreaterThanOrEqual(near[model].resting[0]);
    expect(resting).toBeLessThanOrEqual(near[model].resting[1]);
  });
  test("has all its readings, and few alarms, none of them grave", () => {
    expect(figures?.limbs[0]?.missingMs).toBe(0);
    expect(figures?.limbs[0]?.inflations).toBe(2);
    expect(figures?.alarms.length).toBeLessThanOrEqual(4);
    expect(figures?.alarms.every(({ priority }) => priority === "low")).toBe(true);
  });
  test("tells of the loads, the pain and the exertion of that day", () => {
    expect(figures?.pain).toBe(Math.max(...Object.values(session.pain)));
    expect(figures?.exertion).toBe(session.exertion);
    const loads = session.body.exercises.map(({ loadKg }) => loadKg);
    expect(figures?.exercises.map(({ loadKg }) => loadKg)).toEqual(loads);
  });
});

test("the same plan gives the same bytes", () => {
  const { plan } = withModel("delfi");
  expect(parcelOf(plan, "main", now)).toEqual(parcelOf(plan, "main", now));
});
