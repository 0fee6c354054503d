/** Cuffs and alarms as screens get them, calm unless a test says otherwise. */
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import { alarmId, cuffId, stationId } from "../../shared/ids.ts";
import type { Prescription } from "../../shared/plan/prescription.ts";
import { millis, minutes, mmhg, monotonic, seconds } from "../../shared/units.ts";
import type { CuffOnScreen, StationOnScreen } from "../../shared/wire.ts";

/** A whole second of site time at which the tables look. */
export const now = monotonic(1_000_000);
export const secondsAgo = (s: number): typeof now => monotonic(now - s * 1000);

/** 60 % of 250 mmHg for 8 minutes, 30-15-15-15. */
export const prescription: Prescription = {
  plan: "Giles 2017",
  limb: { limb: "thigh", side: "right" },
  lop: mmhg(250),
  target: mmhg(150),
  pctLop: 60,
  limit: minutes(8),
  cap: minutes(20),
  reperfusion: minutes(1),
  repsOfSets: [30, 15, 15, 15],
  inflations: 1,
  cuffDownBetweenSets: false,
};

/** A cuff that is down and was just heard. */
export const cuffDown = (changes: Partial<CuffOnScreen> = {}): CuffOnScreen => ({
  cuff: cuffId("cuff-01"),
  prescription,
  basic: false,
  simulated: false,
  canRelease: true,
  phase: "idle",
  set: null,
  rep: null,
  batteryPct: 80,
  saysOffline: false,
  pressure: mmhg(1),
  pressureAt: secondsAgo(0.1),
  heardDown: null,
  freshFor: seconds(3),
  resting: false,
  restingSince: null,
  occlusion: null,
  dose: { closed: millis(0), upTo: null },
  restricted: millis(0),
  inflationsDone: 0,
  resumedAt: null,
  tolerance: { exercise: mmhg(15), rest: mmhg(15) },
  overrunHighAfter: minutes(1),
  notes: [],
  ...changes,
});

/** A cuff that has been up for so many seconds. */
export const cuffUp = (upForS: number, changes: Partial<CuffOnScreen> = {}): CuffOnScreen =>
  cuffDown({
    phase: "occluded",
    set: 2,
    rep: 7,
    pressure: mmhg(148.4),
    heardDown: "inflated",
    occlusion: { number: 1, since: secondsAgo(upForS), ordered: null, fallen: false },
    ...changes,
  });

export const station = (name: string | null, ...cuffs: readonly CuffOnScreen[]): StationOnScreen => ({
  station: name === null ? null : stationId(name),
  patient: name === null ? "" : `Patient ${name}`,
  cuffs,
  visit: null,
});

export const occurrence = (changes: Partial<Occurrence> = {}): Occurrence => ({
  id: alarmId("main:cuff-01:overrun:1:1"),
  condition: "overrun",
  cuff: cuffId("cuff-01"),
  station: stationId("1"),
  patient: "Patient 1",
  priority: "medium",
  raisedAt: secondsAgo(14),
  roseAt: secondsAgo(14),
  value: 494_000,
  limit: 480_000,
  cause: null,
  unconfirmed: false,
  acknowledged: null,
  waitingSince: secondsAgo(14),
  remindedAt: null,
  clearedAt: null,
  supersededBy: null,
  ...changes,
});

/** Somebody who is going since three seconds to an alarm of medium priority. */
export const going = { by: "Aidan R.", at: secondsAgo(3), until: secondsAgo(-117), verified: false };
