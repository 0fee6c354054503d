/**
 * A class as it is recorded: simulated cuffs that breathe, work and rest, their messages on the way for a few milliseconds, judged by the
 * engine. The same for the same seed.
 */
import { metaOf, step as lived } from "../../../devices/cuff.ts";
import type { CuffModelName } from "../../../devices/physics/model.ts";
import type { Device } from "../../../devices/publisher.ts";
import { chanceAt, seedOf } from "../../../devices/random.ts";
import { calmRoles } from "../../../devices/scenarios/calm.ts";
import { cast } from "../../../devices/scenarios/role.ts";
import {
  type CuffInput,
  type Input,
  newState,
  nextDeadline,
  type State,
  step,
} from "../../../shared/engine.ts";
import { siteId } from "../../../shared/ids.ts";
import { parseRoster } from "../../../shared/plan/roster.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import { monotonic } from "../../../shared/units.ts";

/** Messages a second, one sample each. */
export const hz = 10;
const tickMs = 100;
const models: readonly CuffModelName[] = ["delfi", "delfi", "saga", "smartcuffs", "suji"];

/** How long a message is on its way: a millisecond at least, seldom more than ten; the tail of a wireless link. */
const leastDelayMs = 1;
const meanJitterMs = 2;
const delayMs = (seed: number, n: number): number =>
  leastDelayMs - meanJitterMs * Math.log(1 - chanceAt(seed, n));
/** Quartz, in parts per million to either side. */
const mostDriftPpm = 40;

/** What one tenth of a second brought: facts in order, and the state after them. */
export type Moment = Readonly<{ facts: readonly Fact[]; state: State; samples: number }>;

/** Lives through `seconds` of a class of `count` cuffs; `startMs` is site time at its beginning. */
export function* classLife(
  count: number,
  seed: number,
  seconds: number,
  startMs = 60_000,
): Generator<Moment> {
  const roles = calmRoles(count, seed).map((role, i) => ({
    ...role,
    model: models[i % models.length] ?? "delfi",
  }));
  const { classFile, devices } = cast(roles, seed, { hz, samples: 1 });
  const roster = parseRoster(classFile);
  if (!roster.ok) throw new Error(`The bench's own class is wrong: ${JSON.stringify(roster.issues)}`);
  let state = newState(siteId("main"));
  const taken = (input: Input): readonly Fact[] => {
    const done = step(state, input);
    state = done.state;
    return done.facts;
  };
  const opening = [
    ...taken({ kind: "roster", at: monotonic(startMs), roster: roster.roster }),
    ...devices.flatMap((device) => greetingOf(device, startMs).flatMap(taken)),
  ];
  yield { facts: opening, state, samples: 0 };
  const cuffs = devices.map((device, i) => new Underway(device, seedOf(seed, 7000 + i)));
  /** On their way still. */
  let coming: CuffInput[] = [];
  for (let ms = tickMs; ms <= 1000 * seconds; ms += tickMs) {
    coming.push(...cuffs.flatMap((cuff) => cuff.until(ms, startMs)));
    const now = startMs + ms;
    const here = coming.filter(({ at }) => at < now).sort((a, b) => a.at - b.at);
    coming = coming.filter(({ at }) => at >= now);
    const facts: Fact[] = [];
    for (const input of here) {
      facts.push(...taken(input));
      // The server arms its timer after each step.
      nextDeadline(state);
    }
    facts.push(...taken({ kind: "tick", at: monotonic(now) }));
    yield { facts, state, samples: here.filter(({ kind }) => kind === "data").length };
  }
}

const greetingOf = ({ cuff }: Device, at: number): readonly CuffInput[] => {
  const about = { at: monotonic(at), cuff: cuff.spec.cuff };
  return [
    { ...about, kind: "status", message: { v: 1, state: "online", boot: cuff.boot } },
    { ...about, kind: "meta", message: metaOf(cuff) },
  ];
};

/** One cuff and its link, which keeps messages in order. */
class Underway {
  readonly #device: Device;
  readonly #seed: number;
  readonly #rate: number;
  #cuff: Device["cuff"];
  #sent = 0;
  #lastAt = 0;

  constructor(device: Device, seed: number) {
    this.#device = device;
    this.#seed = seed;
    this.#cuff = device.cuff;
    this.#rate = 1 + ((2 * chanceAt(seed, -1) - 1) * mostDriftPpm) / 1_000_000;
  }

  /** What it says up to `ms` of the class, with the moments at which that arrives. */
  until(ms: number, startMs: number): readonly CuffInput[] {
    const before = this.#device.cuff.atMs;
    const own = before + ms * this.#rate;
    const { cuff, said } = lived(this.#cuff, own);
    this.#cuff = cuff;
    return said.map((one): CuffInput => {
      const measured = one.channel === "data" ? one.message.m0 : one.message.m;
      const sentAt = startMs + (measured + cuff.bootedMs - before) / this.#rate;
      this.#lastAt = Math.max(this.#lastAt, Math.floor(sentAt + delayMs(this.#seed, this.#sent++)));
      const about = { at: monotonic(this.#lastAt), cuff: cuff.spec.cuff };
      return one.channel === "data"
        ? { ...about, kind: "data", message: one.message }
        : { ...about, kind: "event", message: one.message };
    });
  }
}
