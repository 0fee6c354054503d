import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { step } from "../../../shared/engine.ts";
import type { ClassOrder } from "../../../shared/class/order.ts";
import { cuffId } from "../../../shared/ids.ts";
import type { CuffState } from "../../../shared/session/cuff-state.ts";
import { cuffIn } from "../../../shared/session/cuffs.ts";
import { doseAt, joined, restrictedAt } from "../../../shared/session/occlusion.ts";
import { millis, monotonic } from "../../../shared/units.ts";
import { emptyFloor, finish, left, programme, seat, session, start, worn } from "../../support/class.ts";
import { at, heard } from "../../support/floor.ts";

const plan = programme({
  exercises: [{ kind: "restricted", name: "A", plan: { targetPctLop: 60, sets: [5, 5], limitS: 240 } }],
});
const swap = {
  kind: "swap-cuff",
  session: session(1),
  from: cuffId("cuff-1"),
  to: cuffId("cuff-2"),
  seenOff: [],
} as const;
const reseat = [finish(1), { ...seat(1, [worn("cuff-2", left, plan)], plan), session: session(2) }] as const;
type Up = readonly [from: number, to: number];

/** The patient is down for cuff-1 and turns out to wear cuff-2: it takes its place at second 250. How cuff-2 was before and after. */
const mixedUp = (
  ups: Readonly<{ first: Up; second: readonly Up[] }>,
  orders: readonly Omit<ClassOrder, "by" | "verified">[],
): Readonly<{ before: CuffState; after: CuffState; at400: CuffState }> => {
  let state = emptyFloor().state;
  const take = (second: number, order: object): void => {
    const done = step(state, {
      ...{ kind: "order", at: at(second) },
      order: { ...(order as ClassOrder), by: "Aidan R.", verified: true },
    });
    expect(done.refusal).toBeNull();
    state = done.state;
  };
  const cuff2 = (): CuffState => {
    const c = cuffIn(state.cuffs, cuffId("cuff-2"));
    if (c === undefined) throw new Error("cuff-2 was never heard.");
    return c;
  };
  const isUp = (all: readonly Up[], s: number): boolean => all.some(([from, to]) => s >= from && s < to);
  const speak = (name: string, all: readonly Up[], s: number) =>
    heard({
      cuff: name,
      from: s,
      to: s + 1,
      p: isUp(all, s) ? 150 : 0,
      phase: isUp(all, s) ? "occluded" : "idle",
      occ: upFor(all, s),
    });
  const upFor = (all: readonly Up[], s: number): number =>
    s - (all.find(([from, to]) => s >= from && s < to)?.[0] ?? s);
  take(1, start);
  take(1, seat(1, [worn("cuff-1", left, plan)], plan));
  let [before, after] = [cuffIn(state.cuffs, cuffId("cuff-1")), cuffIn(state.cuffs, cuffId("cuff-1"))];
  for (let s = 2; s < 400; s++) {
    if (s === 250) {
      before = cuff2();
      for (const order of orders) take(249.9, order);
      after = cuff2();
    }
    for (const input of [...speak("cuff-1", [ups.first], s), ...speak("cuff-2", ups.second, s)])
      state = step(state, input).state;
  }
  if (before === undefined || after === undefined) throw new Error("There is no cuff.");
  return { before, after, at400: cuff2() };
};
const seconds = (ms: number): number => Math.round(ms / 1000);
const has = (c: CuffState, condition: string): boolean => c.alarms.some((o) => o.condition === condition);

describe.each([
  ["swapped in", [swap]],
  ["seated anew", reseat],
])("a cuff that was on nobody and is %s", (_, orders) => {
  test("goes on with its own running inflation, and overruns on time", () => {
    const { before, after, at400 } = mixedUp({ first: [225, 240], second: [[10, 400]] }, orders);
    const now = at(249.9);
    expect(doseAt(after, now)).toBeGreaterThanOrEqual(doseAt(before, now));
    expect(restrictedAt(after, now)).toBeGreaterThanOrEqual(restrictedAt(before, now));
    expect(seconds(doseAt(after, now))).toBe(240);
    expect(has(at400, "overrun")).toBe(true);
    expect(at400.occlusion?.number).toBe(at400.occlusions);
  });

  test("keeps what it has counted before it was down, beside what the other one has", () => {
    const { after, at400 } = mixedUp(
      {
        first: [225, 240],
        second: [
          [10, 210],
          [262, 400],
        ],
      },
      orders,
    );
    expect(seconds(doseAt(after, at(249.9)))).toBe(215);
    expect(has(at400, "overrun")).toBe(true);
  });
});

describe("the doses of two cuffs on one limb", () => {
  const second = fc.integer({ min: 0, max: 600 });
  const stretch = fc.tuple(second, second).map(([a, b]): Up => [Math.min(a, b), Math.max(a, b)]);
  const covers = (ups: readonly Up[], now: number): number => {
    let counted = 0;
    for (let s = 0; s < now; s++) if (ups.some(([from, to]) => s >= from && s < to)) counted++;
    return counted;
  };

  test("are the time for which either was up, and no clock of a running inflation goes back", () => {
    const now = 700;
    fc.assert(
      fc.property(stretch, stretch, second, fc.boolean(), (one, other, since, runs) => {
        const own = {
          // No pause is long enough to be forgotten here.
          prescription: null,
          occlusion: runs ? { since: at(Math.max(since, one[1])) } : null,
          dose: { closed: millis((one[1] - one[0]) * 1000), upTo: at(one[1]) },
          restricted: millis((one[1] - one[0]) * 1000),
        };
        const theirs = { closed: millis((other[1] - other[0]) * 1000), upTo: at(other[1]) };
        const { dose, overlap, covered } = joined(own, theirs);
        const was = doseAt(own, at(now));
        const is = doseAt({ ...own, dose }, at(now));
        expect(is).toBeGreaterThanOrEqual(runs ? was : 0);
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(covered).toBeGreaterThanOrEqual(0);
        const all: Up[] = [one, other, ...(runs ? [[Math.max(since, one[1]), now] as const] : [])];
        const restricted = own.restricted + theirs.closed - overlap + covered;
        const total = restrictedAt({ ...own, dose, restricted: millis(restricted) }, at(now));
        expect(seconds(total)).toBe(covers(all, now));
      }),
      { numRuns: 300 },
    );
  });

  test("nothing comes of a limb that has never been restricted", () => {
    const none = { closed: millis(0), upTo: null };
    const own = { prescription: null, occlusion: { since: monotonic(5) }, dose: none, restricted: millis(0) };
    expect(joined(own, none).dose).toEqual(none);
  });
});
