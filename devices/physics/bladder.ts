/**
 * The pressure in a cuff: what it was told to do, its model, the limb under it and what is broken, moved on through time.
 * P = target + offset + repetition wave + relaxation + leak + pulse ripple + sensor noise. Pure: time is an argument,
 * the noise belongs to the moment.
 */
import { noiseAt } from "../random.ts";
import { type Ailments, ailmentsAt, type Fault, stepMmhg } from "./fault.ts";
import type { CuffModel, Limb } from "./model.ts";
import { type Effort, rippleMmhg, swingMmhg } from "./motion.ts";

/** What the cuff does with its air. */
export type Valve = Readonly<
  { kind: "vent" } | { kind: "fill"; toMmhg: number } | { kind: "hold"; setMmhg: number }
>;

export type Bladder = Readonly<{
  atMs: number;
  /** The true pressure in mmHg: what the limb bears, without motion, pulse and noise. What a bench judges against. */
  trueMmhg: number;
  /** What the sensor says, in mmHg; null when it gives nothing. */
  readMmhg: number | null;
  /** Whether air is being pumped in. */
  pump: boolean;
  /** What the working muscle adds at present, before any regulation. */
  swingMmhg: number;
  /** How much of it the regulation has already taken out. */
  counteredMmhg: number;
  /** The offset that has come about so far. */
  offsetMmhg: number;
  /** How much the tissue has yet to give way. */
  slackMmhg: number;
  /** The pressure on the sensor's side of the hose. */
  hoseMmhg: number;
}>;

/** Everything outside the bladder that decides what its pressure does next. */
export type Surroundings = Readonly<{
  model: CuffModel;
  limb: Limb;
  valve: Valve;
  /** The set under way, null when nobody moves. */
  effort: Effort | null;
  faults: readonly Fault[];
}>;

export const emptyBladder = (atMs: number): Bladder => ({
  atMs,
  trueMmhg: 0,
  readMmhg: 0,
  pump: false,
  swingMmhg: 0,
  counteredMmhg: 0,
  offsetMmhg: 0,
  slackMmhg: 0,
  hoseMmhg: 0,
});

/** The longest stretch that is reckoned in one go; a tenth of the fastest time constant would be 40 ms. */
const stepMs = 20;
const sensorNoiseMmhg = 0.1;
/** Air and tissue give: the pressure follows the muscle with this lag. */
const swingTauMs = 120;
const burstTauMs = 350;
const kinkTauMs = 500;
/** Air flow that counts as the pump running, in mmHg a second: it makes a leak of 2 mmHg a minute visible. */
const pumpFlow = 0.02;

/** The bladder at `toMs`. The same calls give the same trace, to the sample. */
export const advance = (bladder: Bladder, around: Surroundings, toMs: number): Bladder => {
  let b = bladder;
  while (b.atMs < toMs) b = moved(b, around, Math.min(b.atMs + stepMs, toMs));
  return read(b, around);
};

const moved = (b: Bladder, around: Surroundings, atMs: number): Bladder => {
  const { model, limb, valve, faults, effort } = around;
  const ill = ailmentsAt(faults, atMs);
  const s = (atMs - b.atMs) / 1000;
  const filling = valve.kind === "fill";
  const pushed =
    effort === null ? 0 : swingMmhg(model, limb, effort, atMs) * firmness(around) * grip(b.trueMmhg);
  const swing = b.swingMmhg + (pushed - b.swingMmhg) * (1 - Math.exp((-1000 * s) / swingTauMs));
  const offset = effort === null ? b.offsetMmhg : b.offsetMmhg + offsetChange(b, around, effort, s);
  const slackMmhg = filling ? limb.relaxationMmhg : b.slackMmhg * Math.exp((-3000 * s) / limb.relaxationMs);

  // A blind sensor must not make a cuff pump on and on: without a reading that moves it leaves its air alone.
  const regulated = valve.kind === "hold" && model.regulation !== null && !isBlind(ill);
  const tauS = (model.regulation?.tauMs ?? Infinity) / 1000;
  const flow = airFlow(b, around, { ill, offsetMmhg: offset, s });
  const countering = regulated ? -(swing + b.counteredMmhg) / tauS : -b.counteredMmhg;

  const given = regulated ? 0 : offset - b.offsetMmhg;
  const relaxed = filling ? 0 : Math.min(0, slackMmhg - b.slackMmhg);
  const level = b.trueMmhg + (flow - ill.leakMmhgPerS) * s + given + relaxed;
  const torn = ill.burst ? Math.exp((-1000 * s) / burstTauMs) : 1;
  // Steps of posture move only a cuff that sits on the limb.
  const stepped = stepMmhg(faults, b.atMs, atMs) * grip(b.trueMmhg);
  const trueMmhg = Math.max(0, level * torn + stepped);
  const loose = valve.kind === "vent" && trueMmhg < 5;
  return {
    ...b,
    atMs,
    trueMmhg,
    pump: filling || ill.drivenToMmhg !== null ? flow > 0 : regulated && flow + countering > pumpFlow,
    swingMmhg: swing,
    counteredMmhg: b.counteredMmhg + countering * s,
    offsetMmhg: loose ? 0 : offset,
    slackMmhg: loose ? 0 : slackMmhg,
    hoseMmhg: ill.kinked ? b.hoseMmhg * Math.exp((-1000 * s) / kinkTauMs) : trueMmhg,
  };
};

