/** A floor as far as it is one patient's: nothing of anybody else is left in it, and their own tile and alarms are as they were. */
import { rebuilt, type State } from "../engine.ts";
import type { StationId } from "../ids.ts";
import { type CuffState, newCuff } from "../session/cuff-state.ts";
import { allCuffs } from "../session/cuffs.ts";
import type { Span } from "./span.ts";

export const restrictedTo = (state: State, span: Span): State => {
  const { session, patient } = span;
  const seats = state.class.seats.filter((seat) => seat.visit.session === session);
  const cuffs = new Set([
    ...span.worn.map((w) => w.cuff),
    ...seats.flatMap((s) => s.worn.map((w) => w.cuff)),
  ]);
  const { releasedAll } = state.class;
  const own = {
    ...state,
    roster: { ...state.roster, stations: state.roster.stations.filter((s) => isOwn(s, span)) },
    class: {
      ...state.class,
      seats,
      resting: state.class.resting.filter((r) => r.patient === patient),
      releasedAll:
        releasedAll === null
          ? null
          : { ...releasedAll, cuffs: releasedAll.cuffs.filter((cuff) => cuffs.has(cuff)) },
    },
  };
  const kept = allCuffs(state.cuffs)
    .filter((c) => cuffs.has(c.cuff))
    .map((c) => (c.station === null || isOwn(c, span) ? c : device(c)));
  return rebuilt(own, kept);
};

/** Whether something is of the patient at the place of this part of a class. */
export const isOwn = (
  one: Readonly<{ station: StationId | null; patient: string }>,
  { station, name }: Pick<Span, "station" | "name">,
): boolean => one.station === station && one.patient === name;

/** What is known of a cuff itself; whatever it measured and did was on somebody else. */
const device = (c: CuffState): CuffState => ({
  ...newCuff(c.cuff, c.limits),
  meta: c.meta,
  heardAt: c.heardAt,
  saysOnline: c.saysOnline,
  basic: c.basic,
  freshFor: c.freshFor,
  boots: c.boots,
  batteryPct: c.batteryPct,
  turns: c.turns,
  // Ids of occurrences go by these two.
  occlusions: c.occlusions,
  raised: c.raised,
});
