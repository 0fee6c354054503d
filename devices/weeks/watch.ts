/** Who answers the alarms of a class: somebody sees one, says that they are going, and goes. */
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import type { AlarmId } from "../../shared/ids.ts";
import { randomFrom, seedOf } from "../random.ts";
import type { Script, VirtualFloor } from "./floor.ts";
import type { ClassPlan } from "./plan.ts";

const s = 1000;
/** A tablet is looked at as often as this. */
const lookEveryMs = 400;
/** From "I'm going" to standing there. */
const walkMs = 8 * s;

/** Answers for as long as `goesOn`; the staff take turns. */
export function* watch(floor: VirtualFloor, plan: ClassPlan, goesOn: () => boolean): Script {
  const random = randomFrom(seedOf(plan.seed, 3));
  const answersAt = new Map<AlarmId, number>();
  while (goesOn()) {
    yield lookEveryMs;
    for (const alarm of floor.alarms) {
      if (!isWaiting(alarm, floor.nowMs)) continue;
      const due = answersAt.get(alarm.id);
      if (due === undefined) answersAt.set(alarm.id, floor.nowMs + late(plan, alarm, random.between(0, 1)));
      else if (floor.nowMs >= due) {
        answersAt.delete(alarm.id);
        const by = plan.staff[random.whole(0, plan.staff.length - 1)] ?? "";
        floor.order({ kind: "acknowledge", alarm: alarm.id, by, verified: true });
        if (alarm.condition === "overrun") yield* letDown(floor, alarm, by);
      }
    }
  }
}

/** Whether nobody is going there now. */
const isWaiting = ({ acknowledged }: Occurrence, nowMs: number): boolean =>
  acknowledged === null || nowMs >= acknowledged.until;

/** How long it takes until somebody answers, in ms. */
const late = (plan: ClassPlan, { cuff, condition, priority }: Occurrence, chance: number): number => {
  const trouble = plan.sessions.find((one) => one.cuffs.some((c) => c.worn.cuff === cuff))?.trouble;
  if (condition === "overrun" && trouble?.kind === "stays-up") return trouble.answeredAfterMs;
  switch (priority) {
    case "high":
      return 3 * s + 5 * s * chance;
    case "medium":
      return 6 * s + 14 * s * chance;
    case "low":
      return 12 * s + 40 * s * chance;
  }
};

function* letDown(floor: VirtualFloor, { cuff }: Occurrence, by: string): Script {
  if (cuff === null) return;
  yield walkMs;
  if ((floor.known(cuff)?.occlusion ?? null) === null) return;
  const takesIt = floor.cuff(cuff).spec.model.caps.includes("release");
  floor.order({ kind: takesIt ? "release" : "cuff-off", cuff, by, verified: true });
  floor.letDown(cuff);
}
