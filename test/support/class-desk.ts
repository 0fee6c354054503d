/** A floor behind its commands and its records, without a broker or a screen: what is ordered is judged, stored and kept. */
import type { CommandMessage } from "../../shared/cuff/message.ts";
import { type Input, type State, step } from "../../shared/engine.ts";
import { epoch, programmeId } from "../../shared/ids.ts";
import type { LopEntry } from "../../shared/plan/limb-occlusion.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { type WallTime, wallTime } from "../../shared/units.ts";
import { createCommands, type TakeCommand } from "../../server/commands.ts";
import { type Desk, openDesk } from "../../server/desk/desk.ts";
import { classRoutes } from "../../server/http/class.ts";
import type { Route } from "../../server/http/route.ts";
import { createLog } from "../../server/log.ts";
import { type Clinic, openClinic } from "../../server/records/clinic.ts";
import { recordRoutes } from "../../server/records/routes.ts";
import type { Register } from "../../server/register/register.ts";
import type { Store } from "../../server/store/store.ts";
import { emptyFloor, programme } from "./class.ts";
import { at } from "./floor.ts";

/** Noon of a day in March, by the wall clock, when site time was 0. */
export const noon = wallTime(1_772_539_200_000);
const writer = { by: "Emily", at: wallTime(noon - 86_400_000) };

export class TestDesk {
  state: State;
  readonly facts: Fact[] = [];
  readonly sent: CommandMessage[] = [];
  readonly clinic: Clinic;
  readonly desk: Desk;
  readonly command: TakeCommand;
  /** Site time, in seconds. */
  second = 1;
  /** False: the server ends between a fact and what is made of it. */
  keeps = true;
  /** Resolves once every record of a finished session is kept. */
  kept: Promise<unknown> = Promise.resolve();
  readonly #store: Store;
  readonly #unstored: Fact[] = [];

  constructor(register: Register, store: Store) {
    this.#store = store;
    this.clinic = openClinic({
      register,
      wall: () => this.wall(),
      isInUse: (kind, id) => this.desk.isInUse(kind, id),
    });
    this.state = emptyFloor().state;
    this.desk = openDesk({
      clinic: this.clinic,
      store,
      stored: () => this.#stored(),
      log: createLog("silent"),
      state: () => this.state,
    });
    let made = 0;
    this.command = createCommands({
      epoch: "e",
      now: () => at(this.second),
      state: () => this.state,
      order: (order) => this.take({ kind: "order", at: at(this.second), order }),
      newId: () => `id-${(made += 1)}`,
      seat: this.desk.seat,
      swap: this.desk.swap,
      testSound: () => 0,
      canSend: () => true,
      send: (_cuff, message) => this.sent.push(message),
      stored: () => this.#stored(),
    });
  }

  /** Another day: nobody is in the class, and what was written stays. */
  reset(): void {
    this.state = emptyFloor().state;
    this.second = 1;
    this.keeps = true;
  }

  wall(): WallTime {
    return wallTime(noon + this.second * 1000);
  }

  get routes(): readonly Route[] {
    const { command } = this;
    return [
      ...recordRoutes(this.clinic),
      ...classRoutes({ command, epoch: "e", now: () => at(this.second), state: () => this.state }),
    ];
  }

  take(input: Input): ReturnType<typeof step> {
    const next = step(this.state, input);
    this.state = next.state;
    this.facts.push(...next.facts);
    this.#unstored.push(...next.facts);
    const wall = this.wall();
    for (const fact of next.facts)
      if (fact.kind === "finished" && this.keeps) this.kept = this.desk.sessions.finished({ fact, wall });
    return next;
  }

  hear(inputs: readonly Input[]): void {
    for (const input of inputs) this.take(input);
  }

  async #stored(): Promise<boolean> {
    const facts = this.#unstored.splice(0);
    const wall = this.wall();
    if (facts.length > 0)
      await this.#store.append(facts.map((fact) => ({ epoch: epoch("e"), at: fact.at, wall, fact })));
    return true;
  }

  /** A patient who may begin, with a plan, a limb occlusion pressure and a cuff. */
  async admit(id: string, changes: object = {}): Promise<void> {
    const { patients, programmes, lop } = this.clinic;
    const patient = { ...ready, ...changes };
    const written = await patients.write([
      patients.change(id, patient, null, writer),
      programmes.change(`plan-${id}`, programme(), null, writer, id),
      lop.change(`lop-${id}`, pressure, null, writer, id),
    ]);
    if (!written.ok || written.value.is !== "written") throw new Error("The patient was not written.");
  }
}

export const pressure: LopEntry = {
  ...{ limb: "thigh", side: "left", mmhg: 250, cuffWidthCm: 11, posture: "supine", method: "cuff" },
  ...{ at: writer.at, from: null, note: "" },
};

/** Screened, explained, and treated at the left thigh. */
const answers = Object.fromEntries(
  [
    ...["thromboembolism", "anticoagulants", "pregnancy", "sickle-cell", "dialysis-access", "malignancy"],
    ...["wound-or-fracture", "crush-injury", "infection", "revascularisation", "lymphoedema", "angina"],
    ...["intracranial-pressure", "hypertension", "heart-failure", "aneurysm", "arterial-disease"],
    "arrhythmia",
  ].map((question) => [question, "no"] as const),
);
const ready = {
  ...{ givenName: "Maya", familyName: "Keller", number: "", born: null, sex: null, condition: "", notes: "" },
  limbs: [{ limb: "thigh", side: "left" }] as { limb: "thigh"; side: "left" }[],
  explanation: { text: "", given: { at: writer.at, by: "Emily" } },
  screening: { answers, at: writer.at, by: "Emily", override: null },
  stationOnly: false,
  hold: null,
};

/** A command that seats `id`, as the body of a request. */
export const seating = (id: string, changes: object = {}): Readonly<Record<string, unknown>> => ({
  ...{ kind: "seat", station: "1", patient: id, programme: programmeId(`plan-${id}`) },
  cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lop: `lop-${id}` }],
  ...changes,
});
