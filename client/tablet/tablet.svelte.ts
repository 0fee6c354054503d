/** What every control of this tablet needs: the class, who holds it, and a place to say what no control is left to say. */
import { rightOf } from "../../shared/class/right-of.ts";
import type { Outcome, Request } from "../link.ts";
import type { Screen } from "../screen.svelte.ts";
import type { Me } from "./me.svelte.ts";
import { outcomeText, type Said } from "./outcome.ts";

/** How long a sentence stays, in milliseconds. */
const saidFor = 8000;

/** A sentence that goes by itself. */
export class Saying {
  said: Said | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(said: Said): void {
    this.clear();
    this.said = said;
    this.#timer = setTimeout(() => (this.said = null), saidFor);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.said = null;
  }
}

export type Tablet = Readonly<{ screen: Screen; me: Me; notice: Saying }>;

/** What is asked for, before it is known by whom. */
export type Wish = Anonymous<Request>;
type Anonymous<R> = R extends unknown ? Omit<R, "by"> : never;

/** One control's way to the server: asks in the person's name, and says beside the control what became of it. */
export class Asking {
  busy = $state(false);
  readonly saying = new Saying();
  readonly #tablet: () => Tablet;

  constructor(tablet: () => Tablet) {
    this.#tablet = tablet;
  }

  /**
   * Asks once it is known for whom; what a tapped name may not, once somebody is signed in. What was done as asked is not said, the class
   * itself shows it; `done` is told.
   */
  ask(wish: Wish, done: () => void = () => undefined): void {
    const { screen, me, notice } = this.#tablet();
    const act = (by: string): void => {
      this.busy = true;
      this.saying.clear();
      void screen.send({ ...wish, by }).then((outcome) => {
        this.busy = false;
        if (outcome.ok) done();
        if (outcome.ok && outcome.recorded) return;
        // The control of what is over has gone with it.
        (isOver(outcome) ? notice : this.saying).say(outcomeText(outcome));
      });
    };
    const right = rightOf[wish.kind];
    if (me.allowed(right) === "now") me.as(act);
    else me.signedIn(right, act);
  }
}

const isOver = (outcome: Outcome): boolean => !outcome.ok && outcome.kind === "no-such-alarm";
