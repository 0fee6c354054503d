/** A class of the eight weeks, lived through from its start to its end: the log that a server would have stored. */
import { epoch } from "../../shared/ids.ts";
import type { Line } from "../../shared/recording/line.ts";
import { type Script, VirtualFloor } from "./floor.ts";
import type { ClassPlan } from "./plan.ts";
import { visit } from "./visit.ts";
import { watch } from "./watch.ts";

const s = 1000;

/** Every line of the class. The same plan gives the same lines. */
export const linesOf = (plan: ClassPlan, site: string): readonly Line[] => {
  const { startsAt, room, staff, seed } = plan;
  const floor = new VirtualFloor({ site, epoch: epoch(`demo-${plan.class}`), startsAt, room, staff, seed });
  const [first = ""] = staff;
  let left = plan.sessions.length;
  function* counted(script: Script): Script {
    yield* script;
    left -= 1;
  }
  function* lead(): Script {
    const by = { by: first, verified: true };
    yield 2 * s;
    floor.order({ ...by, kind: "start-class", class: plan.class, room, heard: true });
    floor.order({ ...by, kind: "take-duty" });
    yield () => left === 0;
    yield 30 * s;
    floor.order({ ...by, kind: "end-class" });
  }
  const visits = plan.sessions.map((session, i) =>
    counted(visit(floor, session, staff[i % staff.length] ?? first)),
  );
  floor.live([lead(), watch(floor, plan, () => left > 0), ...visits]);
  return floor.lines;
};
