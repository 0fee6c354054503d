import { expect, test } from "vitest";
import { byStation } from "../../../client/review/stations.ts";

test("tiles of a class that is over stand in the order of its stations, and strangers last", () => {
  const slots = ["10", null, "2", "B", "1", "2"].map((station, key) => ({ key, station: { station } }));
  expect(byStation(slots).map(({ station }) => station.station)).toEqual(["1", "2", "2", "10", "B", null]);
  expect(byStation(slots).filter(({ station }) => station.station === "2")).toEqual([slots[2], slots[5]]);
});
