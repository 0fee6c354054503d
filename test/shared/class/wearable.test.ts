import { expect, test } from "vitest";
import { wearable } from "../../../shared/class/wearable.ts";
import type { HeardCuff, LiveCuff } from "../../../shared/clinic/cuff-live.ts";

const heard = (cuff: string, changes: Partial<HeardCuff> = {}): HeardCuff => ({
  ...{ cuff, quality: "full", heardAgoMs: 40, fresh: true, online: true, pressureMmhg: 1, batteryPct: 80 },
  ...{ model: null, serial: null, fw: null, hz: 20, regulated: true, calibrated: null, simulated: false },
  canIdentify: true,
  ...changes,
});
const own = (cuff: string, changes: Partial<LiveCuff> = {}): LiveCuff => ({
  ...heard(cuff),
  ...{
    id: cuff,
    name: cuff,
    widthCm: 11,
    retired: false,
    seat: null,
    inflated: false,
    paired: null,
    lastLop: null,
  },
  ...changes,
});
const names = (live: Parameters<typeof wearable>[0], worn: string[] = []) =>
  wearable(live, worn).map((c) => c.name);

test("cuffs are offered by the name on their label, in order, and those that nobody registered after them", () => {
  const labelled = { a: "Blue 10", b: "Blue 9", c: "c" };
  const cuffs = Object.entries(labelled).map(([cuff, name]) => own(cuff, { name }));
  const live = { cuffs, strangers: [heard("new-1")] };
  expect(names(live)).toEqual(["Blue 9", "Blue 10", "c", "new-1"]);
});

test("what is silent, retired or on somebody is not offered", () => {
  const live = {
    cuffs: [
      own("silent", { fresh: false }),
      own("old", { retired: true }),
      own("seated", { seat: { station: "1", patient: "Maya K." } }),
      own("worn"),
    ],
    strangers: [heard("quiet", { fresh: false }), heard("by-file")],
  };
  expect(names(live, ["worn", "by-file"])).toEqual([]);
});

test("a cuff that is up already can be chosen, and is said to be: whoever wears it was not seated yet", () => {
  const live = { cuffs: [own("a"), own("b", { inflated: true, pressureMmhg: 120 })], strangers: [] };
  expect(wearable(live, []).map((c) => [c.cuff, c.up])).toEqual([
    ["a", false],
    ["b", true],
  ]);
});
