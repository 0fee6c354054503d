/** Facts on their way to the store: in order, within a bound of memory, and never losing what an alarm is made of. */
import type { FactKind } from "../../shared/session/fact.ts";
import type { Recorded } from "./store.ts";

type Held = Readonly<{ ticket: number; recorded: Recorded }>;

/** What may be given up: what cuffs say again and again, and what completes a picture. What people and alarms did may not. */
const mayGo = new Set<FactKind>(["samples", "basic-sample", "status", "meta", "event"]);
/** How much is dropped at once, as a share of the bound, so that not every fact costs a search. */
const dropShare = 0.1;

export class RecordingQueue {
  readonly #most: number;
  #held: Held[] = [];
  /** How many at the head are being stored right now, and must stay where they are. */
  #taken = 0;
  #samples = 0;
  #last = 0;
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#held.length;
  }
  get dropped(): number {
    return this.#dropped;
  }
  /** The ticket of the last fact that was added. */
  get last(): number {
    return this.#last;
  }
  /** Everything up to this ticket is stored (or was given up). */
  get storedUpTo(): number {
    return (this.#held[0]?.ticket ?? this.#last + 1) - 1;
  }

  /** Adds facts, dropping the oldest samples where there would be too many; the ticket of the last fact. */
  add(facts: readonly Recorded[]): number {
    for (const recorded of facts) {
      this.#last += 1;
      this.#held.push({ ticket: this.#last, recorded });
      if (mayGo.has(recorded.fact.kind)) this.#samples += 1;
    }
    if (this.#held.length > this.#most && this.#samples > 0) this.#drop();
    return this.#last;
  }

  /** The next facts to store, at most `count` and none after the ticket `upTo`; they stay held until `stored`. */
  take(count: number, upTo: number): readonly Recorded[] {
    const head = this.#held.slice(0, count).filter(({ ticket }) => ticket <= upTo);
    this.#taken = head.length;
    return head.map(({ recorded }) => recorded);
  }

  /** The first `count` facts are stored. */
  stored(count: number): void {
    const gone = this.#held.splice(0, count);
    this.#samples -= gone.filter(({ recorded }) => mayGo.has(recorded.fact.kind)).length;
    this.#taken = 0;
  }

  /** What was taken could not be stored. */
  putBack(): void {
    this.#taken = 0;
  }

  #drop(): void {
    let excess = this.#held.length - Math.floor(this.#most * (1 - dropShare));
    const before = this.#held.length;
    this.#held = this.#held.filter(({ recorded }, i) => {
      if (i < this.#taken || excess <= 0 || !mayGo.has(recorded.fact.kind)) return true;
      excess -= 1;
      return false;
    });
    const dropped = before - this.#held.length;
    this.#dropped += dropped;
    this.#samples -= dropped;
  }
}
