/** A recording's record as the closer keeps it: one limb, restricted for five minutes, and two alarms. */
import type { Figures, RecordingRecord } from "../../shared/clinic/recording-record.ts";

/** Noon of a day in March, by the wall clock. */
export const noon = 1_772_539_200_000;

export const someFigures: Figures = {
  limbs: [
    {
      ...{
        limb: "thigh",
        side: "left",
        restrictedMs: 300_000,
        inflations: 2,
        meanMmhg: 148.5,
        peakMmhg: 171,
      },
      exercising: { inMs: 200_000, ofMs: 240_000 },
      resting: { inMs: 60_000, ofMs: 60_000 },
      ...{ missingMs: 0, backfilledMs: 0, samples: 3000 },
    },
  ],
  exercises: [
    {
      ...{
        name: "Leg press",
        kind: "restricted",
        loadKg: 40,
        pctOneRm: 30,
        pctLop: 60,
        setsDone: 2,
        setsPlanned: 2,
      },
      ...{ repetitions: 45, repetitionsPlanned: 45, restrictedMs: 300_000 },
    },
  ],
  alarms: [
    { condition: "overrun", priority: "high", answeredAfterMs: 4000, lastedMs: 9000 },
    { condition: "pressure-low", priority: "medium", answeredAfterMs: null, lastedMs: 2000 },
  ],
  pain: 3,
  exertion: 6,
};

export const recordingRecord = (changes: Partial<RecordingRecord> = {}): RecordingRecord => ({
  ...{ patient: "patient-1", name: "Maya K.", station: "1", class: "class-1", programme: "Knee" },
  ...{ outcome: "completed", figures: someFigures, log: 0, from: 1000, to: 601_000 },
  cuffs: [{ limb: "thigh", side: "left", cuff: "cuff-1", from: 1000, to: 601_000 }],
  ...{ startedAt: noon, endedAt: noon + 600_000, source: "recorded", removed: null, file: null },
  ...changes,
});
