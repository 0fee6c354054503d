import { expect, test } from "vitest";
import { alarmLog, floorOf, run } from "../support/floor.ts";
import { secondOf } from "./patient-hour.ts";
import { classOf } from "./plan.ts";

test("an hour of a made-up patient is six inflations that come and go without an alarm", () => {
  const inputs = Array.from({ length: 3600 }, (_, second) => secondOf(7, 1, second)).flat();
  const { facts } = run(inputs, floorOf(classOf(1)));
  expect(alarmLog(facts)).toEqual([]);
  expect(facts.filter((fact) => fact.kind === "samples")).toHaveLength(36_000);
  expect(facts.filter((fact) => fact.kind === "inflated")).toHaveLength(6);
  expect(facts.filter((fact) => fact.kind === "deflated")).toHaveLength(6);
});
