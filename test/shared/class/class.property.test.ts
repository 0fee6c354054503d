/** What must hold of a class whatever is ordered, in whatever order, and whatever its cuffs do meanwhile. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canBeSeenOff, notDown } from "../../../shared/class/confirmed-down.ts";
import { stationsOf } from "../../../shared/class/seat.ts";
import { gainsTarget } from "../../../shared/class/under-pressure.ts";
import { apply, type Input, type State, step } from "../../../shared/engine.ts";
import { cuffId, patientId, stationId } from "../../../shared/ids.ts";
import { allCuffs, cuffIn } from "../../../shared/session/cuffs.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import {
  check,
  emptyFloor,
  left,
  right,
  seat,
  session,
  start,
  type Wish,
  worn,
} from "../../support/class.ts";
import { at, heard, order, roster } from "../../support/floor.ts";
import { emptyRoster } from "../../../shared/plan/roster.ts";

const cuffs = ["cuff-1", "cuff-2", "cuff-3"] as const;
const someCuff = fc.constantFrom(...cuffs);
const somebody = fc.integer({ min: 1, max: 3 });
const seen: fc.Arbitrary<readonly string[]> = fc.constantFrom([], [...cuffs]);

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant(start),
  fc.constant<Wish>({ kind: "end-class" }),
  fc.boolean().map((canSend): Wish => ({ kind: "release-all", canSend })),
  fc.tuple(somebody, somebody, someCuff, fc.option(someCuff)).map(([n, place, one, two]): Wish => ({
    ...seat(n, [worn(one, left), ...(two === null ? [] : [worn(two, right)])]),
    ...{ station: stationId(String(place)), patient: patientId(`patient-${n}`) },
  })),
  somebody.map((n) => check(n)),
  somebody.map((n): Wish => ({ kind: "begin-set", session: session(n) })),
  somebody.map((n): Wish => ({ kind: "end-set", session: session(n), repetitions: 15 })),
  fc.tuple(somebody, fc.integer({ min: 0, max: 2 }), seen).map(([n, exercise, off]): Wish => ({
    ...{ kind: "begin-exercise", session: session(n), exercise },
    seenOff: off.map(cuffId),
  })),
  fc.tuple(somebody, someCuff, someCuff, seen).map(([n, from, to, off]): Wish => ({
    ...{ kind: "swap-cuff", session: session(n), from: cuffId(from), to: cuffId(to) },
    seenOff: off.map(cuffId),
  })),
  fc.tuple(somebody, seen).map(([n, off]): Wish => ({
    ...{ kind: "finish", session: session(n), outcome: "stopped-early", reason: "tired" },
    seenOff: off.map(cuffId),
  })),
);

type Event =
  | Readonly<{ is: "wish"; wish: Wish }>
  | Readonly<{ is: "cuff"; cuff: string; does: "up" | "idle" | "lies" }>
  | Readonly<{ is: "off"; cuff: string }>
  | Readonly<{ is: "wait"; seconds: number }>
  | Readonly<{ is: "roster"; keep: boolean }>;

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: wish.map((one): Event => ({ is: "wish", wish: one })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(someCuff, fc.constantFrom("up", "idle", "lies"))
      .map(([cuff, does]): Event => ({ is: "cuff", cuff, does })),
  },
  { weight: 1, arbitrary: someCuff.map((cuff): Event => ({ is: "off", cuff })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 400 }).map((s): Event => ({ is: "wait", seconds: s })) },
  { weight: 1, arbitrary: fc.boolean().map((keep): Event => ({ is: "roster", keep })) },
);

/** Inputs one after the other; a cuff does for four seconds what it does. */
const inputsOf = (events: readonly Event[]): readonly Input[] => {
  let second = 1;
  return events.flatMap((e): readonly Input[] => {
    const now = second;
    switch (e.is) {
      case "wish":
        return [{ kind: "order", at: at(now), order: { ...e.wish, by: "Aidan R.", verified: true } }];
      case "cuff": {
        second += 4;
        const stretch = { from: now, to: second, cuff: e.cuff };
        if (e.does === "up") return heard({ ...stretch, p: 150 });
        return heard({ ...stretch, p: 0, phase: e.does === "idle" ? "idle" : "occluded", tgt: 0 });
      }
      case "off":
        return [order(now, "cuff-off", e.cuff)];
      case "wait":
        second += e.seconds;
        return [{ kind: "tick", at: at(second) }];
      case "roster":
        return [
          { kind: "roster", at: at(now), roster: e.keep ? { ...emptyRoster, stations: "keep" } : roster() },
        ];
    }
  });
};

