/**
 * What is true of a cuff now: one rule for each condition (docs/alarms.md). Each is judged by itself, from state and time
 * alone; what becomes of it (an occurrence, its sound, a person's answer) is decided elsewhere.
 */
import {
  battery,
  clockDisagrees,
  cuffFault,
  inflatedUnassigned,
  sensorFrozen,
  silent,
  twoOfOne,
} from "./conditions/device.ts";
import { stopAdvised } from "./conditions/patient.ts";
import {
  drift,
  fullOcclusion,
  peaksOverLop,
  pressureHigh,
  pressureLost,
  pressureLow,
  targetDiffers,
} from "./conditions/pressure.ts";
import {
  measuringTooLong,
  overrun,
  releaseFailed,
  releaseSoon,
  reperfusionShort,
  sessionOverrun,
} from "./conditions/time.ts";
import type { CuffCondition } from "./policy.ts";
import type { CuffRule } from "./verdict.ts";

export const rules: Readonly<Record<CuffCondition, CuffRule>> = {
  overrun,
  "full-occlusion": fullOcclusion,
  "release-failed": releaseFailed,
  "measuring-too-long": measuringTooLong,
  "pressure-lost": pressureLost,
  silent,
  "stop-advised": stopAdvised,
  "cuff-fault": cuffFault,
  "target-differs": targetDiffers,
  "pressure-high": pressureHigh,
  "pressure-low": pressureLow,
  drift,
  "peaks-over-lop": peaksOverLop,
  "sensor-frozen": sensorFrozen,
  "reperfusion-short": reperfusionShort,
  "session-overrun": sessionOverrun,
  "inflated-unassigned": inflatedUnassigned,
  "two-of-one": twoOfOne,
  "clock-disagrees": clockDisagrees,
  battery,
  "release-soon": releaseSoon,
};
