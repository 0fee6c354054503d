/** `engine`: how much of a class the engine judges on one core, in process, message by message as the server does. */
import { newState, nextDeadline, type State, step } from "../../shared/engine.ts";
import { siteId } from "../../shared/ids.ts";
import { parseRoster } from "../../shared/plan/roster.ts";
import { monotonic } from "../../shared/units.ts";
import type { Figure } from "./figure.ts";
import { hz, secondOf } from "./patient-hour.ts";
import { classOf } from "./plan.ts";
import { median } from "./statistics.ts";

export const bench = "engine";

const seed = 7;
const patients = 12;
const sessionSeconds = 3600;

/** Judges an hour of a class `rounds` times; `note` is told how far it is. */
export const engine = (rounds: number, note: (line: string) => void): readonly Figure[] => {
  const stepsPerSecond = Array.from({ length: rounds }, (_, round) => {
    const speed = judgeAnHour();
    note(`round ${round + 1} of ${rounds}: ${Math.round(speed)} steps a second`);
    return speed;
  });
  const steps = median(stepsPerSecond);
  const under = { patients, hz };
  return [
    { bench, figure: "steps", value: steps, unit: "1/s", with: under },
    {
      bench,
      figure: "patient-hours",
      value: (60 * steps) / (sessionSeconds * hz),
      unit: "h/min",
      with: under,
    },
  ];
};

/** Processor time of this thread in ms: what others do on the machine does not count. */
const threadTime = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Steps a second of processor time; making up the messages is not counted. */
const judgeAnHour = (): number => {
  const roster = parseRoster(classOf(patients));
  if (!roster.ok) throw new Error(`The bench's own class is wrong: ${JSON.stringify(roster.issues)}`);
  const seated = { kind: "roster", at: monotonic(0), roster: roster.roster } as const;
  let state: State = step(newState(siteId("main")), seated).state;
  let took = 0;
  let steps = 0;
  for (let second = 0; second < sessionSeconds; second++) {
    const inputs = secondOf(seed, patients, second);
    const began = threadTime();
    for (const input of inputs) {
      state = step(state, input).state;
      // The server arms its timer after each step.
      nextDeadline(state);
    }
    took += threadTime() - began;
    steps += inputs.length;
  }
  return (1000 * steps) / took;
};
