/** What has been chosen so far to put a patient on a station, and what the records say of it. */
import type { Wearable } from "../../../shared/class/wearable.ts";
import type { Obstacle } from "../../../shared/clinic/readiness.ts";
import { type FitWarning, fitting, type LopEntry } from "../../../shared/plan/limb-occlusion.ts";
import { cuffName } from "../../../shared/cuff/basic.ts";
import type { Limb } from "../../../shared/plan/prescription.ts";
import { cuffId, patientId, programmeId, stationId } from "../../../shared/ids.ts";
import type { Reply } from "../../desk/ask.ts";
import type { Wish } from "../tablet.svelte.ts";
import {
  cuffsNow,
  findPatients,
  lopsOf,
  type PatientEntry,
  plansOf,
  type ProgrammeEntry,
  readinessOf,
  readReviewDays,
} from "./desk.ts";

/** How long the typing must have paused before it is looked for, in milliseconds. */
const typingPause = 200;

export type LopFit = Readonly<{
  entry: Readonly<{ id: string; body: LopEntry }> | null;
  warnings: readonly FitWarning[];
}>;

export class Seating {
  station = $state("");
  text = $state("");
  found: readonly PatientEntry[] | null = $state.raw(null);
  patient: PatientEntry | null = $state.raw(null);
  /** Null while they are being read. */
  plans: readonly ProgrammeEntry[] | null = $state.raw(null);
  plan: ProgrammeEntry | null = $state.raw(null);
  obstacles: readonly Obstacle[] = $state.raw([]);
  cuffs: readonly Wearable[] | null = $state.raw(null);
  /** The cuff for each limb of the plan, in its order. */
  worn: readonly (string | null)[] = $state.raw([]);
  /** Why the records could not be read. */
  trouble: string | null = $state(null);
  #lops: readonly Readonly<{ id: string; body: LopEntry }>[] = $state.raw([]);
  #reviewDays = $state(0);
  /** What is listed was not searched for. */
  #unasked = false;
  #typing: ReturnType<typeof setTimeout> | undefined;

  limbs: readonly Limb[] = $derived(this.plan?.body.cuffs ?? []);

  type(text: string): void {
    this.text = text;
    clearTimeout(this.#typing);
    // Whoever is listed unasked must not be taken for what was found.
    if (this.#unasked) this.found = null;
    this.#unasked = false;
    if (text.trim() === "") void this.list();
    else this.#typing = setTimeout(() => void this.#find(text.trim()), typingPause);
  }

  /** The first patients, before anything is typed. */
  async list(): Promise<void> {
    await this.#find("");
    this.#unasked = this.text.trim() === "";
  }

  async choose(patient: PatientEntry): Promise<void> {
    this.patient = patient;
    this.plans = this.plan = null;
    this.obstacles = this.#lops = [];
    const [plans, lops, readiness, days] = await Promise.all([
      plansOf(patient.id),
      lopsOf(patient.id),
      readinessOf(patient.id),
      readReviewDays(),
    ]);
    if (this.patient !== patient) return;
    this.#reviewDays = days;
    this.#lops = this.#read(lops)?.entries ?? [];
    this.obstacles = this.#read(readiness)?.obstacles ?? [];
    this.plans = this.#read(plans)?.entries ?? [];
    const [only, ...others] = this.plans;
    if (only !== undefined && others.length === 0) this.take(only);
  }

  /** Back to the search. */
  forget(): void {
    this.patient = this.plans = this.plan = null;
    this.obstacles = [];
    this.worn = [];
  }

  take(plan: ProgrammeEntry): void {
    this.plan = plan;
    this.worn = plan.body.cuffs.map(() => null);
  }

  /** A cuff goes on one limb only: choosing it for another takes it from the first. */
  wear(limb: number, cuff: string): void {
    this.worn = this.limbs.map((_, i) =>
      i === limb ? cuff : this.worn[i] === cuff ? null : (this.worn[i] ?? null),
    );
  }

  /** What the clinic knows of the limb's occlusion pressure, for the cuff that is to go on it. */
  fit(limb: Limb, cuff: string | null): LopFit {
    const width = this.cuffs?.find((c) => c.cuff === cuff)?.widthCm ?? this.plan?.body.cuffWidthCm ?? null;
    return fitting(
      this.#lops,
      { ...limb, cuffWidthCm: width, posture: this.plan?.body.posture ?? null },
      Date.now(),
      this.#reviewDays,
    );
  }

  /** Reads which cuffs are there beside those that are worn; to be called again and again while the choice is open. */
  async readCuffs(worn: readonly string[]): Promise<void> {
    const cuffs = this.#read(await cuffsNow(worn));
    if (cuffs !== null) this.cuffs = cuffs.free;
  }

  /** What to ask of the server; null while something is still to be chosen. */
  get wish(): Extract<Wish, { kind: "seat" }> | null {
    const { patient, plan, station, worn } = this;
    if (patient === null || plan === null || station === "") return null;
    const cuffs = plan.body.cuffs.flatMap((limb, i) => {
      const cuff = worn[i] ?? null;
      if (cuff === null || !cuffName.safeParse(cuff).success) return [];
      return [{ cuff: cuffId(cuff), ...limb, lop: this.fit(limb, cuff).entry?.id ?? null }];
    });
    if (cuffs.length < plan.body.cuffs.length) return null;
    return {
      kind: "seat",
      station: stationId(station),
      patient: patientId(patient.id),
      programme: programmeId(plan.id),
      cuffs,
    };
  }

  async #find(text: string): Promise<void> {
    const found = this.#read(await findPatients(text));
    // What was typed meanwhile is looked for by itself.
    if (this.text.trim() === text && found !== null) this.found = found.entries;
  }

  #read<T>(reply: Reply<T>): T | null {
    this.trouble = reply.ok ? null : reply.detail;
    return reply.ok ? reply.value : null;
  }
}
