/** Work that is dear, a little of it at once: each who asks gets their turn, and nobody's flood takes the turns of others. */

export type TurnsOptions = Readonly<{
  atOnce: number;
  /** How much of one who asks may wait, and how much of all together; more is refused at once. */
  waitingOfOne: number;
  waitingOfAll: number;
}>;

export class Turns {
  readonly #options: TurnsOptions;
  /** What waits, by who asked; whoever was served goes to the end. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #count = 0;
  #running = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Does the work when its turn comes; null, and nothing is done, where too much waits. */
  take<T>(who: string, work: () => Promise<T>): Promise<T> | null {
    const mine = this.#waiting.get(who) ?? [];
    if (mine.length >= this.#options.waitingOfOne || this.#count >= this.#options.waitingOfAll) return null;
    return new Promise<T>((resolve, reject) => {
      mine.push(() => {
        void work()
          .then(resolve, reject)
          .finally(() => {
            this.#running -= 1;
            this.#next();
          });
      });
      this.#waiting.set(who, mine);
      this.#count += 1;
      this.#next();
    });
  }

  #next(): void {
    while (this.#running < this.#options.atOnce) {
      const [first] = this.#waiting;
      if (first === undefined) return;
      const [who, queue] = first;
      const begin = queue.shift();
      this.#waiting.delete(who);
      if (queue.length > 0) this.#waiting.set(who, queue);
      if (begin === undefined) continue;
      this.#count -= 1;
      this.#running += 1;
      begin();
    }
  }
}
