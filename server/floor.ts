/**
 * One site's floor: the only writer of its state. Everything that happens goes through `take`, one timer is armed for
 * the next deadline, and what follows is shown before it is stored.
 */
import { type Input, nextDeadline, type State, type Step, step } from "../shared/engine.ts";
import { between, type Millis, type Monotonic, seconds } from "../shared/units.ts";

export type FloorOptions = Readonly<{
  state: State;
  now: () => Monotonic;
  /** Time that the machine has slept through since it was asked last. */
  catchUp: () => Millis;
  /** Told of every step that brought facts, in order. */
  stepped: (before: State, step: Step) => void;
}>;

/** How often the floor shows that it lives, and how long it may be kept from it before that counts as an interruption. */
const beatEvery = seconds(1);
const interruptedAfter = seconds(3);
/** The longest that a timer is set for. */
const longestWait = seconds(60);

export class Floor {
  readonly #options: FloorOptions;
  #state: State;
  #timer: NodeJS.Timeout | null = null;
  #armedFor: Monotonic | null = null;
  #beat: NodeJS.Timeout | null = null;
  #lastBeat: Monotonic;

  constructor(options: FloorOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#lastBeat = options.now();
  }

  get state(): State {
    return this.#state;
  }

  /** How long ago the engine last ran: a health check that trusts nothing else. */
  get sinceBeat(): Millis {
    return between(this.#lastBeat, this.#options.now());
  }

  start(): void {
    this.#lastBeat = this.#options.now();
    this.#beat = setInterval(() => this.#onBeat(), beatEvery);
    this.#arm();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#beat !== null) clearInterval(this.#beat);
    this.#timer = this.#beat = null;
  }

  /** Takes one input in: the state moves, everybody concerned is told, the timer is set anew. */
  take(input: Input): Step {
    if (input.kind !== "resume") this.#noticeInterruption();
    const before = this.#state;
    const done = step(before, input);
    this.#state = done.state;
    if (done.facts.length > 0) this.#options.stepped(before, done);
    this.#arm();
    return done;
  }

  #onBeat(): void {
    const slept = this.#options.catchUp();
    if (slept === 0) this.#noticeInterruption();
    this.#lastBeat = this.#options.now();
    if (slept > 0) this.#resume(slept);
    this.take({ kind: "tick", at: this.#options.now() });
  }

  /** A process that was stopped has heard nothing meanwhile: what lies in its sockets is judged as after a restart. */
  #noticeInterruption(): void {
    const now = this.#options.now();
    const gap = between(this.#lastBeat, now);
    if (gap < interruptedAfter || this.#beat === null) return;
    this.#lastBeat = now;
    this.#resume(gap);
  }

  #resume(gap: Millis): void {
    this.take({ kind: "resume", at: this.#options.now(), gap, vouchedBy: "own-clock" });
  }

  #arm(): void {
    const deadline = nextDeadline(this.#state);
    if (deadline === this.#armedFor && this.#timer !== null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#armedFor = deadline;
    const wait = Math.min(Math.max(0, between(this.#options.now(), deadline)), longestWait);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.take({ kind: "tick", at: this.#options.now() });
    }, Math.ceil(wait));
  }
}
