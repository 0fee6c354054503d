/**
 * What a cuff says, version 1 (devices/contract.md). These schemas are the contract: the server parses with them, the
 * simulated cuffs are typed by them, and the AsyncAPI document is generated from them.
 */
import { z } from "zod";

const uint32 = z.int().min(0).max(0xffff_ffff);
/** Milliseconds on the cuff's own monotonic clock since it was switched on. */
const cuffMillis = z.int().min(0);
const tenthsOfMmhg = z.int().min(-200).max(6000);
const boot = z.string().regex(/^[0-9a-f]{1,32}$/, "must be 1 to 32 lower-case hex digits");
const v = z.literal(1);
const word = z.string().max(64);

export const statusMessage = z
  .object({ v, state: z.enum(["online", "offline"]), boot })
  .meta({ id: "Status", description: "A hint; the last will says offline with the boot it was given." });

export const capabilities = ["identify", "release", "backfill", "lop"] as const;

export const metaMessage = z
  .object({
    v,
    boot,
    model: word,
    serial: word.optional(),
    fw: word.optional(),
    hz: z.number().min(0).max(1000).optional(),
    caps: z
      .array(word)
      .max(32)
      .default([])
      .describe("What the cuff can do: " + capabilities.join(", ")),
    rangeMmhg: z.tuple([z.number(), z.number()]).optional(),
    regulated: z.boolean().default(false).describe("It holds its pressure by itself"),
    calibrated: word.optional().describe("ISO 8601 date"),
    simulated: z.boolean().default(false),
  })
  .meta({ id: "Meta", description: "What kind of cuff this is; retained." });

export const cuffPhases = ["idle", "inflating", "measuring", "occluded", "releasing"] as const;

const timerState = z
  .object({
    phase: z
      .enum(cuffPhases)
      .describe("What the cuff believes; measuring = finding the limb occlusion pressure"),
    tgt: z.int().min(0).max(6000).describe("Set pressure in 0.1 mmHg, 0 when none"),
    occMs: cuffMillis.describe(
      "How long this inflation has lasted by the cuff's own clock, counted from 30 mmHg",
    ),
    ep: uint32.describe("The inflation's number since boot"),
    set: z.int().min(0).max(1000).optional(),
    rep: z.int().min(0).max(100_000).optional(),
    pump: z.boolean().optional(),
  })
  .meta({ id: "TimerState" });

/** A cuff speaks at least once a second; a batch that claims to span more than this would date what follows wrongly, ms. */
const longestBatchMs = 10_000;

export const dataMessage = z
  .object({
    v,
    boot,
    seq: uint32.describe("One more for each data message of this boot"),
    m0: cuffMillis.describe("The cuff's monotonic milliseconds since boot at the first sample"),
    dt: z.number().gt(0).max(10_000).describe("Milliseconds from one sample to the next"),
    p: z
      .array(tenthsOfMmhg.nullable())
      .min(1)
      .max(200)
      .describe("Bladder pressure in 0.1 mmHg; null is a sample the sensor could not give"),
    st: timerState,
    hist: z.boolean().optional().describe("An old message, sent again to complete the record"),
    bat: z
      .object({ pct: z.number().min(0).max(100), mv: z.number().optional(), chg: z.boolean().optional() })
      .optional(),
    rssi: z.number().optional(),
    utc: z.union([word, z.number()]).optional().describe("Advisory; decides nothing"),
  })
  .refine((message) => message.hist === true || (message.p.length - 1) * message.dt <= longestBatchMs, {
    path: ["dt"],
    message: "a live batch spans 10 s at the most",
  })
  .meta({
    id: "Data",
    description: "A batch of samples with the whole timer state; enough by itself to restore every alarm.",
  });

const told = { v, boot, eseq: uint32.describe("Counts per boot"), m: cuffMillis };
const inEpisode = { ...told, ep: uint32.optional() };

export const eventMessage = z
  .discriminatedUnion("kind", [
    z.object({ ...inEpisode, kind: z.enum(["inflate", "on-target", "release", "leak", "button"]) }),
    z.object({ ...inEpisode, kind: z.literal("fault"), code: word }),
    z.object({
      ...inEpisode,
      kind: z.literal("lop"),
      lop: tenthsOfMmhg.describe("Limb occlusion pressure in 0.1 mmHg"),
      posture: word.optional(),
    }),
  ])
  .meta({ id: "Event", description: "A discrete fact." });

