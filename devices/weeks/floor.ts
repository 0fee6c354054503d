/**
 * A floor in virtual time: simulated cuffs that speak, people who act, and the same engine as on a wall. What comes of it is the log of a
 * class, line by line as a server would have stored it.
 */
import { type CuffInput, type Input, newState, openAlarms, type State, step } from "../../shared/engine.ts";
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import { type CuffId, type Epoch, siteId, staffId } from "../../shared/ids.ts";
import type { Line } from "../../shared/recording/line.ts";
import { type CuffState } from "../../shared/session/cuff-state.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import type { Order } from "../../shared/session/order.ts";
import { type Monotonic, monotonic, type WallTime, wallTime } from "../../shared/units.ts";
import { type Cuff, type CuffSpec, metaOf, newCuff, released, type Said, step as lived } from "../cuff.ts";
import { History } from "../history.ts";
import { chanceAt, seedOf } from "../random.ts";

/** How long somebody waits before the next thing they do: so many milliseconds, or until it is so. */
export type Wait = number | (() => boolean);
/** What one person does in a class, a step after the other. */
export type Script = Generator<Wait, void>;

export type FloorWanted = Readonly<{
  site: string;
  epoch: Epoch;
  /** The wall clock when site time is 0. */
  startsAt: WallTime;
  room: string;
  staff: readonly string[];
  seed: number;
}>;

/** One cuff that is switched on. */
type Present = {
  cuff: Cuff;
  /** Site time when the cuff's own was 0. */
  readonly sinceMs: number;
  readonly memory: History;
  /** Until when it has no link. */
  cutUntilMs: number;
};

/** A script, what it waits for, and since when. */
type Waiting = { readonly script: Script; wait: Wait; sinceMs: number };

/** As often as the cuffs are looked at: once a message. */
const tickMs = 200;
/** A message takes this long, in whole milliseconds. */
const leastLatencyMs = 4;
const mostLatencyMs = 38;
/** Nobody trains for longer: a script that waits for something that never comes is a bug. */
const longestMs = 3 * 3_600_000;

export class VirtualFloor {
  readonly #wanted: FloorWanted;
  readonly #lines: Line[] = [];
  readonly #present = new Map<CuffId, Present>();
  #state: State;
  #arriving: CuffInput[] = [];
  #nowMs = 0;
  #sent = 0;

  constructor(wanted: FloorWanted) {
    this.#wanted = wanted;
    this.#state = newState(siteId(wanted.site));
    const staff = wanted.staff.map((name) => ({ id: staffId(name), name }));
    const at = monotonic(0);
    const roster = { room: wanted.room, staff, stations: [], basicCuffs: [], limits: {} };
    this.#take({ kind: "roster", at, roster });
    // A wall with its sound on, and a tablet.
    this.#take({ kind: "listening", at, screens: 2 });
  }

  /** Everything that was recorded so far. */
  get lines(): readonly Line[] {
    return this.#lines;
  }

  get state(): State {
    return this.#state;
  }

  /** Site time in milliseconds. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get alarms(): readonly Occurrence[] {
    return openAlarms(this.#state);
  }

  /** Somebody orders something; a script that is refused is a bug. */
  order(order: Order): void {
    const { refusal } = this.#take({ kind: "order", at: monotonic(this.#nowMs), order });
    if (refusal !== null) throw new Error(`${order.kind} at ${this.#nowMs} ms: ${refusal.reason}`);
  }

