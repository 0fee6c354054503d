/**
 * What the server and its screens say to each other over Socket.IO. A screen gets one snapshot, then numbered patches;
 * a gap in the numbers means a new snapshot. Alarms travel as every state they passed through, in order; pressures may be
 * thinned. The same schemas parse on both sides.
 */
import { z } from "zod";
import { conditions } from "./alarm/policy.ts";
import type { Acknowledgement, Occurrence } from "./alarm/occurrence.ts";
import { releasedAllSchema, runningClassSchema, type Visit, visitSchema } from "./class/visit.ts";
import { heardNotDown } from "./class/confirmed-down.ts";
import { cuffPhases } from "./cuff/message.ts";
import type { Frozen } from "./frozen.ts";
import { type AlarmId, alarmId, type CuffId, cuffId, type StationId, stationId } from "./ids.ts";
import { noteSchema } from "./session/note.ts";
import { limbs, type Prescription, sides } from "./plan/prescription.ts";
import {
  type Millis,
  millis,
  type Mmhg,
  mmhg,
  type Monotonic,
  monotonic,
  type WallTime,
  wallTime,
} from "./units.ts";

/** Raised whenever a screen and a server of two versions would misunderstand each other. */
export const protocolVersion = 3;

const time = z.number().transform(monotonic);
const duration = z.number().transform(millis);
const pressure = z.number().transform(mmhg);
const cuff = z.string().transform(cuffId);
const station = z.string().transform(stationId);
const id = z.string().transform(alarmId);

export const prescriptionSchema: z.ZodType<Prescription> = z.object({
  plan: z.string(),
  limb: z.object({ limb: z.enum(limbs), side: z.enum(sides) }),
  lop: pressure.nullable(),
  target: pressure.nullable(),
  pctLop: z.number().nullable(),
  limit: duration,
  cap: duration,
  reperfusion: duration,
  repsOfSets: z.array(z.number()),
  inflations: z.number(),
  cuffDownBetweenSets: z.boolean(),
});

/** One cuff as a screen needs it: what was measured, and every clock as a moment from which it runs. */
export const cuffSchema = z.object({
  cuff,
  prescription: prescriptionSchema.nullable(),
  basic: z.boolean(),
  simulated: z.boolean(),
  canRelease: z.boolean(),
  /** What the cuff itself believes; null for a basic cuff and for one that was never heard. */
  phase: z.enum(cuffPhases).nullable(),
  set: z.number().nullable(),
  rep: z.number().nullable(),
  batteryPct: z.number().nullable(),
  /** The cuff, or its last will, has said that it is offline: a hint for people beside its silence. */
  saysOffline: z.boolean(),
  /** The last live reading and when it was taken. */
  pressure: pressure.nullable(),
  pressureAt: time.nullable(),
  /** Why what was heard last does not tell that it is down; null where it does. That grows old by time alone: read it with `downOnScreen`. */
  heardDown: z.enum(heardNotDown).nullable(),
  /** How long a reading of this cuff looks new. */
  freshFor: duration,
  /** The patient holds still, or the cuff's own timer says rest. */
  resting: z.boolean(),
  restingSince: time.nullable(),
  /** The inflation that is under way: elapsed time at any moment = moment − since. */
  occlusion: z
    .object({
      number: z.number(),
      since: time,
      ordered: z.object({ order: z.enum(["release", "cuff-off"]), by: z.string(), at: time }).nullable(),
      /** The pressure is down and nobody has explained why: the clocks run on. */
      fallen: z.boolean(),
    })
    .nullable(),
  /** Closed inflations of this limb since it last reperfused, and when the last of them ended. */
  dose: z.object({ closed: duration, upTo: time.nullable() }),
  restricted: duration.describe("Closed inflations of the whole session"),
  inflationsDone: z.number(),
  /** When the server came back after an interruption; what was heard before it is unconfirmed. */
  resumedAt: time.nullable(),
  /** How far the pressure may be off its target, exercising and resting; null where there is no target. */
  tolerance: z.object({ exercise: pressure, rest: pressure }).nullable(),
  overrunHighAfter: duration.describe("How long after the limit an overrun becomes high"),
  /** What was noted at the patient in this session, the last of each. */
  notes: z.array(z.object({ note: noteSchema, at: time })),
});
export type CuffOnScreen = Frozen<z.output<typeof cuffSchema>>;

export const stationSchema = z.object({
  station: station.nullable(),
  patient: z.string(),
  cuffs: z.array(cuffSchema),
  /** What the patient is to do here, and has done; null for a tile that is nobody's of the class. */
  visit: visitSchema.nullable(),
});
/** One tile: a station of the class, or (station null) a cuff that is on no patient and inflated. */
export type StationOnScreen = Readonly<{
  station: StationId | null;
  patient: string;
  cuffs: readonly CuffOnScreen[];
  visit: Visit | null;
}>;

export const acknowledgementSchema: z.ZodType<Acknowledgement> = z.object({
  by: z.string(),
  at: time,
  until: time,
  verified: z.boolean(),
});

