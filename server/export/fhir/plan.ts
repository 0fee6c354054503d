/** The plan as it was when the patient was seated: its exercises, and what each limb was to be held to in each. */
import type { Worn } from "../../../shared/class/seat.ts";
import type { VisitExercise } from "../../../shared/class/visit.ts";
import { fhirWords } from "../../../shared/view/report-words.ts";
import { limbText } from "../../../shared/view/limb-words.ts";
import { coded } from "./codes.ts";
import { type Entry, type Fields, quantity, referTo, tidy } from "./resource.ts";
import type { Told } from "./told.ts";

export const plan = (told: Told): readonly Entry[] => {
  const { seat, finished } = told.account;
  if (seat === null) return [];
  const { visit, worn } = seat;
  const goals = visit.exercises.map((exercise, n) =>
    exercise.kind === "free" ? [] : worn.map((w) => goal(told, exercise, w, n)),
  );
  const explanation = told.exported.patient?.body.explanation.text;
  const carePlan: Entry = {
    fullUrl: told.carePlan.reference,
    resource: tidy({
      resourceType: "CarePlan",
      status: finished === null ? "active" : finished.outcome === "completed" ? "completed" : "revoked",
      intent: "plan",
      title: visit.programme,
      description: explanation,
      subject: told.patient,
      period: {
        start: told.when(visit.seatedAt),
        end: finished === null ? undefined : told.when(finished.at),
      },
      goal: goals.flat().map(referTo),
      activity: visit.exercises.map((exercise, n) => ({
        detail: {
          status: activityStatus(told, n),
          doNotPerform: false,
          goal: (goals[n] ?? []).map(referTo),
          description: describe(exercise),
        },
      })),
    }),
  };
  return [carePlan, ...goals.flat()];
};

/** "Leg press: 30-15-15-15 repetitions, 20 kg, 30 % of 1RM. Slow down." */
const describe = ({
  kind,
  name,
  sets,
  rounds,
  durationS,
  loadKg,
  pctOneRm,
  instructions,
}: VisitExercise): string => {
  const parts = [
    fhirWords.setsOf(sets, rounds, durationS),
    fhirWords.load(loadKg, pctOneRm),
    kind === "free" ? fhirWords.withoutCuff.toLowerCase() : "",
  ].filter((part) => part !== "");
  return `${name}: ${parts.join(", ")}. ${instructions}`.trim();
};

const activityStatus = ({ account }: Told, exercise: number): string => {
  const planned = account.seat?.visit.exercises[exercise]?.rounds ?? 0;
  const done = account.sets.filter((s) => s.exercise === exercise && s.to !== null).length;
  if (done >= planned) return "completed";
  if (account.finished === null) return done > 0 ? "in-progress" : "not-started";
  return done > 0 ? "stopped" : "not-started";
};

const goal = (told: Told, { name }: VisitExercise, { limb, given }: Worn, n: number): Entry => {
  const { target, pctLop, lop, limit, reperfusion } = (given[n] ?? given[0]).prescription;
  const reckoned =
    target === null || pctLop === null || lop === null ? [] : [fhirWords.percentOf(pctLop, lop, target)];
  const targets: readonly Fields[] = [
    ...(target === null
      ? []
      : [{ measure: coded("target-pressure"), detailQuantity: quantity(target, "mmHg") }]),
    { measure: coded("restriction-limit"), detailQuantity: quantity(limit / 1000, "s") },
  ];
  return {
    fullUrl: told.address("goal", n, limb.limb, limb.side),
    resource: tidy({
      resourceType: "Goal",
      lifecycleStatus: told.account.finished === null ? "active" : "completed",
      description: {
        text: [`${name}, ${limbText(limb)}`, ...reckoned, fhirWords.reperfuse(reperfusion / 1000)].join(", "),
      },
      subject: told.patient,
      target: targets,
    }),
  };
};
