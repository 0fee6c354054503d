/** Which limits the alarms of a recording were held to. */
import { type ChosenLimits, limitNames, type LimitName, type Limits, limitsOf } from "../alarm/limits.ts";
import type { Worn } from "../class/seat.ts";
import type { Fact } from "../session/fact.ts";
import { eachBesides, type Recorded } from "./recorded.ts";

/** Every value that a limit had, in the order in which they held: more than one where somebody changed it, or two plans differ. */
export type LimitsThen = Readonly<Record<LimitName, readonly number[]>>;

/** `recorded` is of one session: whoever else was in the room had plans of their own. */
export const limitsThen = (recorded: Recorded): LimitsThen => {
  const { roster, class: is } = recorded.start;
  let clinic = roster.limits;
  let plans: readonly ChosenLimits[] = [
    ...is.seats.flatMap((seat) => plansOf(seat.worn)),
    ...roster.stations.flatMap((s) => s.cuffs.map((c) => c.limits)),
  ];
  const held: Limits[] = [];
  const hold = (): void => {
    held.push(...plans.map((plan) => limitsOf(clinic, plan)));
  };
  const take = (fact: Fact): void => {
    switch (fact.kind) {
      case "roster":
        clinic = fact.roster.limits;
        if (fact.roster.stations !== "keep" && fact.roster.stations.length > 0)
          plans = fact.roster.stations.flatMap((s) => s.cuffs.map((c) => c.limits));
        break;
      case "patient-seated":
        plans = plansOf(fact.seat.worn);
        break;
      case "exercise-begun":
        plans = plansOf(fact.worn);
        break;
      default:
        return;
    }
    hold();
  };
  hold();
  for (const { fact } of eachBesides(recorded.lines)) take(fact);
  // With no plan known, all that is known is what the clinic held everybody to.
  if (held.length === 0) held.push(limitsOf(clinic));
  return Object.fromEntries(
    limitNames.map((name) => [name, [...new Set(held.map((limits) => limits[name]))]] as const),
  ) as Record<LimitName, readonly number[]>;
};

const plansOf = (worn: readonly Worn[]): readonly ChosenLimits[] =>
  worn.flatMap((w) => w.given.map((given) => given.limits));
