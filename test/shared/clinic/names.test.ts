/** What a name may be made of. */
import { expect, test } from "vitest";
import { personName } from "../../../shared/clinic/fields.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";

const taken = (name: string): boolean[] => [
  patientSchema.safeParse({ givenName: name }).success,
  patientSchema.safeParse({ givenName: "Maya", familyName: name }).success,
  personName.safeParse(name).success,
];

test.each(["\u200B\u200B", "\u202A\u2066", "\u202Eevil", "a\nb", "a\u2028b", "\u2066x\u2069"])(
  "%j is no name",
  (name) => {
    expect(taken(name)).toEqual([false, false, false]);
  },
);

test.each(["Žofie", "عائشة", "美咲", "O'Brien-Łukasz", "मीरा", "👩‍⚕️"])("%s is one", (name) => {
  expect(taken(name)).toEqual([true, true, true]);
});

test("notes may have several lines", () => {
  expect(patientSchema.safeParse({ givenName: "Maya", notes: "a\nb" }).success).toBe(true);
});
