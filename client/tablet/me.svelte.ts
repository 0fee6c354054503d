/**
 * Who holds this tablet. Somebody who is signed in acts in their own name. Where nobody is, a name is asked for when one is needed:
 * it never stands between a person and a cuff. Only what a tapped name may not do waits for a PIN.
 */
import type { Priority } from "../../shared/alarm/policy.ts";
import { may, type Right } from "../../shared/clinic/rights.ts";
import { deviceId } from "../../shared/ids.ts";
import type { Refused } from "../desk/ask.ts";
import type { Person } from "../door/people.ts";

const key = "cuffwatch.me";

/** What this needs of the page: who is signed in, the connection by which the server sees it, and a place for a name. */
export type Around = Readonly<{
  identity: Readonly<{
    name: string | null;
    may: (right: Right) => boolean;
    enterPin: (staff: string, pin: string) => Promise<Refused | null>;
    lock: () => Promise<Refused | null>;
  }>;
  renew: () => Promise<void>;
  names: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}>;

/** What somebody is asked: whose name goes with a tap, who holds the tablet, or for the PIN of who may do something. */
export type Question =
  | Readonly<{ kind: "name" }>
  | Readonly<{ kind: "person" }>
  | Readonly<{ kind: "right"; right: Right; missing: string | null }>;

/** Whether something can be done here: at once, once somebody has signed in, or not by the one who has. */
export type Allowed = "now" | "once-signed-in" | "not";

export class Me {
  #tapped: string | null = $state(null);
  #question: Question | null = $state.raw(null);
  #pinOf: Person | null = $state.raw(null);
  #waiting: ((name: string) => void) | null = null;
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
    this.#tapped = around.names.getItem(key);
  }

  /** The name that goes with what is done here; null where none is known. */
  get name(): string | null {
    return this.signedInAs ?? this.#tapped;
  }
  /** Who is signed in on this tablet; null where nobody is. */
  get signedInAs(): string | null {
    return this.#around.identity.name;
  }
  get question(): Question | null {
    return this.#question;
  }
  /** Whose PIN is typed; null where nobody's is. */
  get pinOf(): Person | null {
    return this.#pinOf;
  }

  allowed(right: Right): Allowed {
    if (this.signedInAs !== null) return this.#around.identity.may(right) ? "now" : "not";
    return may({ kind: "tablet", device: deviceId("") }, right) ? "now" : "once-signed-in";
  }

  /** Does something in the person's name, asking for it first where it is not known. */
  as(act: (name: string) => void): void {
    if (this.name !== null) return act(this.name);
    this.#ask({ kind: "name" }, act);
  }

  /** Does something that takes a right, asking first for the PIN of somebody who has it. */
  signedIn(right: Right, act: (name: string) => void): void {
    const name = this.signedInAs;
    if (name !== null && this.#around.identity.may(right)) return act(name);
    this.#ask({ kind: "right", right, missing: name }, act);
  }

  /** Asks who holds the tablet. */
  change(): void {
    this.#ask({ kind: "person" }, null);
  }

  /** A name was tapped: it acts at once, or is asked for its PIN. */
  tap(person: Person): void {
    const { kind } = this.#question ?? { kind: "person" };
    if (kind !== "name" && person.hasPin) this.#pinOf = person;
    else if (kind !== "right") void this.choose(person.name);
  }

  /** Goes on under a name without its PIN; what is done is recorded as unverified. */
  async choose(name: string): Promise<void> {
    // Under another's sign-in it would be recorded as theirs.
    if (this.signedInAs !== null && !(await this.lock())) return;
    this.#tapped = name;
    this.#around.names.setItem(key, name);
    this.#act(name);
  }

  /** Another name is to be tapped. */
  backToNames(): void {
    this.#pinOf = null;
  }

  /** Tries the PIN of the person who was tapped; what waited for it is done by `signedInNow`. */
  enterPin(pin: string): Promise<Refused | null> {
    return this.#around.identity.enterPin(this.#pinOf?.staff ?? "", pin);
  }

  /** Somebody has just signed in: the server has to see it before what waited for it is done. */
  async signedInNow(): Promise<void> {
    this.#forgetTapped();
    const question = this.#question;
    await this.#around.renew();
    // Closed meanwhile, as by an alarm: nothing is done that nobody waits for any more.
    if (question === null || this.#question !== question) return;
    const name = this.signedInAs;
    if (question.kind === "right" && !this.#around.identity.may(question.right)) {
      this.#pinOf = null;
      this.#question = { ...question, missing: name };
    } else if (name !== null) this.#act(name);
  }

  /** Nobody is signed in from now on; false where the server could not be told. */
  async lock(): Promise<boolean> {
    if ((await this.#around.identity.lock()) !== null) return false;
    this.#forgetTapped();
    await this.#around.renew();
    return true;
  }

  /** Closed without a choice: what was waiting for a name is not done. */
  dismiss(): void {
    this.#question = null;
    this.#pinOf = null;
    this.#waiting = null;
  }

  /** An alarm has come: what covers a high or medium one goes, unless it asks whose name an answer bears. */
  makeWay(priority: Priority): void {
    if (priority !== "low" && this.#question?.kind !== "name") this.dismiss();
  }

  /** Forgets a name that is no longer on the staff. */
  keepIf(known: (name: string) => boolean): void {
    if (this.#tapped !== null && !known(this.#tapped)) this.#forgetTapped();
  }

  #ask(question: Question, act: ((name: string) => void) | null): void {
    this.#pinOf = null;
    this.#waiting = act;
    this.#question = question;
  }

  #act(name: string): void {
    const act = this.#waiting;
    this.dismiss();
    act?.(name);
  }

  #forgetTapped(): void {
    this.#tapped = null;
    this.#around.names.removeItem(key);
  }
}
