/** A recorded floor under other limits than it had: wherever a clinic's or a plan's choice stands, the other one is put. */
import { type ChosenLimits, limitsOf } from "../alarm/limits.ts";
import type { Seat, Worn } from "../class/seat.ts";
import { rebuilt, type State } from "../engine.ts";
import type { Assignment } from "../plan/roster.ts";
import { allCuffs } from "../session/cuffs.ts";
import type { Fact } from "../session/fact.ts";

/** What is chosen instead; what is not named stays as it was recorded. */
export type OtherLimits = Readonly<{
  clinic?: ChosenLimits;
  /** Of every plan. */
  plan?: ChosenLimits;
}>;

const isNothing = ({ clinic = {}, plan = {} }: OtherLimits): boolean =>
  Object.keys(clinic).length === 0 && Object.keys(plan).length === 0;

const held = <G extends Pick<Assignment, "limits">>(given: G, { plan = {} }: OtherLimits): G => ({
  ...given,
  limits: { ...given.limits, ...plan },
});

const wornWith = (worn: Worn, other: OtherLimits): Worn => {
  const [first, ...rest] = worn.given;
  return { ...worn, given: [held(first, other), ...rest.map((given) => held(given, other))] };
};

const seatWith = (seat: Seat, other: OtherLimits): Seat => ({
  ...seat,
  worn: seat.worn.map((worn) => wornWith(worn, other)),
});

/** A recorded fact as it would have been. */
export const factWith = (fact: Fact, other: OtherLimits): Fact => {
  if (isNothing(other)) return fact;
  switch (fact.kind) {
    case "patient-seated":
      return { ...fact, seat: seatWith(fact.seat, other) };
    case "exercise-begun":
      return { ...fact, worn: fact.worn.map((worn) => wornWith(worn, other)) };
    case "roster": {
      const { stations, limits } = fact.roster;
      const placed =
        stations === "keep"
          ? stations
          : stations.map((s) => ({ ...s, cuffs: s.cuffs.map((cuff) => held(cuff, other)) }));
      return {
        ...fact,
        roster: { ...fact.roster, stations: placed, limits: { ...limits, ...other.clinic } },
      };
    }
    default:
      return fact;
  }
};

/** The floor with which a recording begins, as it would have been; the alarms that were open then stay open. */
export const stateWith = (state: State, other: OtherLimits): State => {
  if (isNothing(other)) return state;
  const roster = {
    ...state.roster,
    limits: { ...state.roster.limits, ...other.clinic },
    stations: state.roster.stations.map((s) => ({ ...s, cuffs: s.cuffs.map((cuff) => held(cuff, other)) })),
  };
  const chosenFor = new Map(roster.stations.flatMap((s) => s.cuffs.map((c) => [c.cuff, c.limits] as const)));
  const next = {
    ...{ ...state, roster, limits: limitsOf(roster.limits) },
    class: { ...state.class, seats: state.class.seats.map((seat) => seatWith(seat, other)) },
  };
  return rebuilt(
    next,
    allCuffs(state.cuffs).map((c) => ({ ...c, limits: limitsOf(roster.limits, chosenFor.get(c.cuff)) })),
  );
};
