/**
 * One simulated cuff: its course, its bladder, its timer state and what it says about them. A pure state machine on its own
 * milliseconds; the publisher gives it time and carries what it says.
 */
import type { CommandMessage, DataMessage, EventMessage, MetaMessage } from "../shared/cuff/message.ts";
import type { CuffId } from "../shared/ids.ts";
import {
  cannotInflate,
  type Course,
  countersOf,
  effortOf,
  nextStage,
  phaseOf,
  type Stage,
  valveOf,
} from "./course.ts";
import { advance, type Bladder, emptyBladder } from "./physics/bladder.ts";
import type { Fault } from "./physics/fault.ts";
import type { CuffModel, Limb } from "./physics/model.ts";
import { randomFrom, seedOf } from "./random.ts";

export type CuffSpec = Readonly<{
  cuff: CuffId;
  seed: number;
  model: CuffModel;
  limb: Limb;
  course: Course;
  /** In the cuff's own time. */
  faults: readonly Fault[];
  /** How long it waits before its first inflation. */
  readyMs: number;
  /** Messages a second, and samples in each. */
  hz: number;
  samples: number;
}>;

export type Cuff = Readonly<{
  spec: CuffSpec;
  /** The simulation's time, which a reboot does not reset. */
  atMs: number;
  bootedMs: number;
  boots: number;
  boot: string;
  bootSalt: number;
  seq: number;
  eseq: number;
  /** Inflations since boot, and since the cuff was made. */
  ep: number;
  inflation: number;
  /** When the pressure crossed 30 mmHg, as far as this boot knows. */
  occludedMs: number | null;
  stage: Stage;
  bladder: Bladder;
  nextSampleMs: number;
  batch: readonly (number | null)[];
  batchMs: number;
  /** The last command that was answered, so that one delivered twice is not done twice. */
  answered: Readonly<{ id: string; ok: boolean; code?: string }> | null;
}>;

/** What a cuff has to tell. */
export type Said = Readonly<
  { channel: "data"; message: DataMessage } | { channel: "event"; message: EventMessage }
>;

export type Stepped = Readonly<{ cuff: Cuff; said: readonly Said[] }>;

const inflatedMmhg = 30;
const deflatedMmhg = 20;

const samplePeriodMs = ({ hz, samples }: CuffSpec): number => 1000 / (hz * samples);

/** A cuff that was switched on a while ago and is not inflated. */
export const newCuff = (spec: CuffSpec): Cuff => {
  const random = randomFrom(seedOf(spec.seed, 1));
  const upMs = random.whole(60_000, 1_800_000);
  const firstMs = random.between(0, 1000 / spec.hz);
  return {
    spec,
    atMs: 0,
    bootedMs: -upMs,
    boots: 1,
    boot: bootOf(spec.seed, 1),
    bootSalt: 0,
    seq: Math.floor((upMs / 1000) * spec.hz),
    eseq: 0,
    ep: 0,
    inflation: 0,
    occludedMs: null,
    stage: { kind: "ready", untilMs: spec.readyMs },
    bladder: emptyBladder(0),
    nextSampleMs: firstMs,
    batch: [],
    batchMs: firstMs,
    answered: null,
  };
};

const bootOf = (seed: number, boots: number): string => randomFrom(seedOf(seed, 100 + boots)).hex(8);

/**
 * The same cuff under a boot of its own, made from `salt`: a boot names one power-up, and two runs of one seed are two of
 * them. Its pressure and its sequence stay those of its seed.
 */
export const poweredUp = (cuff: Cuff, salt: number): Cuff => ({
  ...cuff,
  bootSalt: salt,
  boot: bootOf(cuff.spec.seed ^ salt, cuff.boots),
});

/** Milliseconds on the cuff's own clock since it was switched on: `m` in the contract. */
export const clockMs = (cuff: Cuff, atMs = cuff.atMs): number => Math.round(atMs - cuff.bootedMs);

/** How long the present inflation has lasted by the cuff's own clock; 0 when there is none. */
export const occMs = (cuff: Cuff): number =>
  cuff.occludedMs === null ? 0 : Math.round(cuff.atMs - cuff.occludedMs);