export const occurrenceSchema: z.ZodType<Occurrence> = z.object({
  id,
  condition: z.enum(conditions),
  cuff: cuff.nullable(),
  station: station.nullable(),
  patient: z.string(),
  priority: z.enum(["low", "medium", "high"]),
  raisedAt: time,
  roseAt: time,
  value: z.number(),
  limit: z.number(),
  cause: z.string().nullable(),
  unconfirmed: z.boolean(),
  acknowledged: acknowledgementSchema.nullable(),
  waitingSince: time.nullable(),
  remindedAt: time.nullable(),
  clearedAt: time.nullable(),
  supersededBy: id.nullable(),
});

/** What a screen must know of the server itself. */
export const siteSchema = z.object({
  site: z.string(),
  room: z.string(),
  /** The class that is under way; null while there is none. */
  class: runningClassSchema.nullable(),
  /** Somebody has released all; null where nobody ever did. */
  releasedAll: releasedAllSchema.nullable(),
  /** How many screens have their sound armed. */
  listening: z.number(),
  staff: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Who answers for the class, and to whom it was offered. */
  duty: z.object({
    holder: z.string().nullable(),
    offered: z.object({ to: z.string(), by: z.string(), at: time }).nullable(),
  }),
  /** The sound of the room is paused for what was there before `at`. */
  pause: z.object({ by: z.string(), at: time, until: time }).nullable(),
  /** The embedded or external broker is reachable. */
  broker: z.boolean(),
  /** Facts are being stored. */
  recording: z.boolean(),
  /** Other machines reach the screens, and what goes there can be read on the way. */
  unencrypted: z.boolean(),
  demo: z.boolean(),
});
export type SiteOnScreen = Frozen<z.output<typeof siteSchema>>;

/** New readings of one cuff for its trace, oldest first: [site time, mmHg or null where there was none]. */
const traceSchema = z.object({ cuff, points: z.array(z.tuple([time, pressure.nullable()])) });
export type TracePoint = readonly [at: Monotonic, pressure: Mmhg | null];
export type Trace = Readonly<{ cuff: CuffId; points: readonly TracePoint[] }>;

export const snapshotSchema = z.object({
  protocol: z.number(),
  build: z.string(),
  epoch: z.string(),
  seq: z.number(),
  now: time,
  wall: z.number().transform(wallTime),
  site: siteSchema,
  /** In the order in which they stand on the wall. */
  stations: z.array(stationSchema),
  /** Every occurrence that is present, acknowledged or latched. */
  alarms: z.array(occurrenceSchema),
  /** The last minute. */
  traces: z.array(traceSchema),
});
export type Snapshot = Frozen<z.output<typeof snapshotSchema>>;

/** A cuff's newest reading: all that most patches carry. */
const readingSchema = z.tuple([cuff, time, pressure]);
export type Reading = readonly [cuff: CuffId, at: Monotonic, pressure: Mmhg];

export const patchSchema = z.object({
  epoch: z.string(),
  /** One more than the last that this screen got. */
  seq: z.number(),
  now: time,
  wall: z.number().transform(wallTime),
  site: siteSchema.optional(),
  /** All tiles anew: somebody came, went or changed places. */
  layout: z.array(stationSchema).optional(),
  /** Cuffs of which more than the pressure has changed, whole. */
  cuffs: z.array(cuffSchema),
  readings: z.array(readingSchema),
  /** Every state that an occurrence has passed through since the last patch, in order. */
  alarms: z.array(occurrenceSchema),
  traces: z.array(traceSchema),
});
export type Patch = Frozen<z.output<typeof patchSchema>>;

/** Once a second, so that a screen hears that the server lives even when nothing changes. */
export const beatSchema = z.object({
  epoch: z.string(),
  seq: z.number(),
  now: time,
  wall: z.number().transform(wallTime),
});
export type Beat = Readonly<z.output<typeof beatSchema>>;

/** After this long without a beat or patch a screen says that its link is gone, in milliseconds. */
export const linkLostAfter: Millis = millis(3000);
export const helloSchema = z.object({ protocol: z.number(), screen: z.enum(["wall", "floor"]) });
export type Hello = z.infer<typeof helloSchema>;

/** Whether a screen's sound is heard in its room, as far as it can tell. Said after every snapshot and at every change. */
export const soundSchema = z.object({ armed: z.boolean() });
export type SoundState = Readonly<z.infer<typeof soundSchema>>;

/** Socket.IO event maps; payloads are `unknown` on arrival and parsed with the schemas above. */
export type ServerToScreen = {
  snapshot: (snapshot: unknown) => void;
  /** The screen answers when it has taken the patch in; the next one waits for that. */
  patch: (patch: unknown, taken: () => void) => void;
  beat: (beat: unknown) => void;
  /** Plays the test burst once. */
  test: () => void;
};
export type ScreenToServer = {
  /** Asks for a snapshot: at the start, and after a gap. */
  hello: (hello: unknown) => void;
  sound: (sound: unknown) => void;
  command: (command: unknown, answer: (answer: unknown) => void) => void;
};

export * from "./asking.ts";
export type { AlarmId, CuffId, StationId, WallTime };
