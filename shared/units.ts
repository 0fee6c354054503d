/**
 * Numbers that know their unit. A brand costs nothing at run time and stops millimetres of mercury from being
 * added to milliseconds.
 */
declare const unit: unique symbol;
type Quantity<U extends string> = number & { readonly [unit]: U };

/** Pressure in millimetres of mercury. */
export type Mmhg = Quantity<"mmHg">;
/** A duration in milliseconds. */
export type Millis = Quantity<"ms">;
/**
 * A moment in site time: milliseconds on a line that never steps and goes on across restarts of the server
 * (docs/decisions/002-one-time-line.md). It has no relation to the wall clock.
 */
export type Monotonic = Quantity<"site time, ms">;
/** A moment on the wall clock, milliseconds since 1970 UTC. Shown and stored, never calculated with. */
export type WallTime = Quantity<"wall clock, ms">;

export const mmhg = (n: number): Mmhg => n as Mmhg;
export const millis = (n: number): Millis => n as Millis;
export const seconds = (n: number): Millis => (n * 1000) as Millis;
export const minutes = (n: number): Millis => (n * 60_000) as Millis;
export const monotonic = (n: number): Monotonic => n as Monotonic;
export const wallTime = (n: number): WallTime => n as WallTime;

/** The contract carries pressure as whole tenths of a millimetre of mercury. */
export const fromTenths = (tenths: number): Mmhg => (tenths / 10) as Mmhg;

/** How long from one moment to another; negative when `to` lies before `from`. */
export const between = (from: Monotonic, to: Monotonic): Millis => (to - from) as Millis;
/** The moment `duration` after `from`. */
export const after = (from: Monotonic, duration: Millis): Monotonic => (from + duration) as Monotonic;
/** The moment `duration` before `from`. */
export const before = (from: Monotonic, duration: Millis): Monotonic => (from - duration) as Monotonic;
export const earlier = (a: Monotonic, b: Monotonic): Monotonic => (a < b ? a : b);
export const later = (a: Monotonic, b: Monotonic): Monotonic => (a > b ? a : b);
export const longer = (a: Millis, b: Millis): Millis => (a > b ? a : b);
export const sum = (a: Millis, b: Millis): Millis => (a + b) as Millis;

/** A deadline that never comes. */
export const never = Infinity as Monotonic;
