/** A floor whose classes are recorded: facts go to a store and to the closer, figures are made up. */
import { epoch } from "../../shared/ids.ts";
import { type Input, type State, step } from "../../shared/engine.ts";
import { type Monotonic, type WallTime, wallTime } from "../../shared/units.ts";
import { createLog } from "../../server/log.ts";
import { type Clinic, openClinic } from "../../server/records/clinic.ts";
import type { RecordingArchive, Wanted } from "../../server/recordings/archive.ts";
import { type Closer, createCloser } from "../../server/recordings/closer.ts";
import { recordingRoutes } from "../../server/recordings/routes.ts";
import type { Route } from "../../server/http/route.ts";
import type { Register } from "../../server/register/register.ts";
import { failed, type Recorded, type Store } from "../../server/store/store.ts";
import { emptyFloor, type Wish } from "./class.ts";
import { at } from "./floor.ts";
import { noon, someFigures } from "./recording-record.ts";

export class RecordedClass {
  readonly clinic: Clinic;
  readonly log = createLog("silent");
  closer: Closer;
  state: State = emptyFloor().state;
  second = 1;
  /** The wall clock when site time was 0. */
  began = noon;
  /** What was asked of the archive. */
  readonly asked: { wanted: Wanted; after: number | null }[] = [];
  /** False: figures cannot be made. */
  reads = true;
  /** False: facts cannot be stored. */
  stores = true;
  readonly #store: Store;
  readonly #archive: RecordingArchive | null;
  readonly #unstored: Recorded[] = [];

  /** Without an archive figures are made up. */
  constructor(register: Register, store: Store, archive: RecordingArchive | null = null) {
    this.#store = store;
    this.#archive = archive;
    this.clinic = openClinic({ register, wall: () => this.wall(), isInUse: () => false });
    this.closer = this.#newCloser();
  }

  /** Another time, beginning at `wall`: nobody is in the class, and what was written stays. */
  reset(wall: number): void {
    this.closer.stop();
    this.began = wall;
    this.state = emptyFloor().state;
    this.second = 1;
    this.reads = this.stores = true;
    this.#unstored.length = 0;
    this.closer = this.#newCloser();
  }

  /** The server ends and starts again; what was not kept is not. */
  async restart(): Promise<void> {
    await this.stored();
    this.closer.stop();
    this.closer = this.#newCloser();
  }

  wall(): WallTime {
    return this.#beside(at(this.second));
  }

  get routes(): readonly Route[] {
    // The closer may be another one by then.
    const closer = {
      unkept: () => this.closer.unkept(),
      unkeptClasses: () => this.closer.unkeptClasses(),
    };
    const { clinic, archive } = this;
    return recordingRoutes({
      ...{ clinic, archive, closer, now: () => at(this.second), wall: () => this.wall() },
    });
  }

  get archive(): RecordingArchive {
    if (this.#archive !== null) return this.#archive;
    const answer = <T>(wanted: Wanted, after: number | null, value: T) => {
      this.asked.push({ wanted, after });
      return Promise.resolve(this.reads ? { ok: true as const, value } : failed("io", "The disk is gone."));
    };
    return {
      facts: (wanted, after) => answer(wanted, after, new Uint8Array([67, 87, 82, 1])),
      figures: (wanted) => answer(wanted, null, someFigures),
    };
  }

  take(input: Input): void {
    const next = step(this.state, input);
    if (next.refusal !== null) throw new Error(next.refusal.reason);
    this.state = next.state;
    this.#unstored.push(
      ...next.facts.map((fact) => ({
        ...{ epoch: epoch("e"), at: fact.at, wall: this.#beside(fact.at), fact },
      })),
    );
    this.closer.told(next.facts, (moment) => this.#beside(moment));
  }

  /** Orders that all have to be carried out, at a second. */
  tell(second: number, ...orders: readonly Wish[]): void {
    this.second = second;
    for (const order of orders)
      this.take({
        ...{ kind: "order", at: at(second) },
        order: { ...order, by: "Emily", verified: true },
      });
  }

  #beside(moment: Monotonic): WallTime {
    return wallTime(this.began + moment);
  }

  #newCloser(): Closer {
    const { clinic, archive } = this;
    return createCloser({
      ...{ clinic, archive, store: this.#store, start: this.state.class, log: this.log },
      stored: () => this.stored(),
    });
  }

  /** Stores what was recorded so far; false where that fails. */
  async stored(): Promise<boolean> {
    const facts = this.stores ? this.#unstored.splice(0) : [];
    if (facts.length > 0) await this.#store.append(facts);
    return this.stores;
  }
}