/** The cuff at `toMs`, and all that it said on the way. */
export const step = (cuff: Cuff, toMs: number): Stepped => {
  const said: Said[] = [];
  let now = cuff;
  while (now.nextSampleMs <= toMs) {
    const turned = sampled(now);
    said.push(...turned.said);
    now = turned.cuff;
  }
  return { cuff: { ...now, atMs: Math.max(now.atMs, toMs) }, said };
};

const sampled = (cuff: Cuff): Stepped => {
  const { spec } = cuff;
  const atMs = cuff.nextSampleMs;
  const { cuff: turned, said } = turn({ ...cuff, atMs });
  const bladder = advance(
    cuff.bladder,
    {
      model: spec.model,
      limb: spec.limb,
      valve: valveOf(spec.course, turned.stage),
      effort: effortOf(spec.course, turned.stage),
      faults: spec.faults,
    },
    atMs,
  );
  const batch = [...turned.batch, bladder.readMmhg === null ? null : Math.round(bladder.readMmhg * 10)];
  const timed = timing({ ...turned, bladder, nextSampleMs: atMs + samplePeriodMs(spec) });
  if (batch.length < spec.samples) return { cuff: { ...timed, batch }, said };
  const sent = { ...timed, seq: (cuff.seq + 1) % 2 ** 32, batch: [], batchMs: timed.nextSampleMs };
  return { cuff: sent, said: [...said, { channel: "data", message: dataOf(timed, batch) }] };
};

/** Goes on to the next stage where one is due, and says so. */
const turn = (cuff: Cuff): Stepped => {
  const { spec, stage, atMs } = cuff;
  const sense = { atMs, readMmhg: cuff.bladder.readMmhg, inflation: cuff.inflation };
  const next = nextStage(spec.course, stage, sense);
  if (next === stage) return { cuff, said: [] };
  const moved = { ...cuff, stage: next };
  switch (next.kind) {
    case "inflating":
      return tell(
        { ...moved, ep: cuff.ep + 1, inflation: cuff.inflation + (next.set === 1 ? 1 : 0) },
        "inflate",
      );
    case "settling":
      return tell(moved, "on-target");
    case "releasing": {
      const released = tell(moved, "release");
      if (!cannotInflate(stage, atMs)) return released;
      const fault = tell(released.cuff, "fault");
      return { cuff: fault.cuff, said: [...fault.said, ...released.said] };
    }
    case "ready":
    case "working":
    case "resting":
    case "staying":
    case "reperfusing":
      return { cuff: moved, said: [] };
  }
};

const tell = (cuff: Cuff, kind: "inflate" | "on-target" | "release" | "fault"): Stepped => {
  const common = { v: 1, boot: cuff.boot, eseq: cuff.eseq, m: clockMs(cuff), ep: cuff.ep } as const;
  const message: EventMessage =
    kind === "fault" ? { ...common, kind, code: "no-pressure" } : { ...common, kind };
  return { cuff: { ...cuff, eseq: cuff.eseq + 1 }, said: [{ channel: "event", message }] };
};

/** The occlusion clock: from 30 mmHg while inflating, until below 20 mmHg once released. */
const timing = (cuff: Cuff): Cuff => {
  const { readMmhg } = cuff.bladder;
  const phase = phaseOf(cuff.stage);
  if (cuff.occludedMs === null)
    return phase === "inflating" && readMmhg !== null && readMmhg >= inflatedMmhg
      ? { ...cuff, occludedMs: cuff.atMs }
      : cuff;
  const over = phase === "idle" || (phase === "releasing" && readMmhg !== null && readMmhg < deflatedMmhg);
  return over ? { ...cuff, occludedMs: null } : cuff;
};

