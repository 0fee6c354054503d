/** Made-up cuffs for the engine's bench: sessions of inflations, exercise and pauses, the same for the same seed. */
import { noiseAt, seedOf } from "../../devices/random.ts";
import type { DataMessage } from "../../shared/cuff/message.ts";
import type { Input } from "../../shared/engine.ts";
import { cuffId } from "../../shared/ids.ts";
import { monotonic } from "../../shared/units.ts";
import { cuffName, targetMmhg } from "./plan.ts";

/** Messages a second, one sample each. */
export const hz = 10;
const dt = 1000 / hz;

/** Ten minutes: down, up in 5 s, five and a half minutes of work and rest, down in 3 s, reperfusion. In seconds. */
const course = { whole: 600, inflate: 60, occluded: 65, release: 395, down: 398 } as const;
const restMmhg = 3;
/** A repetition takes 4 s; 30 s of rest follow 60 s of work. */
const work = { repetition: 4, swing: 8, set: 90, working: 60 } as const;

type Moment = Readonly<{ mmhg: number; phase: DataMessage["st"]["phase"]; occluded: number; set: number }>;

const momentAt = (second: number): Moment => {
  const t = second % course.whole;
  if (t < course.inflate || t >= course.down) return { mmhg: restMmhg, phase: "idle", occluded: 0, set: 0 };
  const occluded = t - course.inflate;
  if (t < course.occluded)
    return {
      mmhg: (targetMmhg * occluded) / (course.occluded - course.inflate),
      phase: "inflating",
      occluded,
      set: 0,
    };
  if (t >= course.release)
    return {
      ...{ phase: "releasing", occluded, set: 0 },
      mmhg: Math.max(restMmhg, (targetMmhg * (course.down - t)) / (course.down - course.release)),
    };
  const held = t - course.occluded;
  const swing =
    held % work.set < work.working ? work.swing * Math.sin((2 * Math.PI * held) / work.repetition) : 0;
  return { mmhg: targetMmhg + swing, phase: "occluded", occluded, set: 1 + Math.floor(held / work.set) };
};

/** What `patients` cuffs say in one second of their session, in the order in which it arrives. */
export const secondOf = (seed: number, patients: number, second: number): Input[] =>
  Array.from({ length: hz * patients }, (_, k): Input => {
    const place = k % patients;
    const n = second * hz + Math.floor(k / patients);
    // Each patient is at another point of the course, so that no two are inflated at the same moment.
    const own = n / hz + (course.whole * place) / patients;
    const moment = momentAt(own);
    const noise = noiseAt(seedOf(seed, place), n);
    return {
      kind: "data",
      at: monotonic(1000 + n * dt + (dt * place) / patients),
      cuff: cuffId(cuffName(place)),
      message: {
        ...{ v: 1, boot: "b0", seq: n, m0: n * dt, dt, p: [Math.round(10 * (moment.mmhg + noise))] },
        st: {
          phase: moment.phase,
          tgt: moment.phase === "idle" ? 0 : 10 * targetMmhg,
          occMs: Math.round(1000 * moment.occluded),
          ep: Math.floor(own / course.whole),
          set: moment.set,
        },
      },
    };
  });