const classes = fc.array(event, { minLength: 10, maxLength: 60 }).map((events) => [
  // Half of all lives would be refused from beginning to end without a class.
  ...inputsOf([{ is: "wish", wish: start }, { is: "wish", wish: seat(1) }, ...events]),
]);

const ends = (fact: Fact): readonly string[] => {
  switch (fact.kind) {
    case "finished":
      return fact.seat.worn.map((w) => w.cuff);
    case "cuff-swapped":
      return [fact.from];
    case "exercise-begun":
      return fact.worn.map((w) => w.cuff);
    default:
      return [];
  }
};

/** Whether what goes on under pressure only gains a target by a fact. */
const onlyAims = (fact: Fact, { class: { seats } }: State): boolean => {
  if (fact.kind !== "exercise-begun") return false;
  const visit = seats.find((s) => s.visit.session === fact.session)?.visit;
  return gainsTarget(visit?.exercises[visit.exercise], visit?.exercises[fact.exercise]);
};

const seenOffIn = (fact: Fact): readonly string[] => {
  if (fact.kind === "cuff-swapped") return fact.seenOff ? [fact.from] : [];
  return fact.kind === "finished" || fact.kind === "exercise-begun" ? fact.seenOff : [];
};

describe("whatever is ordered", () => {
  test("no cuff is on two patients, no patient on two stations, no station has two, no limb wears two", () => {
    fc.assert(
      fc.property(classes, (inputs) => {
        let { state } = emptyFloor();
        for (const input of inputs) {
          state = step(state, input).state;
          const { seats } = state.class;
          const all = seats.flatMap((s) => s.worn.map((w) => w.cuff));
          expect(new Set(all).size).toBe(all.length);
          expect(new Set(seats.map((s) => s.station)).size).toBe(seats.length);
          const patients = seats.flatMap((s) => s.visit.patient ?? []);
          expect(new Set(patients).size).toBe(patients.length);
          for (const { worn: on } of seats)
            expect(new Set(on.map((w) => `${w.limb.side} ${w.limb.limb}`)).size).toBe(on.length);
          // A cuff that is up stays on its patient; every other one is where the class has it.
          for (const c of allCuffs(state.cuffs))
            if (c.occlusion === null) expect(c.station !== null).toBe(all.includes(c.cuff));
          if (state.class.running === null) expect(seats.filter((s) => s.visit.patient !== null)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("nothing ends while a cuff of it is up, nor unless a person has seen off what nobody can measure", () => {
    fc.assert(
      fc.property(classes, (inputs) => {
        let { state } = emptyFloor();
        for (const input of inputs) {
          const next = step(state, input);
          for (const fact of next.facts)
            for (const cuff of ends(fact)) {
              // What time alone brings about before the order is certain by then.
              const due = step(state, { kind: "tick", at: input.at }).state;
              const why = notDown(cuffIn(due.cuffs, cuffId(cuff)), fact.at);
              if (why === null) continue;
              if (onlyAims(fact, state) && !canBeSeenOff(why)) {
                const [was, is] = [due, next.state].map((s) => cuffIn(s.cuffs, cuffId(cuff)));
                expect(is?.occlusion?.since).toBe(was?.occlusion?.since);
                expect(is?.prescription?.limit).toBeLessThanOrEqual(was?.prescription?.limit ?? 0);
                continue;
              }
              expect(canBeSeenOff(why)).toBe(true);
              expect(seenOffIn(fact)).toContain(cuff);
            }
          state = next.state;
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the facts fold to the live class, and every cuff of it to its seat, at every moment", () => {
    fc.assert(
      fc.property(classes, (inputs) => {
        let live = emptyFloor().state;
        let folded = live;
        for (const input of inputs) {
          const next = step(live, input);
          live = next.state;
          folded = next.facts.reduce(apply, folded);
          expect(folded.class).toEqual(live.class);
          expect(folded.roster).toEqual(live.roster);
          expect(allCuffs(folded.cuffs)).toEqual(allCuffs(live.cuffs));
          expect(live.roster.stations).toEqual(stationsOf(live.class));
        }
      }),
      { numRuns: 40 },
    );
  });

  test("a refused order changes nothing", () => {
    fc.assert(
      fc.property(classes, (inputs) => {
        let { state } = emptyFloor();
        for (const input of inputs) {
          const next = step(state, input);
          if (next.refusal !== null)
            expect(next.state).toEqual(step(state, { kind: "tick", at: input.at }).state);
          state = next.state;
        }
      }),
      { numRuns: 40 },
    );
  });
});
