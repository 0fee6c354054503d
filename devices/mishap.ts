/** What happens to a simulated cuff's power and its link, as data; times count from the start of the simulation. */
type When = Readonly<{ fromMs: number; untilMs: number }>;

export type Mishap = When &
  Readonly<
    /** It stays connected and says nothing. */
    | { kind: "silent" }
    /** The connection hangs: what is said is delivered in one burst at the end. */
    | { kind: "hung" }
    /** The link drops; what could not be said is backfilled afterwards. */
    | { kind: "cut" }
    /** The power fails and comes back, with another boot; the air stays in. */
    | { kind: "reboot" }
  >;

export type MishapKind = Mishap["kind"];

/** What is happening at a moment; the first that is named where several overlap. */
export const mishapAt = (mishaps: readonly Mishap[], atMs: number): MishapKind | null =>
  mishaps.find(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs)?.kind ?? null;

/** The moments after `fromMs`, up to and including `toMs`, at which a mishap begins or ends, in order. */
export const edgesWithin = (mishaps: readonly Mishap[], fromMs: number, toMs: number): number[] =>
  mishaps
    .flatMap((mishap) => [mishap.fromMs, mishap.untilMs])
    .filter((edgeMs) => edgeMs > fromMs && edgeMs <= toMs)
    .sort((a, b) => a - b);
