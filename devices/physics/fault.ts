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
    /** The person moves and the level steps, once. */
    | { kind: "posture-step"; byMmhg: number }
  >;

export type FaultKind = Fault["kind"];

export const isOn = (fault: Fault, atMs: number): boolean =>
  atMs >= fault.fromMs && atMs < (fault.untilMs ?? Infinity);

/** Whether a fault of this kind is on. */
export const has = (faults: readonly Fault[], kind: FaultKind, atMs: number): boolean =>
  faults.some((fault) => fault.kind === kind && isOn(fault, atMs));

/** How fast air is lost through leaks, in mmHg a second. */
export const leakMmhgPerS = (faults: readonly Fault[], atMs: number): number =>
  faults.reduce((rate, fault) => {
    if (!isOn(fault, atMs)) return rate;
    if (fault.kind === "slow-leak") return rate + fault.mmhgPerMin / 60;
    return fault.kind === "fast-leak" ? rate + fault.mmhgPerS : rate;
  }, 0);

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
