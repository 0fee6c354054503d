/** Everything that the page of one patient shows, and what is done there beside the record's own form. */
import { z } from "zod";
import { type Obstacle, obstacles } from "../../shared/clinic/readiness.ts";
import type { Patient } from "../../shared/clinic/patient.ts";
import { deskWords } from "../../shared/view/desk-words.ts";
import { ask, type Method } from "../desk/ask.ts";
import { Edited } from "../desk/edited.svelte.ts";
import { readAll } from "../desk/list.ts";
import {
  type ClinicChoice,
  clinicChoice,
  type FollowUpEntry,
  followUpEntry,
  lopEntry,
  type LopRecordEntry,
  patientEntry,
  type ProgrammeEntry,
  programmeEntry,
} from "./api.ts";
import { draftOf, readRecord, type RecordDraft } from "./record.ts";

/** What became of something that was asked: null where it was done, else why not. */
export type Outcome = string | null;

/** How long erasing may take: it rewrites the whole store. */
const erasingMs = 300_000;

export class Chart {
  readonly id: string;
  readonly record: Edited<Patient, RecordDraft>;
  #lops = $state.raw<readonly LopRecordEntry[]>([]);
  #programmes = $state.raw<readonly ProgrammeEntry[]>([]);
  #followUps = $state.raw<readonly FollowUpEntry[]>([]);
  #choice = $state.raw<ClinicChoice | null>(null);
  #trouble = $state.raw<string | null>(null);
  #now = $state.raw(Date.now());

  constructor(id: string) {
    this.id = id;
    this.record = new Edited(`/api/patients/${id}`, patientEntry, { draftOf, read: readRecord });
  }

  get lops(): readonly LopRecordEntry[] {
    return this.#lops;
  }
  get programmes(): readonly ProgrammeEntry[] {
    return this.#programmes;
  }
  get followUps(): readonly FollowUpEntry[] {
    return this.#followUps;
  }
  /** Null until it was read. */
  get choice(): ClinicChoice | null {
    return this.#choice;
  }
  /** Why a part of the page could not be read; null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }
  /** The wall clock when the page was last read. */
  get now(): number {
    return this.#now;
  }
  /** What stands in the way of a session; null before the record was read. */
  get obstacles(): readonly Obstacle[] | null {
    const { entry } = this.record;
    return entry === null
      ? null
      : obstacles({ patient: entry.body, followUps: this.#followUps, now: this.#now });
  }

  async read(): Promise<void> {
    if (!(await this.record.read())) return;
    this.#choice ??= await clinicChoice();
    await this.readRest();
  }

  /** Everything beside the record. */
  async readRest(): Promise<void> {
    const [lops, programmes, followUps] = await Promise.all([
      readAll(lopEntry, `/api/patients/${this.id}/lop`),
      readAll(programmeEntry, "/api/programmes", { owner: this.id }),
      readAll(followUpEntry, "/api/follow-ups", { state: "all", patient: this.id }),
    ]);
    this.#now = Date.now();
    if (lops.ok) this.#lops = lops.value.toSorted((a, b) => b.body.at - a.body.at);
    if (programmes.ok) this.#programmes = programmes.value;
    if (followUps.ok) this.#followUps = followUps.value.toSorted((a, b) => b.body.dueAt - a.body.dueAt);
    const [refused] = [lops, programmes, followUps].flatMap((reply) => (reply.ok ? [] : [reply.detail]));
    this.#trouble = refused ?? null;
  }

  /** Screening, explanation and their like: they change the record beside its form. */
  change(part: string, body: unknown): Promise<Outcome> {
    return this.#change("POST", part, { body });
  }

  /** Takes away what was said of the patient beside the form: a hold. */
  takeBack(part: string): Promise<Outcome> {
    return this.#change("DELETE", part, {});
  }

  async #change(method: Method, part: string, { body }: Readonly<{ body?: unknown }>): Promise<Outcome> {
    const { entry } = this.record;
    if (entry === null) return deskWords.reading;
    const address = `/api/patients/${this.id}/${part}`;
    const reply = await ask(z.unknown(), method, address, { body, seen: entry.version });
    if (reply.ok || reply.status === 412) await this.record.read();
    if (reply.ok) return null;
    return reply.status === 412 ? deskWords.conflict : (reply.errors[0]?.detail ?? reply.detail);
  }

  /** Erases the patient with everything that was recorded; `name` is what somebody typed to say that they mean it. */
  async erase(name: string): Promise<Outcome> {
    const { entry } = this.record;
    if (entry === null) return deskWords.reading;
    const seen = entry.version;
    const reply = await ask(z.unknown(), "POST", `/api/patients/${this.id}/erasure`, {
      ...{ body: { name }, seen },
      patienceMs: erasingMs,
    });
    if (reply.ok) return null;
    return reply.status === 412 ? deskWords.conflict : (reply.errors[0]?.detail ?? reply.detail);
  }

  /** Takes away something of the patient's, or the patient. */
  async remove(address: string, seen: number): Promise<Outcome> {
    const reply = await ask(z.unknown(), "DELETE" satisfies Method, address, { seen });
    if (reply.ok) return null;
    return reply.status === 412 ? deskWords.conflict : reply.detail;
  }
}
