/** What a cuff keeps in its memory of what it said: bounded, oldest forgotten first, and handed out again slowly. */
import type { DataMessage } from "../shared/cuff/message.ts";

type Stretch = { from: number; readonly to: number };

/** How much is kept by default: ten minutes at five messages a second. */
const keptMessages = 3000;
/** How many messages a second are sent again. */
const resentPerSecond = 25;

/** One boot's messages by their sequence numbers, and the stretches of them that are still owed. */
export class History {
  readonly #kept = new Map<number, DataMessage>();
  readonly #capacity: number;
  #owed: Stretch[] = [];
  #allowance = 0;

  constructor(capacity = keptMessages) {
    this.#capacity = capacity;
  }

  /** How many messages are owed at most; some may be forgotten by the time it is their turn. */
  get owed(): number {
    return this.#owed.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  }

  keep(message: DataMessage): void {
    this.#kept.set(message.seq, message);
    if (this.#kept.size <= this.#capacity) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }

  /** Owes one message that could not be sent. */
  missed({ seq }: DataMessage): void {
    const last = this.#owed.at(-1);
    if (last?.to === seq - 1) this.#owed[this.#owed.length - 1] = { from: last.from, to: seq };
    else this.#owed.push({ from: seq, to: seq });
  }

  /** Owes the messages `from` to `to`, both included; false when none of them is kept any more. */
  ask(from: number, to: number): boolean {
    const held = [...this.#kept.keys()].filter((seq) => seq >= from && seq <= to);
    const first = held[0];
    const last = held.at(-1);
    if (first === undefined || last === undefined) return false;
    this.#owed.push({ from: first, to: last });
    return true;
  }

  /** What may be sent again after `elapsedMs` more: oldest first, each marked as historic. */
  due(elapsedMs: number): DataMessage[] {
    this.#allowance = Math.min(resentPerSecond, this.#allowance + (elapsedMs * resentPerSecond) / 1000);
    const due: DataMessage[] = [];
    while (this.#allowance >= 1) {
      const stretch = this.#owed[0];
      if (stretch === undefined) break;
      const message = this.#kept.get(stretch.from);
      if (message !== undefined) {
        due.push({ ...message, hist: true });
        this.#allowance -= 1;
      }
      stretch.from += 1;
      if (stretch.from > stretch.to) this.#owed.shift();
    }
    return due;
  }
}
