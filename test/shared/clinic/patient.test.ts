import { expect, test, vi } from "vitest";
import { shownName } from "../../../shared/clinic/patient.ts";

const named = (givenName: string, familyName: string) =>
  shownName({ givenName, familyName, stationOnly: false });

test.each([
  ["Maya", "Kovač", "Maya K."],
  ["Noor", "", "Noor"],
  ["अनिता", "क्षत्रिय", "अनिता क्ष."],
  ["Zoë", "É", "Zoë É."],
])("%s %s is shown as %s", (given, family, shown) => {
  expect(named(given, family)).toBe(shown);
});

test("whoever wants nothing of the name on a wall has none there", () => {
  expect(shownName({ givenName: "Maya", familyName: "Kovač", stationOnly: true })).toBe("");
});

test("an initial is cut alike on every machine, whatever language it speaks", () => {
  const cut = vi.spyOn(Intl, "Segmenter");
  named("Maya", "Kovač");
  expect(cut).toHaveBeenCalledExactlyOnceWith("und", { granularity: "grapheme" });
  cut.mockRestore();
});