  /** What the engine knows of a cuff. */
  known(cuff: CuffId): CuffState | undefined {
    return cuffIn(this.#state.cuffs, cuff);
  }

  /** A cuff is switched on. */
  bring(spec: CuffSpec): void {
    const cuff = newCuff(spec);
    this.#present.set(spec.cuff, {
      ...{ cuff, sinceMs: this.#nowMs, cutUntilMs: 0 },
      memory: new History(),
    });
    this.#arriving.push({
      kind: "status",
      at: this.#soon(),
      cuff: spec.cuff,
      message: statusOf(cuff, "online"),
    });
    this.#arriving.push({ kind: "meta", at: this.#soon(), cuff: spec.cuff, message: metaOf(cuff) });
  }

  /** A cuff is switched off, and says so. */
  putAway(id: CuffId): void {
    const { cuff } = this.#of(id);
    this.#present.delete(id);
    this.#arriving.push({ kind: "status", at: this.#soon(), cuff: id, message: statusOf(cuff, "offline") });
  }

  cuff(id: CuffId): Cuff {
    return this.#of(id).cuff;
  }

  /** Somebody sets something on the cuff itself. */
  set(id: CuffId, change: (cuff: Cuff) => Cuff): void {
    const one = this.#of(id);
    one.cuff = change(one.cuff);
  }

  /** The cuff vents: by a command where it takes one, else by hand. */
  letDown(id: CuffId): void {
    const one = this.#of(id);
    const { cuff, said } = released(one.cuff);
    one.cuff = cuff;
    this.#say(one, said);
  }

  /** The cuff's link drops; what it says meanwhile comes later, from its memory. */
  cut(id: CuffId, lastsMs: number): void {
    this.#of(id).cutUntilMs = this.#nowMs + lastsMs;
  }

  /** Lives on until every script has come to its end. */
  live(scripts: readonly Script[]): void {
    let waiting = scripts.map((script): Waiting => ({ script, wait: 0, sinceMs: 0 }));
    while (waiting.length > 0) {
      for (const one of waiting) {
        while (isOver(one, this.#nowMs)) {
          const next = one.script.next();
          if (next.done === true) {
            waiting = waiting.filter((other) => other !== one);
            break;
          }
          one.wait = next.value;
          one.sinceMs = this.#nowMs;
        }
      }
      this.#pass();
      if (this.#nowMs > longestMs) throw new Error("This class does not end.");
    }
    this.#pass();
  }

  #pass(): void {
    this.#nowMs += tickMs;
    for (const one of this.#present.values()) {
      const { cuff, said } = lived(one.cuff, this.#nowMs - one.sinceMs);
      one.cuff = cuff;
      this.#say(one, said);
      if (this.#nowMs < one.cutUntilMs) continue;
      for (const message of one.memory.due(tickMs))
        this.#arriving.push({ kind: "data", at: monotonic(this.#nowMs), cuff: cuff.spec.cuff, message });
    }
    const due = this.#arriving.filter(({ at }) => at <= this.#nowMs).sort((a, b) => a.at - b.at);
    this.#arriving = this.#arriving.filter(({ at }) => at > this.#nowMs);
    for (const input of due) this.#take(input);
    this.#take({ kind: "tick", at: monotonic(this.#nowMs) });
  }

  #say({ cuff, sinceMs, memory, cutUntilMs }: Present, said: readonly Said[]): void {
    const name = cuff.spec.cuff;
    const arrival = (m: number): number => Math.round(sinceMs + cuff.bootedMs + m) + this.#latency();
    for (const one of said) {
      if (one.channel === "event") {
        const at = monotonic(Math.max(arrival(one.message.m), cutUntilMs));
        this.#arriving.push({ kind: "event", at, cuff: name, message: one.message });
        continue;
      }
      const { message } = one;
      const at = arrival(message.m0 + (message.p.length - 1) * message.dt);
      memory.keep(message);
      if (at < cutUntilMs) memory.missed(message);
      else this.#arriving.push({ kind: "data", at: monotonic(at), cuff: name, message });
    }
  }

  #take(input: Input): ReturnType<typeof step> {
    const done = step(this.#state, input);
    this.#state = done.state;
    const { epoch, startsAt } = this.#wanted;
    for (const fact of done.facts)
      this.#lines.push({
        ...{ id: this.#lines.length + 1, epoch, at: fact.at, fact },
        wall: wallTime(startsAt + fact.at),
      });
    return done;
  }

  #soon(): Monotonic {
    return monotonic(this.#nowMs + this.#latency());
  }

  #latency(): number {
    const chance = chanceAt(seedOf(this.#wanted.seed, 17), ++this.#sent);
    // Most messages are fast, a few are not.
    return Math.round(leastLatencyMs + (mostLatencyMs - leastLatencyMs) * chance ** 3);
  }

  #of(id: CuffId): Present {
    const one = this.#present.get(id);
    if (one === undefined) throw new Error(`${id} is not switched on.`);
    return one;
  }
}

const isOver = ({ wait, sinceMs }: Waiting, nowMs: number): boolean =>
  typeof wait === "number" ? nowMs >= sinceMs + wait : wait();

const statusOf = ({ boot }: Cuff, state: "online" | "offline") => ({ v: 1, state, boot }) as const;
