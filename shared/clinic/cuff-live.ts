/** What the page of the cuffs asks and reads beside the records: what each says of itself, who else was heard, and what a topic carries. */
import { z } from "zod";
import { basicCuff } from "../cuff/basic.ts";
import { namePattern } from "../ids.ts";
import { postures } from "../plan/limb-occlusion.ts";

/** `full` speaks the contract; `basic` says plain numbers, which the server has to time by itself. */
export const qualities = ["full", "basic"] as const;

const ago = z.int().min(0).describe("Milliseconds since then");

/** What was heard of a cuff, by whatever name it speaks. */
const heardSchema = z.object({
  cuff: z.string().regex(namePattern),
  /** Null while nothing tells. */
  quality: z.enum(qualities).nullable(),
  /** Null where nothing was heard since the server knows of it. */
  heardAgoMs: ago.nullable(),
  /** Its last reading is young enough to be its pressure now. */
  fresh: z.boolean(),
  /** The cuff itself, or its last will, says so: a hint. */
  online: z.boolean().nullable(),
  pressureMmhg: z.number().nullable(),
  batteryPct: z.number().nullable(),
  model: z.string().nullable(),
  serial: z.string().nullable(),
  fw: z.string().nullable(),
  hz: z.number().nullable(),
  regulated: z.boolean(),
  calibrated: z.string().nullable(),
  simulated: z.boolean(),
  /** Blinks when it is told to, so that somebody finds it. */
  canIdentify: z.boolean(),
});
export type HeardCuff = Readonly<z.output<typeof heardSchema>>;

/** A limb occlusion pressure that a cuff has found while it sat on a patient. */
const foundLop = z.object({
  mmhg: z.number(),
  posture: z.enum(postures).nullable(),
  at: z.number().describe("Milliseconds since 1970 UTC"),
  /** Who wore the cuff then, as the wall has the name. */
  patient: z.string(),
});
export type FoundLop = Readonly<z.output<typeof foundLop>>;

export const liveCuffSchema = heardSchema.extend({
  id: z.string(),
  /** As it stands on its label. */
  name: z.string(),
  widthCm: z.number().nullable(),
  /** Taken out of use. */
  retired: z.boolean(),
  /** Where it is in the class; null where it is not. */
  seat: z.object({ station: z.string(), patient: z.string() }).nullable(),
  inflated: z.boolean(),
  /** When its credentials were made, in milliseconds since 1970 UTC, and by whom; null where it has none. */
  paired: z.object({ at: z.number(), by: z.string() }).nullable(),
  lastLop: foundLop.nullable(),
});
export type LiveCuff = Readonly<z.output<typeof liveCuffSchema>>;

/** Why a connection was not let in. */
export const turnedAwayWhy = ["no-credentials", "unknown", "wrong-password", "too-many"] as const;

const turnedAway = z.object({
  /** The user name that was given, null where none was. */
  user: z.string().nullable(),
  why: z.enum(turnedAwayWhy),
  /** The address it came from. */
  from: z.string(),
  count: z.int(),
  agoMs: ago,
});
export type TurnedAway = Readonly<z.output<typeof turnedAway>>;

const brokerSchema = z.object({
  kind: z.enum(["embedded", "external"]),
  up: z.boolean(),
  detail: z.string(),
  addresses: z.array(z.string()),
  /** Whether somebody without credentials is let in; null where another broker decides that. */
  strangersMayIn: z.boolean().nullable(),
});

export const cuffsLiveSchema = z.object({
  site: z.string(),
  broker: brokerSchema,
  cuffs: z.array(liveCuffSchema),
  /** Heard, and not registered. */
  strangers: z.array(heardSchema),
  turnedAway: z.array(turnedAway),
});
export type CuffsLive = Readonly<z.output<typeof cuffsLiveSchema>>;

/** Shown once. `qr` is the text of the QR code: the same, as JSON. */
export const credentialsSchema = z.object({
  user: z.string(),
  password: z.string(),
  addresses: z.array(z.string()),
  site: z.string(),
  /** Where a basic cuff has to publish; null for one of the contract. */
  topic: z.string().nullable(),
  qr: z.string(),
});
export type Credentials = Readonly<z.output<typeof credentialsSchema>>;

/** Topics outside the contract that were heard of late. */
export const topicsSchema = z.object({
  topics: z.array(
    z.object({
      topic: z.string(),
      /** The last payload, cut short, shown as text whatever it is. */
      last: z.string(),
      agoMs: ago,
      /** The usual time from one to the next; null before there were three. */
      everyMs: z.number().nullable(),
      /** The cuff whose credentials it came with, where they do not allow this topic (yet). */
      refusedFor: z.string().nullable(),
    }),
  ),
});
export type Topics = Readonly<z.output<typeof topicsSchema>>;

export const previewAsked = basicCuff.omit({ cuff: true });

export const previewSchema = z.object({
  /** The last first: a pressure, or what is wrong with what was said. */
  values: z.array(
    z.object({ text: z.string(), agoMs: ago, mmhg: z.number().nullable(), problem: z.string().nullable() }),
  ),
  everyMs: z.number().nullable(),
  /** Why this cannot be supervised as it is; null where it can. */
  problem: z.string().nullable(),
});
export type Preview = Readonly<z.output<typeof previewSchema>>;
