/** What can go wrong with a cuff, as data: from when, and until when where it is put right again. Times are the cuff's own. */

type When = Readonly<{ fromMs: number; untilMs?: number }>;

export type Fault = When &
  Readonly<
    | { kind: "slow-leak"; mmhgPerMin: number }
    | { kind: "fast-leak"; mmhgPerS: number }
    /** The bladder tears: empty within a second or two. */
    | { kind: "burst" }
    /** The sensor repeats its last value. */
    | { kind: "sensor-frozen" }
    | { kind: "sensor-zero" }
    /** The sensor gives nothing. */
    | { kind: "sensor-absent" }
    /** The hose is shut: the sensor sees the empty side of it, the limb stays restricted. */
    | { kind: "kinked-hose" }
    /** The vent valve does not open. */
    | { kind: "stuck-release" }
    /** The pump runs on up to this pressure and nothing lets it down. */
    | { kind: "over-inflation"; toMmhg: number }
    /** The person moves and the level steps, once. */
    | { kind: "posture-step"; byMmhg: number }
  >;

/** What is wrong with a cuff at one moment. */
export type Ailments = Readonly<{
  leakMmhgPerS: number;
  burst: boolean;
  kinked: boolean;
  stuck: boolean;
  /** The pressure that the pump is driven to, in place of the set one. */
  drivenToMmhg: number | null;
  sensor: "sound" | "sensor-frozen" | "sensor-zero" | "sensor-absent";
}>;

const sound: Ailments = {
  leakMmhgPerS: 0,
  burst: false,
  kinked: false,
  stuck: false,
  drivenToMmhg: null,
  sensor: "sound",
};

/** All faults that are on at a moment, taken together. */
export const ailmentsAt = (faults: readonly Fault[], atMs: number): Ailments =>
  faults.reduce((so, fault) => (isOn(fault, atMs) ? suffering(so, fault) : so), sound);

const isOn = (fault: Fault, atMs: number): boolean =>
  atMs >= fault.fromMs && atMs < (fault.untilMs ?? Infinity);

const suffering = (so: Ailments, fault: Fault): Ailments => {
  switch (fault.kind) {
    case "slow-leak":
      return { ...so, leakMmhgPerS: so.leakMmhgPerS + fault.mmhgPerMin / 60 };
    case "fast-leak":
      return { ...so, leakMmhgPerS: so.leakMmhgPerS + fault.mmhgPerS };
    case "burst":
      return { ...so, burst: true };
    case "kinked-hose":
      return { ...so, kinked: true };
    case "stuck-release":
      return { ...so, stuck: true };
    case "over-inflation":
      return { ...so, drivenToMmhg: fault.toMmhg };
    case "sensor-frozen":
    case "sensor-zero":
    case "sensor-absent":
      return { ...so, sensor: fault.kind };
    case "posture-step":
      return so;
  }
};

/** By how much posture steps move the level between two moments. */
export const stepMmhg = (faults: readonly Fault[], fromMs: number, toMs: number): number =>
  faults.reduce(
    (moved, fault) =>
      fault.kind === "posture-step" && fault.fromMs > fromMs && fault.fromMs <= toMs
        ? moved + fault.byMmhg
        : moved,
    0,
  );

/** The same faults, `byMs` later. */
export const shifted = (faults: readonly Fault[], byMs: number): Fault[] =>
  faults.map((fault) => ({
    ...fault,
    fromMs: fault.fromMs + byMs,
    ...(fault.untilMs === undefined ? {} : { untilMs: fault.untilMs + byMs }),
  }));
