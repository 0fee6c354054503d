/** A list of the API that grows page by page as somebody reads on; only the answer to the last question counts. */
import type { z } from "zod";
import { type Page, readPage } from "../desk/list.ts";

const onePage = "50";

export type Query = Readonly<Record<string, string | null>>;

export class Pages<One> {
  readonly #schema: z.ZodType<One>;
  readonly #address: string;
  #query: Query = {};
  #page = $state.raw<Page<One> | null>(null);
  #trouble = $state.raw<string | null>(null);
  #reading = false;
  #asked = 0;

  constructor(schema: z.ZodType<One>, address: string) {
    this.#schema = schema;
    this.#address = address;
  }

  /** Null before anything was read. */
  get page(): Page<One> | null {
    return this.#page;
  }
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Begins anew with other wishes. */
  async read(query: Query): Promise<void> {
    this.#query = query;
    this.#asked += 1;
    this.#reading = false;
    const page = await this.#ask(null);
    if (page !== null) this.#page = page;
  }

  /** Adds the next page; asked again while one is read, it changes nothing. */
  async more(): Promise<void> {
    const before = this.#page;
    if (before === null || before.next === null || this.#reading) return;
    this.#reading = true;
    const page = await this.#ask(before.next);
    if (page === null) return;
    this.#reading = false;
    this.#page = { entries: [...before.entries, ...page.entries], next: page.next };
  }

  /** Null where nothing came of it, or something else is wished for by now. */
  async #ask(cursor: string | null): Promise<Page<One> | null> {
    const asked = this.#asked;
    const reply = await readPage(this.#schema, this.#address, { ...this.#query, limit: onePage, cursor });
    if (asked !== this.#asked) return null;
    this.#trouble = reply.ok ? null : reply.detail;
    if (!reply.ok) this.#reading = false;
    return reply.ok ? reply.value : null;
  }
}