export const commandMessage = z
  .object({
    v,
    id: z.string().min(1).max(128),
    kind: z.enum(["identify", "release", "backfill"]),
    boot,
    ep: uint32,
    m: cuffMillis.describe("The cuff's own last m0 that the server has seen"),
    ttlMs: z.int().min(1).max(60_000),
    from: uint32.optional(),
    to: uint32.optional(),
  })
  .meta({
    id: "Command",
    description:
      "Refused by the cuff when boot or ep is not its present one, or when its clock is more than ttlMs past m. No command raises a pressure.",
  });

export const ackMessage = z
  .object({ v, id: z.string().min(1).max(128), ok: z.boolean(), code: word.optional() })
  .meta({ id: "Ack", description: "The cuff's answer to a command." });

export const hostStatusMessage = z
  .object({ v, state: z.enum(["online", "offline"]), epoch: z.string().min(1).max(64) })
  .meta({
    id: "HostStatus",
    description: "Repeated every 2 s; a cuff judges its supervision by its absence.",
  });

export const hostAlarmMessage = z
  .object({
    v,
    epoch: z.string().min(1).max(64).describe("As in the host's status: an alarm of another process is old"),
    priority: z.enum(["none", "low", "medium", "high"]).describe("Of the most urgent alarm that is open"),
    state: z.enum(["none", "present", "acknowledged", "latched"]).describe("What has become of it"),
    sound: z
      .enum(["none", "medium", "high"])
      .describe("Which burst is to be heard now: none while everything is answered or paused"),
    condition: z.string().nullable(),
    cuff: z.string().nullable().describe("Null where there is none, or where it concerns the room"),
    station: z.string().nullable(),
    open: z.int().min(0).describe("How many alarms are open"),
  })
  .meta({
    id: "HostAlarm",
    description: "The most urgent alarm state of the site, for stack lights and sirens; repeated every 2 s.",
  });

export type StatusMessage = z.infer<typeof statusMessage>;
export type MetaMessage = z.infer<typeof metaMessage>;
export type DataMessage = z.infer<typeof dataMessage>;
export type EventMessage = z.infer<typeof eventMessage>;
export type CommandMessage = z.infer<typeof commandMessage>;
export type AckMessage = z.infer<typeof ackMessage>;
export type HostStatusMessage = z.infer<typeof hostStatusMessage>;
export type HostAlarmMessage = z.infer<typeof hostAlarmMessage>;
export type CuffPhase = (typeof cuffPhases)[number];

/** Channel → schema; the one list of what a cuff may publish. */
export const fromCuff = {
  status: statusMessage,
  meta: metaMessage,
  data: dataMessage,
  event: eventMessage,
  backfill: dataMessage,
  ack: ackMessage,
} as const;

export type CuffChannel = keyof typeof fromCuff;
export type CuffPayload<C extends CuffChannel> = z.infer<(typeof fromCuff)[C]>;

/** The largest payload that is looked at, in bytes. */
export const largestPayload = 64 * 1024;

/** Why something that came from outside was not taken. `kind` is what is counted; `detail` is for a person. */
export type Rejection = Readonly<{
  kind:
    | "too-large"
    | "not-text"
    | "not-json"
    | "version"
    | "schema"
    | "topic"
    | "retained"
    | "flood"
    | "too-many-cuffs"
    | "not-a-number"
    | "failed";
  detail: string;
}>;

export type Parsed<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: Rejection }>;

export const rejected = (kind: Rejection["kind"], detail: string): { ok: false; error: Rejection } => ({
  ok: false,
  error: { kind, detail },
});

/** `text` as JSON, or why not. */
export const parseJson = (text: string): Parsed<unknown> => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return rejected("not-json", "The payload is not JSON.");
  }
};

/** A cuff's payload on `channel`, or why it was refused. Never throws, whatever arrives. */
export const parsePayload = <C extends CuffChannel>(channel: C, text: string): Parsed<CuffPayload<C>> => {
  const json = parseJson(text);
  if (!json.ok) return json;
  const version = versionOf(json.value);
  if (version !== 1) return rejected("version", `Contract version ${version} is not known here; 1 is.`);
  const result = fromCuff[channel].safeParse(json.value);
  if (!result.success) return rejected("schema", firstIssue(result.error));
  return { ok: true, value: result.data as CuffPayload<C> };
};

const versionOf = (value: unknown): string | number => {
  if (typeof value !== "object" || value === null || !("v" in value)) return "(none)";
  return typeof value.v === "number" ? value.v : "(not a number)";
};

/** The first thing that is wrong, as "path: reason". */
export const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  if (issue === undefined) return "The payload does not fit its schema.";
  return `${issue.path.map(String).join(".") || "payload"}: ${issue.message}`.slice(0, 200);
};
