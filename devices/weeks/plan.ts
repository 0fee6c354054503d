/** What the eight weeks of a made-up clinic consist of, before anybody has lived through them. Nobody here is a patient. */
import type { Worn } from "../../shared/class/seat.ts";
import type { ClassId, CuffId, PatientId, ProgrammeId, SessionId, StationId } from "../../shared/ids.ts";
import type { Programme } from "../../shared/plan/programme.ts";
import type { CheckQuestion } from "../../shared/plan/screening.ts";
import type { FollowUpQuestion } from "../../shared/clinic/follow-up.ts";
import type { WallTime } from "../../shared/units.ts";
import type { CuffModel, Limb } from "../physics/model.ts";

/** A cuff on a limb for one session: what it is, and what it is held to. */
export type WornCuff = Readonly<{
  seed: number;
  model: CuffModel;
  limb: Limb;
  worn: Worn;
}>;

/** The one thing that goes wrong in a session. */
export type Trouble = Readonly<
  /** Dizzy in the second set of this exercise: the cuff is let down and the session ends. */
  | { kind: "dizzy"; exercise: number }
  /** The cuff stays up after its last set, and whoever is asked to come does so late. */
  | { kind: "stays-up"; exercise: number; stayMs: number; answeredAfterMs: number }
  /** The cuff, which does not regulate itself, loses air. */
  | { kind: "leak"; exercise: number; mmhgPerMin: number; lastsMs: number }
  /** The link drops while it is up; the cuff says afterwards what was missed. */
  | { kind: "cut"; exercise: number; lastsMs: number }
  /** Another cuff takes its place before this exercise. */
  | { kind: "swap"; exercise: number; to: CuffId; seed: number; model: CuffModel }
>;

/** Pain in the limb before, while the muscle works, and after; 0 to 10. */
export type Pain = Readonly<{ before: number; during: number; after: number }>;

export type SessionPlan = Readonly<{
  session: SessionId;
  patient: PatientId;
  station: StationId;
  name: string;
  programme: Readonly<{ id: ProgrammeId; name: string }>;
  /** As it stood on that day, loads included. */
  body: Programme;
  cuffs: readonly WornCuff[];
  seed: number;
  /** After the class was started. */
  arrivesMs: number;
  pain: Pain;
  exertion: number;
  refillS: number;
  /** How many repetitions of the last set of the first restricted exercise were left undone. */
  short: number;
  remark: string | null;
  check: Readonly<{ red: readonly CheckQuestion[]; override: string | null }>;
  trouble: Trouble | null;
  followUps: Readonly<{ nextDay: Answer | null; threeDays: Answer | null }>;
}>;

/** What a patient says when they are asked afterwards; null in its place where nobody has asked yet. */
export type Answer = Readonly<{
  /** After it was due. */
  afterMs: number;
  by: string;
  yes: readonly FollowUpQuestion[];
  remark: string;
  /** A red answer that a physiotherapist has looked into, so long after it. */
  cleared: Readonly<{ afterMs: number; by: string; reason: string }> | null;
}>;

export type ClassPlan = Readonly<{
  class: ClassId;
  room: string;
  startsAt: WallTime;
  seed: number;
  /** Who is there; the first has started it. */
  staff: readonly string[];
  sessions: readonly SessionPlan[];
}>;

/** Something that was written into the clinic's records, by whom and when; several of one id are its versions in order. */
export type Document = Readonly<{
  kind: "patient" | "programme" | "lop" | "cuff";
  id: string;
  owner: string | null;
  by: string;
  at: WallTime;
  /** Null: taken away. A patient's is what is added to the record that is there. */
  body: object | null;
}>;

export type Weeks = Readonly<{
  /** In the order in which they were held. */
  classes: readonly ClassPlan[];
  documents: readonly Document[];
}>;
