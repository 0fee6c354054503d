/**
 * Facts as earlier versions of this program wrote them, brought into the present form. A fact that is on record is never
 * rewritten: what it lacks is filled in where it is read.
 */
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { after, type Monotonic, seconds } from "../../shared/units.ts";

/** What was recorded, in the present form. Facts without alarms have not changed since the first version. */
export const inPresentForm = (fact: Fact): Fact => {
  switch (fact.kind) {
    case "alarm-raised":
      return { ...fact, occurrence: withWhatItLacked(fact.occurrence) };
    case "alarm-changed":
      return { ...fact, cause: fact.cause ?? null };
    case "alarm-acknowledged": {
      const { acknowledged } = fact;
      const until = acknowledged.until as Monotonic | undefined;
      // Until when it silenced depended on a priority that is not part of this fact: the shorter is the more cautious.
      return {
        ...fact,
        acknowledged: { ...acknowledged, until: until ?? after(acknowledged.at, seconds(30)) },
      };
    }
    default:
      return fact;
  }
};

const withWhatItLacked = (occurrence: Occurrence): Occurrence => ({
  ...{ patient: "", cause: null, remindedAt: null, supersededBy: null },
  ...{ roseAt: occurrence.raisedAt, waitingSince: occurrence.raisedAt },
  ...occurrence,
});
