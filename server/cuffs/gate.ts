/** The gate of the embedded broker: the credentials that hold now, and who was turned away. */
import type { CuffId } from "../../shared/ids.ts";
import type { TurnedAway } from "../../shared/clinic/cuff-live.ts";
import type { Admission, Admitted, Pass } from "../broker/admission.ts";
import { Listeners } from "../broker/broker.ts";
import { mayPublish, maySubscribe, type Permit } from "../broker/permit.ts";
import { Turns } from "../broker/turns.ts";
import { fits } from "./password.ts";

/** One cuff's credentials as they hold now; its user name is its own name. */
export type Access = Readonly<{ cuff: CuffId; hash: string; permit: Permit }>;

/**
 * Who is let in without credentials: everybody in a demonstration; on a broker that only its own machine can reach, everybody until
 * the first cuff is paired, so that a first try needs no word; otherwise nobody.
 */
export type Strangers = "always" | "until-paired" | "never";

export type GateOptions = Readonly<{
  strangers: Strangers;
  /** Any clock in milliseconds that does not step. */
  now: () => number;
  /** Somebody was turned away; `user` is cut to a length that a log can bear. */
  turnedAway: (user: string | null, why: TurnedAway["why"], from: string) => void;
  /** What a cuff with credentials has said where it may not. */
  refused: (cuff: CuffId, topic: string, payload: Uint8Array) => void;
}>;

/** How many checks of a password run at once, and how many may wait; a whole class reconnects within a second. */
const checks = { atOnce: 2, waitingOfOne: 128, waitingOfAll: 1024 } as const;
/** As many names of those who were turned away are kept; a name may be anything that somebody typed. */
const mostNames = 50;
const longestName = 64;

type Counted = Omit<TurnedAway, "agoMs"> & Readonly<{ at: number }>;

export class Gate implements Admission {
  readonly #options: GateOptions;
  readonly #turns = new Turns(checks);
  readonly #changed = new Listeners<[]>();
  readonly #names = new Map<string, Counted>();
  #accesses: ReadonlyMap<string, Access> = new Map();
  /** Topics that belong to a cuff with credentials: nobody else speaks there. */
  #taken: ReadonlySet<string> = new Set();
  #turnedAway = 0;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  get turnedAway(): number {
    return this.#turnedAway;
  }

  /** Whether somebody without credentials is let in now. */
  get strangersMayIn(): boolean {
    return this.#options.strangers === "always" || this.strangersLeaveNext;
  }

  /** Whether the next credentials are the first, which put out everybody without. */
  get strangersLeaveNext(): boolean {
    return this.#options.strangers === "until-paired" && this.#accesses.size === 0;
  }

  /** These credentials hold from now on, and no others: whose have become void is thrown out. */
  set(accesses: readonly Access[]): void {
    this.#accesses = new Map(accesses.map((a) => [a.cuff, a]));
    this.#taken = new Set(accesses.flatMap((a) => [...a.permit.write]));
    this.#changed.tell();
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  async admit(user: string | undefined, password: Uint8Array | undefined, from: string): Promise<Admitted> {
    const access = user === undefined ? undefined : this.#accesses.get(user);
    if (access === undefined) {
      if (this.strangersMayIn) return { ok: true, pass: { kind: "stranger" } };
      return this.#turnAway(user, user === undefined ? "no-credentials" : "unknown", from);
    }
    const checked = this.#turns.take(from, () => fits(password ?? new Uint8Array(), access.hash));
    if (checked === null) return this.#turnAway(user, "too-many", from);
    const right = await checked;
    if (!right || !this.#isPresent(access)) return this.#turnAway(user, "wrong-password", from);
    return { ok: true, pass: { kind: "cuff", user: access.cuff, proof: access.hash } };
  }

  holds(pass: Pass): boolean {
    return pass.kind === "stranger" ? this.strangersMayIn : this.#permitOf(pass) !== null;
  }

  mayPublish(pass: Pass, topic: string): boolean {
    if (pass.kind === "stranger") return !this.#taken.has(topic);
    const permit = this.#permitOf(pass);
    return permit !== null && mayPublish(permit, topic);
  }

  maySubscribe(pass: Pass, filter: string): boolean {
    if (pass.kind === "stranger") return true;
    const permit = this.#permitOf(pass);
    return permit !== null && maySubscribe(permit, filter);
  }

  refused(pass: Pass, topic: string, payload: Uint8Array): void {
    if (pass.kind === "cuff") this.#options.refused(pass.user, topic, payload);
  }

  /** Who was turned away of late, the last one first. */
  turnedAwayOfLate(): readonly TurnedAway[] {
    const now = this.#options.now();
    return [...this.#names.values()]
      .map(({ at, ...name }): TurnedAway => ({ ...name, agoMs: Math.max(0, Math.round(now - at)) }))
      .reverse();
  }

  #isPresent({ cuff, hash }: Access): boolean {
    return this.#accesses.get(cuff)?.hash === hash;
  }

  #permitOf(pass: Extract<Pass, { kind: "cuff" }>): Permit | null {
    const access = this.#accesses.get(pass.user);
    return access?.hash === pass.proof ? access.permit : null;
  }

  #turnAway(named: string | undefined, why: TurnedAway["why"], from: string): Admitted {
    const user = named?.slice(0, longestName) ?? null;
    const key = user ?? "";
    this.#turnedAway += 1;
    const count = (this.#names.get(key)?.count ?? 0) + 1;
    this.#names.delete(key);
    this.#names.set(key, { user, why, from, count, at: this.#options.now() });
    const [oldest] = this.#names.keys();
    if (this.#names.size > mostNames && oldest !== undefined) this.#names.delete(oldest);
    this.#options.turnedAway(user, why, from);
    return { ok: false, code: why === "too-many" ? 3 : why === "no-credentials" ? 5 : 4 };
  }
}
