import { describe, expect, test } from "vitest";
import { type Asked, createPairings, type Pairing } from "../../../server/auth/pairings.ts";
import { after, minutes, monotonic, seconds } from "../../../shared/units.ts";

const now = monotonic(0);
const asked = (answer: Asked): Readonly<{ token: string; pairing: Pairing }> =>
  answer.ok ? answer : expect.fail("It should have been given a code.");

describe("a screen that asks to be let in", () => {
  test("shows six letters of which none looks like another", () => {
    const pairings = createPairings();
    const codes = Array.from(
      { length: 40 },
      (_, i) => asked(pairings.ask(null, `10.0.0.${i}`, now)).pairing.code,
    );
    for (const code of codes) expect(code).toMatch(/^[ACDEFHJKMNPRTWXY3479]{6}$/);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("is let in once, whoever types the code however", () => {
    const pairings = createPairings();
    const { token, pairing } = asked(pairings.ask(null, "10.0.0.1", now));
    expect(pairings.collect(token, now)).toEqual({ state: "waiting" });
    const { code } = pairing;
    const typed = ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `;
    const waiting = pairings.waiting(typed, now) ?? expect.fail();
    pairings.confirm(waiting, "device token");
    expect(pairings.waiting(code, now)).toBeNull();
    expect(pairings.collect("another", now)).toEqual({ state: "expired" });
    expect(pairings.collect(token, now)).toEqual({ state: "paired", deviceToken: "device token" });
    expect(pairings.collect(token, now)).toEqual({ state: "expired" });
  });

  test("shows the same code again after a reload, and another after ten minutes", () => {
    const pairings = createPairings();
    const { token, pairing } = asked(pairings.ask(null, "10.0.0.1", now));
    const again = asked(pairings.ask(token, "10.0.0.1", after(now, seconds(599))));
    expect([again.token, again.pairing.code]).toEqual([token, pairing.code]);
    const late = after(now, minutes(10));
    expect(pairings.waiting(pairing.code, late)).toBeNull();
    expect(pairings.collect(token, late)).toEqual({ state: "expired" });
    expect(asked(pairings.ask(token, "10.0.0.1", late)).token).not.toBe(token);
  });

  test("is one of a few at once, from one address and at all", () => {
    const pairings = createPairings();
    const from = (address: string): boolean => pairings.ask(null, address, now).ok;
    const one = Array.from({ length: 8 }, () => from("10.0.0.1"));
    expect(one.filter(Boolean)).toHaveLength(5);
    const all = Array.from({ length: 60 }, (_, i) => from(`10.0.1.${i}`));
    expect(all.filter(Boolean)).toHaveLength(45);
    expect(pairings.ask(null, "10.0.0.1", after(now, minutes(10))).ok).toBe(true);
  });
});
