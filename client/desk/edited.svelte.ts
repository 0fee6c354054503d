/** One record of the register in a form: what stands on the server, what was typed, and what to do when somebody else was quicker. */
import type { z } from "zod";
import type { FieldProblem } from "../../shared/clinic/api.ts";
import { deskWords as words } from "../../shared/view/desk-words.ts";
import { ask } from "./ask.ts";
import { type Conflict, merged, same } from "./merge.ts";

/** A record as the API gives it. */
export type Entry<Body> = Readonly<{ id: string; version: number; at: number; by: string; body: Body }>;

/** What a form makes of what was typed: the body to be sent, or what is wrong with it. */
export type FormRead =
  Readonly<{ ok: true; body: unknown }> | Readonly<{ ok: false; errors: readonly FieldProblem[] }>;

export type Form<Body, Draft> = Readonly<{
  draftOf: (body: Body) => Draft;
  read: (draft: Draft) => FormRead;
}>;

export class Edited<Body, Draft extends object, One extends Entry<Body> = Entry<Body>> {
  /** What stands in the form now. */
  draft = $state<Draft | null>(null);
  #entry = $state.raw<One | null>(null);
  /** What the form began from. */
  #base = $state.raw<Draft | null>(null);
  #problems = $state.raw<readonly FieldProblem[]>([]);
  #conflicts = $state.raw<readonly Conflict[]>([]);
  #taken = $state.raw<readonly string[]>([]);
  #trouble = $state.raw<string | null>(null);
  #gone = $state.raw(false);
  #busy = $state.raw(false);
  #saved = $state.raw(false);
  readonly #address: string;
  readonly #schema: z.ZodType<One>;
  readonly #form: Form<Body, Draft>;

  constructor(address: string, schema: z.ZodType<One>, form: Form<Body, Draft>) {
    this.#address = address;
    this.#schema = schema;
    this.#form = form;
  }

  /** Null before it was read, and where there is none. */
  get entry(): One | null {
    return this.#entry;
  }
  get problems(): readonly FieldProblem[] {
    return this.#problems;
  }
  get conflicts(): readonly Conflict[] {
    return this.#conflicts;
  }
  /** What somebody else has changed meanwhile, and stands in the form already. */
  get taken(): readonly string[] {
    return this.#taken;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  get gone(): boolean {
    return this.#gone;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** What was typed is stored, and nothing was typed since. */
  get saved(): boolean {
    return this.#saved && !this.dirty;
  }
  get dirty(): boolean {
    return this.draft !== null && this.#base !== null && !same(this.draft, this.#base);
  }

  /** Reads what stands on the server; what was typed stays. */
  async read(): Promise<boolean> {
    const reply = await ask(this.#schema, "GET", this.#address);
    if (reply.ok) this.#meet(reply.value);
    else this.#refuse(reply.status, reply.detail);
    return reply.ok;
  }

  /** Stores what was typed. True where it is stored. */
  async save(): Promise<boolean> {
    const [draft, entry] = [this.draft, this.#entry];
    if (draft === null || entry === null || this.#busy) return false;
    const sent = copied(draft);
    const read = this.#form.read(sent);
    this.#problems = read.ok ? [] : read.errors;
    if (!read.ok) return false;
    this.#busy = true;
    const reply = await ask(this.#schema, "PUT", this.#address, { body: read.body, seen: entry.version });
    this.#busy = false;
    if (reply.ok) {
      this.#base = sent;
      this.#meet(reply.value);
      this.#conflicts = [];
      this.#taken = [];
      this.#saved = true;
      return true;
    }
    this.#problems = reply.errors;
    this.#refuse(reply.status, reply.detail);
    if (reply.status === 412 && (await this.read())) this.#trouble = words.conflict;
    return false;
  }

  /** Ends one conflict: whose stays in the form. */
  choose({ field, theirs }: Conflict, whose: "mine" | "theirs"): void {
    if (whose === "theirs" && this.draft !== null) this.draft = { ...this.draft, [field]: theirs };
    this.#conflicts = this.#conflicts.filter((conflict) => conflict.field !== field);
    if (this.#conflicts.length === 0) this.#trouble = null;
  }

  /** Puts away what was typed. */
  undo(): void {
    this.draft = this.#base === null ? null : copied(this.#base);
    this.#problems = [];
    this.#conflicts = [];
    this.#trouble = null;
  }

  #meet(entry: One): void {
    const theirs = this.#form.draftOf(entry.body);
    const [base, mine] = [this.#base, this.draft];
    if (base !== null && mine !== null) {
      const both = merged(base, mine, theirs);
      this.draft = both.draft;
      this.#conflicts = both.conflicts;
      this.#taken = both.taken;
    } else this.draft = copied(theirs);
    this.#base = theirs;
    this.#entry = entry;
    this.#trouble = null;
  }

  #refuse(status: number, detail: string): void {
    this.#gone = status === 404;
    this.#trouble = detail;
  }
}

/** A form holds nothing but text, choices and lists of them; the copy is no part of the screen's state. */
const copied = <Draft>(draft: Draft): Draft => JSON.parse(JSON.stringify(draft)) as Draft;