const dataOf = (cuff: Cuff, p: (number | null)[]): DataMessage => {
  const { spec, stage, bladder } = cuff;
  const phase = phaseOf(stage);
  const holding = phase === "inflating" || phase === "occluded";
  return {
    v: 1,
    boot: cuff.boot,
    seq: cuff.seq,
    m0: clockMs(cuff, cuff.batchMs),
    dt: samplePeriodMs(spec),
    p,
    st: {
      phase,
      tgt: holding ? Math.round(spec.course.targetMmhg * 10) : 0,
      occMs: occMs(cuff),
      ep: cuff.ep,
      ...(countersOf(spec.course, stage, cuff.atMs) ?? {}),
      pump: bladder.pump,
    },
    bat: batteryOf(cuff),
    rssi: rssiOf(cuff),
  };
};

/** A battery that lasts some twelve hours; the charge at the start belongs to the cuff. */
const batteryOf = ({ spec, atMs }: Cuff): NonNullable<DataMessage["bat"]> => {
  const full = 62 + (seedOf(spec.seed, 2) % 38);
  const pct = Math.max(1, Math.round(full - atMs / 432_000));
  return { pct, mv: 3500 + 6 * pct, chg: false };
};

const rssiOf = ({ spec, atMs }: Cuff): number =>
  -50 - (seedOf(spec.seed, 3) % 20) - (seedOf(spec.seed, Math.floor(atMs / 5000)) % 4);

/** What the cuff publishes about itself. */
export const metaOf = ({ spec, boot }: Cuff): MetaMessage => ({
  v: 1,
  boot,
  model: spec.model.name,
  serial: `SIM-${(seedOf(spec.seed, 4) % 100_000).toString().padStart(5, "0")}`,
  fw: "1.0.0",
  hz: spec.hz * spec.samples,
  caps: [...spec.model.caps],
  rangeMmhg: [0, 400],
  regulated: spec.model.regulation !== null,
  calibrated: "2026-05-01",
  simulated: true,
});

/** The cuff after its power failed: a new boot, counters from the start, and whatever pressure there was. */
export const rebooted = (cuff: Cuff): Cuff => {
  const up = cuff.bladder.trueMmhg >= inflatedMmhg;
  return {
    ...cuff,
    bootedMs: cuff.atMs,
    boots: cuff.boots + 1,
    boot: bootOf(cuff.spec.seed ^ cuff.bootSalt, cuff.boots + 1),
    seq: 0,
    eseq: 0,
    ep: up ? 1 : 0,
    occludedMs: up ? cuff.atMs : null,
    batch: [],
    batchMs: cuff.nextSampleMs,
    answered: null,
  };
};

/** The cuff once `reached` holds, with nothing said on the way: how a simulation joins a session that is under way. */
export const joined = (cuff: Cuff, reached: (cuff: Cuff) => boolean): Cuff => {
  const atMostMs = cuff.atMs + 2 * 3600_000;
  let now = cuff;
  while (!reached(now) && now.atMs < atMostMs) now = step(now, now.atMs + 100).cuff;
  return now;
};

/** The cuff about to inflate, where it is down and waits for its next session; else as it is. */
export const begun = (cuff: Cuff): Cuff => {
  const { stage } = cuff;
  const waits = stage.kind === "ready" || (stage.kind === "reperfusing" && stage.set === null);
  return waits ? { ...cuff, stage: { ...stage, untilMs: cuff.atMs } } : cuff;
};

export type Answer = Readonly<{ ok: boolean; code?: string }>;

/** Why a cuff refuses a command, or null when it takes it (devices/contract.md, `cmd`). */
export const refusal = (cuff: Cuff, command: CommandMessage): string | null => {
  if (command.boot !== cuff.boot) return "wrong-boot";
  if (command.ep !== cuff.ep) return "wrong-ep";
  if (clockMs(cuff) > command.m + command.ttlMs) return "expired";
  if (!cuff.spec.model.caps.includes(command.kind)) return "unsupported";
  return null;
};

/** The cuff vents: what `release` asks for, in whatever stage it is. */
export const released = (cuff: Cuff): Stepped => {
  const phase = phaseOf(cuff.stage);
  if (phase === "idle" || phase === "releasing") return { cuff, said: [] };
  return tell({ ...cuff, stage: { kind: "releasing", sinceMs: cuff.atMs, set: null } }, "release");
};
