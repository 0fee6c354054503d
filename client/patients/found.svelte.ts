/** The patients that were searched for: asked again while somebody types, and only the last answer counts. */
import { inAddress, readAll, readPage, type Page } from "../desk/list.ts";
import { type FollowUpEntry, followUpEntry, type PatientEntry, patientEntry } from "./api.ts";

/** Typing pauses for this long before it is asked. */
const pauseMs = 200;
const onePage = "50";

export class Found {
  #text = $state.raw(inAddress("text") ?? "");
  #page = $state.raw<Page<PatientEntry> | null>(null);
  #followUps = $state.raw<readonly FollowUpEntry[]>([]);
  #trouble = $state.raw<string | null>(null);
  #now = $state.raw(Date.now());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** What was searched for. */
  get text(): string {
    return this.#text;
  }
  /** Null before anything was read. */
  get page(): Page<PatientEntry> | null {
    return this.#page;
  }
  /** The open ones of all patients. */
  get followUps(): readonly FollowUpEntry[] {
    return this.#followUps;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  /** The wall clock when it was read. */
  get now(): number {
    return this.#now;
  }

  start(): void {
    void this.#read();
    void this.#readFollowUps();
  }

  search(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#text = text.trim();
      const query = this.#text === "" ? "" : `?text=${encodeURIComponent(this.#text)}`;
      history.replaceState(null, "", `${location.pathname}${query}`);
      void this.#read();
    }, pauseMs);
  }

  /** Adds the next page to the list. */
  async more(): Promise<void> {
    const [page, asked] = [this.#page, this.#asked];
    if (page === null || page.next === null) return;
    const next = await readPage(patientEntry, "/api/patients", this.#query(page.next));
    if (asked !== this.#asked) return;
    this.#trouble = next.ok ? null : next.detail;
    if (next.ok) this.#page = { entries: [...page.entries, ...next.value.entries], next: next.value.next };
  }

  async #read(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const page = await readPage(patientEntry, "/api/patients", this.#query(null));
    if (asked !== this.#asked) return;
    this.#now = Date.now();
    this.#trouble = page.ok ? null : page.detail;
    if (page.ok) this.#page = page.value;
  }

  async #readFollowUps(): Promise<void> {
    const open = await readAll(followUpEntry, "/api/follow-ups", { state: "open" });
    if (open.ok) this.#followUps = open.value;
    else this.#trouble = open.detail;
  }

  #query(cursor: string | null): Readonly<Record<string, string | null>> {
    return { text: this.#text === "" ? null : this.#text, limit: onePage, cursor };
  }
}
