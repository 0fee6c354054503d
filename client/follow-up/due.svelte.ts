/** The follow-ups of a clinic as the page holds them, the open ones first. */
import { z } from "zod";
import { followUpState, type FollowUpState } from "../../shared/clinic/follow-up-rules.ts";
import type { FollowUpQuestion } from "../../shared/clinic/follow-up.ts";
import { deskWords } from "../../shared/view/desk-words.ts";
import { ask } from "../desk/ask.ts";
import { readAll, readPage } from "../desk/list.ts";
import type { Given } from "../desk/questions.ts";
import {
  type AdverseEventEntry,
  adverseEventEntry,
  type FollowUpEntry,
  followUpEntry,
} from "../patients/api.ts";
import { Names } from "./names.svelte.ts";

export class Due {
  readonly names = new Names();
  #all = $state.raw<readonly FollowUpEntry[] | null>(null);
  #events = $state.raw<readonly AdverseEventEntry[]>([]);
  #trouble = $state.raw<string | null>(null);
  #now = $state.raw(Date.now());

  /** Null before it was read. */
  get all(): readonly FollowUpEntry[] | null {
    return this.#all;
  }
  get events(): readonly AdverseEventEntry[] {
    return this.#events;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  get now(): number {
    return this.#now;
  }

  /** Those in one of these states, those that have waited longest first. */
  inState(...states: readonly FollowUpState[]): readonly FollowUpEntry[] {
    return (this.#all ?? [])
      .filter(({ body }) => states.includes(followUpState(body, this.#now)))
      .toSorted((a, b) => a.body.dueAt - b.body.dueAt);
  }

  async read(): Promise<void> {
    // Everything that is open, however old, and of the rest the newest.
    const [open, newest, events] = await Promise.all([
      readAll(followUpEntry, "/api/follow-ups", { state: "open" }),
      readPage(followUpEntry, "/api/follow-ups", { state: "all", limit: "100" }),
      readAll(adverseEventEntry, "/api/adverse-events"),
    ]);
    this.#now = Date.now();
    const [refused] = [open, newest, events].flatMap((reply) => (reply.ok ? [] : [reply.detail]));
    this.#trouble = refused ?? null;
    if (open.ok && newest.ok) {
      const known = open.value.map(({ id }) => id);
      this.#all = [...open.value, ...newest.value.entries.filter(({ id }) => !known.includes(id))];
    }
    if (events.ok) this.#events = events.value.toSorted((a, b) => b.body.at - a.body.at);
    await this.names.read([...this.#events, ...(this.#all ?? [])].map(({ body }) => body.patient));
  }
}

/** Stores answers; null where they are stored, else why not. */
export const answer = (
  { id, version }: FollowUpEntry,
  answers: Readonly<Given<FollowUpQuestion>>,
  remark: string,
): Promise<string | null> => send(`/api/follow-ups/${id}/answers`, { answers, remark }, version);

/** Clears a red or missing one; null where it is done, else why not. */
export const clear = ({ id, version }: FollowUpEntry, reason: string): Promise<string | null> =>
  send(`/api/follow-ups/${id}/clearance`, { reason }, version);

const send = async (address: string, body: unknown, seen: number): Promise<string | null> => {
  const reply = await ask(z.unknown(), "POST", address, { body, seen });
  if (reply.ok) return null;
  return reply.status === 412 ? deskWords.conflict : (reply.errors[0]?.detail ?? reply.detail);
};
