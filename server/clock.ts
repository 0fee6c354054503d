/**
 * Site time: a line that never steps and goes on across restarts (docs/decisions/002-one-time-line.md). While the
 * process runs it follows the monotonic clock alone; the wall clock may be stepped by hours and changes nothing.
 */
import { readFileSync } from "node:fs";
import os from "node:os";
import {
  after,
  type Millis,
  millis,
  type Monotonic,
  monotonic,
  sum,
  type WallTime,
  wallTime,
} from "../shared/units.ts";

/** The clocks of the machine, all in milliseconds. */
export type Clocks = Readonly<{
  /** Since some moment of this process; never steps, may stand still while the machine sleeps. */
  processMs: () => number;
  /** Since the machine was switched on, sleep included. */
  bootClockMs: () => number;
  wallMs: () => number;
  /** Names one power-up of the machine. */
  bootId: string;
}>;

/** The last moment at which a site is known to have been alive, on every clock there is. */
export type Alive = Readonly<{ at: Monotonic; bootId: string; bootClockMs: number; wall: WallTime }>;

export type Resumed = Readonly<{ gap: Millis; vouchedBy: "boot-clock" | "wall-clock" | "nothing" }>;

/**
 * How long the site was away: within one boot of the machine what its boot clock says, which cannot be stepped; after a
 * boot what the wall clock says. Never negative. A gap too long overruns too early, one too short too late.
 */
export const gapSince = (
  anchor: Alive,
  now: Readonly<{ bootId: string; bootClockMs: number; wallMs: number }>,
): Resumed => {
  const byBoot = now.bootClockMs - anchor.bootClockMs;
  // Within one boot there is a clock that cannot be stepped; the wall clock can, by hours, and would step every dose.
  if (now.bootId === anchor.bootId && byBoot >= 0) return { gap: millis(byBoot), vouchedBy: "boot-clock" };
  const byWall = now.wallMs - anchor.wall;
  return byWall > 0
    ? { gap: millis(byWall), vouchedBy: "wall-clock" }
    : { gap: millis(0), vouchedBy: "nothing" };
};

export type SiteClock = Readonly<{
  /** Site time. */
  now: () => Monotonic;
  /** The wall clock: shown and stored, never calculated with. */
  wall: () => WallTime;
  /** What bridged the time since the anchor; null on the first start of a site. */
  resumed: Resumed | null;
  bootId: string;
  bootClockMs: () => number;
  /** This moment on every clock: what the next start needs as its anchor. */
  alive: () => Alive;
  /**
   * Adds the time that the machine has slept through, and says how much that was: the process's own clock may stand
   * still meanwhile, and the cuffs' clocks did not. To be called once a second or so.
   */
  catchUp: () => Millis;
}>;

/** Two clocks that are read one after the other on a busy machine may differ by this much. */
const shortestSleep = millis(1000);

/** Starts site time where `anchor` left it, plus the gap since then; at 0 without one. */
export const startClock = (anchor: Alive | null, clocks: Clocks = machineClocks()): SiteClock => {
  const { processMs, bootClockMs, wallMs, bootId } = clocks;
  const firstProcess = processMs();
  const firstBoot = bootClockMs();
  const resumed =
    anchor === null ? null : gapSince(anchor, { bootId, bootClockMs: firstBoot, wallMs: wallMs() });
  const start = anchor === null || resumed === null ? monotonic(0) : after(anchor.at, resumed.gap);
  let slept = millis(0);
  const now = (): Monotonic => after(start, millis(processMs() - firstProcess + slept));
  return {
    now,
    wall: () => wallTime(wallMs()),
    resumed,
    bootId,
    bootClockMs,
    alive: () => ({ at: now(), bootId, bootClockMs: bootClockMs(), wall: wallTime(wallMs()) }),
    catchUp: () => {
      const missed = millis(bootClockMs() - firstBoot - (processMs() - firstProcess) - slept);
      if (missed < shortestSleep) return millis(0);
      slept = sum(slept, missed);
      return missed;
    },
  };
};

/** Where Linux says what the boot is called and how long it has lasted. */
const bootIdFile = "/proc/sys/kernel/random/boot_id";
const uptimeFile = "/proc/uptime";

/**
 * The clocks of this machine. Where nothing names the boot, every boot has the same name: after a real one the boot
 * clock then vouches for less than has passed, never for more, and the wall clock for the rest.
 */
export const machineClocks = (): Clocks => ({
  processMs: () => performance.now(),
  bootClockMs: () => {
    const uptime = Number(textOf(uptimeFile)?.split(" ")[0]);
    return 1000 * (uptime > 0 ? uptime : os.uptime());
  },
  wallMs: () => Date.now(),
  bootId: textOf(bootIdFile)?.trim() ?? "unnamed",
});

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
};
