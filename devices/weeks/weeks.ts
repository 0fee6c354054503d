/**
 * Eight weeks of a made-up clinic: who came when, with which load, how it felt, what was measured and written down. The loads follow the
 * plan's own rule; nobody here is a patient.
 */
import { classId } from "../../shared/ids.ts";
import { type WallTime, wallTime } from "../../shared/units.ts";
import { seedOf } from "../random.ts";
import type { SimulatedClass } from "../scenarios.ts";
import { attendance, classesPerWeek } from "./attendance.ts";
import { courseOf } from "./course.ts";
import { type Known, otherCuffs, peopleOf } from "./people.ts";
import type { ClassPlan, Document, Weeks } from "./plan.ts";

export type WeeksWanted = Readonly<{
  simulated: SimulatedClass;
  known: readonly Known[];
  /** When each class begins, three a week, in order. */
  times: readonly WallTime[];
  seed: number;
}>;

const dayMs = 24 * 3_600_000;

export const weeksOf = ({ simulated, known, times, seed }: WeeksWanted): Weeks => {
  const weeks = Math.ceil(times.length / classesPerWeek);
  const people = peopleOf(simulated, known, { weeks, seed });
  const staff = simulated.classFile.staff.map(({ name }) => name);
  const by = staff[0] ?? "";
  const coming = attendance(people, times.length, seed);
  const courses = people.map((person) => courseOf(person, coming, { times, by }));
  const sessions = courses.flatMap((course) => course.sessions);
  const room = simulated.classFile.room ?? "";
  const classes = times.flatMap((startsAt, index): ClassPlan[] => {
    const present = sessions.filter((one) => one.day === index).map((one) => one.plan);
    if (present.length === 0) return [];
    const own = { class: classId(`demo-${index + 1}`), room, startsAt, seed: seedOf(seed, 7000 + index) };
    return [{ ...own, staff, sessions: present }];
  });
  const firstAt = times[0] ?? wallTime(0);
  const cuffs = otherCuffs.map(({ cuff, name }): Document => {
    const body = { cuff, name };
    return { kind: "cuff", id: cuff, owner: null, by, at: wallTime(firstAt - 9 * dayMs), body };
  });
  return { classes, documents: [...cuffs, ...courses.flatMap((course) => course.documents)] };
};
