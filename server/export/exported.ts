/** One session with all that is known of it: what every file of it is made from. */
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";
import type { Figures } from "../../shared/clinic/recording-record.ts";
import type { FollowUp } from "../../shared/clinic/follow-up.ts";
import type { Patient } from "../../shared/clinic/patient.ts";
import type { SessionId, SiteId } from "../../shared/ids.ts";
import type { LopEntry } from "../../shared/plan/limb-occlusion.ts";
import type { Recorded } from "../../shared/recording/recorded.ts";
import type { Span } from "../../shared/recording/span.ts";
import type { Monotonic, WallTime } from "../../shared/units.ts";

/** What the register knows of a session, beside its facts. */
export type Known = Readonly<{
  session: SessionId;
  site: SiteId;
  /** The clinic's name; "" where it has none. */
  clinic: string;
  /** Null for somebody who is not in the register. */
  patient: Readonly<{ id: string; body: Patient }> | null;
  cuffs: readonly CuffRecord[];
  /** The limb occlusion pressures that its cuffs went by, by their ids. */
  lops: Readonly<Record<string, LopEntry>>;
  followUps: readonly FollowUp[];
  /** Null while the session is under way. */
  figures: Figures | null;
  source: "recorded" | "imported" | "demonstration";
  /** One moment of the session on both clocks; every other is as far from it on both. */
  clocks: Readonly<{ at: Monotonic; wall: WallTime }>;
  /** How far local time of the clinic was ahead of UTC at that moment, in minutes. */
  aheadOfUtcMin: number;
  /** When the file is made, by the wall clock. */
  madeAt: WallTime;
}>;

/** `span` is what the record says of it, for where so much is damaged that the lines do not tell it. */
export type Exported = Known & Readonly<{ recorded: Recorded; span?: Span | undefined }>;

/** A moment of the session on the wall clock, in ms since 1970 UTC. */
export const wallOf = ({ clocks }: Pick<Known, "clocks">, at: Monotonic): number =>
  Math.round(clocks.wall + (at - clocks.at));
