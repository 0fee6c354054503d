/** What a screen asks of the server, over its socket or as the body of a request, and what it is answered. */
import { z } from "zod";
import { classCommands } from "./class/command.ts";
import { alarmId, cuffId } from "./ids.ts";
import { noteSchema } from "./session/note.ts";
import { type Millis, millis, monotonic } from "./units.ts";

const time = z.number().transform(monotonic);
const cuff = z.string().transform(cuffId);
const id = z.string().transform(alarmId);

/** A command that is older than this on arrival is refused, in milliseconds. */
export const commandFreshFor: Millis = millis(5000);

/** Who gave it where nobody is signed in: the name that was tapped. Whoever is signed in has said so already. */
const by = z.string().max(500).default("");
/** `seenAt` is the server's time on the screen when the person acted. */
const from = z.object({ by, epoch: z.string(), seq: z.number(), seenAt: time });

/** What can be asked for, whoever asks. */
const asked = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("acknowledge"), alarm: id }),
  z.object({ kind: z.literal("take-back"), alarm: id }),
  z.object({ kind: z.literal("release"), cuff }),
  z.object({ kind: z.literal("cuff-off"), cuff }),
  z.object({ kind: z.literal("note"), cuff, note: noteSchema }),
  z.object({ kind: z.literal("pause-sound") }),
  z.object({ kind: z.literal("resume-sound") }),
  z.object({ kind: z.literal("take-duty") }),
  z.object({ kind: z.literal("offer-duty"), to: z.string().min(1).max(500) }),
  z.object({ kind: z.literal("decline-duty") }),
  /** Every screen whose sound is armed plays the test burst, for somebody who listens for it. */
  z.object({ kind: z.literal("test-sound") }),
  ...classCommands,
]);

/** What a screen asks for. */
export const commandSchema = z.intersection(from, asked);
export type Command = Readonly<z.output<typeof commandSchema>>;
/** The same as the body of a request, which is answered on the spot and so needs not say what was seen, nor when. */
export const requestedSchema = z.intersection(from.pick({ by: true }), asked);
export type Requested = Readonly<z.output<typeof requestedSchema>>;

const refusals = [
  "malformed",
  "stale",
  /** Whoever asks has no right to it. */
  "not-allowed",
  "no-such-alarm",
  "already",
  "no-such-cuff",
  "no-patient",
  "not-inflated",
  "cannot-release",
  "not-staff",
  "not-yours",
  "not-sent",
  /** No class is under way, or one is already. */
  "no-class",
  "class-runs",
  /** The station, the patient or the cuff has a place already; or somebody still sits there. */
  "taken",
  "seated",
  /** Nobody's part in the class goes by that name (any more). */
  "no-visit",
  /** A cuff is not confirmed down. */
  "not-down",
  /** The check before the session is missing, or was not passed. */
  "not-checked",
  "no-reason",
  /** It is not the moment for it: no set is under way, or one is. */
  "not-ready",
  /** No such record of the clinic. */
  "not-found",
  /** The clinic's records cannot be read. */
  "unreadable",
  /** What is planned cannot be given to this limb. */
  "not-planned",
  /** Something stands in the way of treating this patient. */
  "blocked",
] as const;

/** Why a command was not carried out; `reason` is a sentence for the person who gave it. */
export type Refusal = Readonly<{ ok: false; kind: (typeof refusals)[number]; reason: string }>;
/** `recorded` is false while facts cannot be stored: the command was carried out all the same. */
export type Answer = Readonly<{ ok: true; recorded: boolean }> | Refusal;

export const answerSchema: z.ZodType<Answer> = z.union([
  z.object({ ok: z.literal(true), recorded: z.boolean() }),
  z.object({
    ok: z.literal(false),
    kind: z.enum(refusals),
    reason: z.string(),
  }),
]);
