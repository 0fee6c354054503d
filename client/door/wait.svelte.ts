/** Counts down until something may be tried again. */

export class Wait {
  /** Whole seconds that are left; 0 once it may be tried again. */
  left = $state(0);
  /** It had to be waited for, and that is over. */
  over = $state(false);
  #until = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Begins to wait for so many seconds. */
  begin(seconds: number): void {
    clearInterval(this.#timer);
    this.#until = this.#now() + seconds * 1000;
    this.#timer = setInterval(() => this.#look(), 250);
    this.over = false;
    this.#look();
  }

  /** Forgets it: somebody else tries. */
  clear(): void {
    clearInterval(this.#timer);
    this.left = 0;
    this.over = false;
  }

  #look(): void {
    this.left = Math.max(0, Math.ceil((this.#until - this.#now()) / 1000));
    if (this.left > 0) return;
    clearInterval(this.#timer);
    this.over = true;
  }
}