type Moment = Readonly<{ ill: Ailments; offsetMmhg: number; s: number }>;

/** Air in (positive) or out through the valve and the pump, in mmHg a second; none gets past a kink. */
const airFlow = (b: Bladder, { model, valve }: Surroundings, { ill, offsetMmhg, s }: Moment): number => {
  if (ill.kinked) return 0;
  const pumping = !isBlind(ill) && !ill.burst;
  switch (valve.kind) {
    case "vent":
      return ill.stuck ? 0 : (b.trueMmhg * (Math.exp((-1000 * s) / model.ventTauMs) - 1)) / s;
    case "fill":
      return pumping ? Math.min(model.inflateMmhgPerS, Math.max(0, (valve.toMmhg - b.trueMmhg) / s)) : 0;
    case "hold": {
      if (ill.drivenToMmhg !== null)
        return Math.min(model.inflateMmhgPerS, Math.max(0, (ill.drivenToMmhg - b.trueMmhg) / s));
      if (model.regulation === null || !pumping) return 0;
      const wanted = (valve.setMmhg + offsetMmhg - b.trueMmhg) / (model.regulation.tauMs / 1000);
      return Math.max(-model.inflateMmhgPerS, Math.min(model.inflateMmhgPerS, wanted));
    }
  }
};

const offsetChange = (b: Bladder, around: Surroundings, effort: Effort, s: number): number => {
  const { model, limb } = around;
  const percent = model.offsetPctLop[effort.set - 1] ?? model.offsetPctLop.at(-1) ?? 0;
  const goal = (limb.lopMmhg * percent * limb.settling * firmness(around)) / 100;
  return (goal - b.offsetMmhg) * (1 - Math.exp((-1000 * s) / model.offsetTauMs));
};

/**
 * What was published was measured at a set pressure of 80 % LOP. At another one swings and offsets are taken to be in
 * proportion to it, which nobody has measured.
 */
const firmness = ({ valve, limb }: Surroundings): number =>
  valve.kind === "hold" ? valve.setMmhg / (0.8 * limb.lopMmhg) : 1;

/** How firmly the cuff sits, 0 to 1: a loose one feels no muscle. */
const grip = (trueMmhg: number): number => Math.min(1, trueMmhg / 40);

const isBlind = (ill: Ailments): boolean => ill.kinked || ill.sensor !== "sound";

const read = (b: Bladder, { limb, faults }: Surroundings): Bladder => {
  const ill = ailmentsAt(faults, b.atMs);
  switch (ill.sensor) {
    case "sensor-absent":
      return { ...b, readMmhg: null };
    case "sensor-zero":
      return { ...b, readMmhg: 0 };
    case "sensor-frozen":
      return b;
    case "sound": {
      const felt = ill.kinked
        ? b.hoseMmhg
        : b.trueMmhg + b.swingMmhg + b.counteredMmhg + rippleMmhg(limb, b.trueMmhg, b.atMs);
      const readMmhg = felt + sensorNoiseMmhg * noiseAt(limb.seed, Math.round(b.atMs));
      return { ...b, readMmhg: Math.max(-20, Math.min(600, readMmhg)) };
    }
  }
};
