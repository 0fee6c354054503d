/**
 * What happened, as it is recorded. A session is an append-only list of these; every state is folded from them, live,
 * after a crash and in replay. Each carries `at`, site time; the store adds the process epoch and the wall time.
 */
import type { Acknowledgement, Occurrence } from "../alarm/occurrence.ts";
import type { Priority } from "../alarm/policy.ts";
import type { ClassFact } from "../class/fact.ts";
import type { Note } from "./note.ts";
import type { DataMessage, EventMessage, MetaMessage, StatusMessage } from "../cuff/message.ts";
import type { AlarmId, CuffId } from "../ids.ts";
import type { Roster } from "../plan/roster.ts";
import type { Millis, Mmhg, Monotonic } from "../units.ts";

/** How a message stands to now (contract, "Live, late, historic, retained"). Only live ones decide anything. */
export type Quality = "live" | "late" | "historic";

/** Why an inflation ended. */
export type EndReason = "cuff-says" | "released" | "cuff-off";

/** How a person ordered a cuff down: by command to the cuff, or by stating that it is off. */
export type OrderKind = "release" | "cuff-off";

type OfCuff = Readonly<{ at: Monotonic; cuff: CuffId }>;

export type CuffFact =
  | (OfCuff & Readonly<{ kind: "samples"; quality: Quality; message: DataMessage }>)
  | (OfCuff & Readonly<{ kind: "basic-sample"; pressure: Mmhg; freshFor: Millis }>)
  | (OfCuff & Readonly<{ kind: "status"; message: StatusMessage }>)
  | (OfCuff & Readonly<{ kind: "meta"; message: MetaMessage }>)
  | (OfCuff & Readonly<{ kind: "event"; quality: Quality; message: EventMessage }>)
  /** `since` is back-dated to the crossing of 30 mmHg, or further where the cuff's own clock vouches for it. */
  | (OfCuff & Readonly<{ kind: "inflated"; occlusion: number; since: Monotonic }>)
  /** `end` is back-dated to when the pressure fell under 20 mmHg; `confirmed` is false where nobody could measure it. */
  | (OfCuff &
      Readonly<{
        kind: "deflated";
        occlusion: number;
        end: Monotonic;
        reason: EndReason;
        confirmed: boolean;
      }>)
  | (OfCuff &
      Readonly<{ kind: "ordered-down"; order: OrderKind; by: string; verified: boolean; occlusion: number }>)
  | (OfCuff & Readonly<{ kind: "noted"; by: string; verified: boolean; note: Note }>)
  | AlarmFact<CuffId>
  /** A cuff on no patient that was down and has not been heard for long is no longer kept in mind. */
  | (OfCuff & Readonly<{ kind: "forgotten" }>);

/** What became of an occurrence; `cuff` is null for one that concerns the room. */
export type AlarmFact<C extends CuffId | null = CuffId | null> = Readonly<{ at: Monotonic; cuff: C }> &
  (
    | Readonly<{ kind: "alarm-raised"; occurrence: Occurrence }>
    | (Readonly<{ id: AlarmId }> &
        (
          | Readonly<{
              kind: "alarm-changed";
              priority: Priority;
              value: number;
              limit: number;
              unconfirmed: boolean;
              cause: string | null;
            }>
          | Readonly<{ kind: "alarm-cleared" }>
          | Readonly<{ kind: "alarm-acknowledged"; acknowledged: Acknowledgement }>
          | Readonly<{ kind: "alarm-taken-back"; by: string; verified: boolean }>
          /** Nobody has been going for too long: every tablet was told. */
          | Readonly<{ kind: "alarm-reminded" }>
          /** There as a newer occurrence: again, after it was over and unanswered, or of the patient on whom the cuff was found. */
          | Readonly<{ kind: "alarm-superseded"; by: AlarmId }>
        ))
  );

/** Whether a fact is about one cuff. */
export const isAboutCuff = (fact: Fact): fact is CuffFact => "cuff" in fact && fact.cuff !== null;

/** Whether a fact is about an occurrence. */
export const isAboutAlarm = <F extends Fact>(fact: F): fact is F & AlarmFact =>
  fact.kind.startsWith("alarm-");

type Person = Readonly<{ by: string; verified: boolean }>;

/** What concerns the room and not one cuff of it. */
export type RoomFact = Readonly<{ at: Monotonic; cuff: null }> &
  (
    | Readonly<{ kind: "recording"; ok: boolean }>
    /** How many connected screens have their sound armed. */
    | Readonly<{ kind: "listening"; screens: number }>
    | (Person & Readonly<{ kind: "sound-paused"; until: Monotonic }>)
    | (Person & Readonly<{ kind: "sound-resumed" }>)
    | (Person & Readonly<{ kind: "duty-offered"; to: string }>)
    /** `by` is on duty from now on; `from` was before. */
    | (Person & Readonly<{ kind: "duty-taken"; from: string | null }>)
    | (Person & Readonly<{ kind: "duty-declined" }>)
  );

/** What the clinic and its class are from now on. Where `stations` is "keep", whoever has a place keeps it. */
export type RosterFact = Readonly<{ at: Monotonic; kind: "roster"; roster: GivenRoster }>;
export type GivenRoster = Omit<Roster, "stations"> & Readonly<{ stations: Roster["stations"] | "keep" }>;

/** The server is back; `gap` is the longest that any clock vouches for. Nothing is confirmed until it is heard. */
export type ResumedFact = Readonly<{
  at: Monotonic;
  kind: "resumed";
  gap: Millis;
  vouchedBy: "boot-clock" | "wall-clock" | "own-clock" | "nothing";
}>;

export type Fact = CuffFact | AlarmFact<null> | RoomFact | ClassFact | RosterFact | ResumedFact;
export type FactKind = Fact["kind"];
