/** What is known of each cuff at this moment: the register beside what the cuff says of itself. */
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";
import type { CuffsLive, FoundLop, HeardCuff, LiveCuff } from "../../shared/clinic/cuff-live.ts";
import type { State } from "../../shared/engine.ts";
import type { CuffId } from "../../shared/ids.ts";
import { allCuffs, cuffIn } from "../../shared/session/cuffs.ts";
import { type CuffState, isFresh } from "../../shared/session/cuff-state.ts";
import { between, type Monotonic } from "../../shared/units.ts";
import type { Entry } from "../register/register.ts";
import type { Credential } from "./kinds.ts";

/** More cuff names than this that nobody has registered are noise. */
const mostStrangers = 100;

export type LiveParts = Readonly<{
  state: State;
  now: Monotonic;
  cuffs: readonly Entry<CuffRecord>[];
  credentialOf: (id: string) => Entry<Credential> | undefined;
  lopOf: (cuff: CuffId) => FoundLop | null;
}>;

export const liveOf = ({
  state,
  now,
  cuffs,
  credentialOf,
  lopOf,
}: LiveParts): Pick<CuffsLive, "cuffs" | "strangers"> => {
  const known = new Set<CuffId>(cuffs.map((c) => c.body.cuff));
  return {
    cuffs: cuffs.map(({ id, body }): LiveCuff => {
      const c = cuffIn(state.cuffs, body.cuff);
      const credential = credentialOf(id);
      return {
        ...heardOf(body.cuff, c, now),
        ...{ id, name: body.name, widthCm: body.widthCm, retired: body.retired },
        ...(body.basic === null ? {} : { quality: "basic" }),
        seat: seatOf(c),
        inflated: c !== undefined && c.occlusion !== null,
        paired: credential === undefined ? null : { at: credential.at, by: credential.by },
        lastLop: lopOf(body.cuff),
      };
    }),
    strangers: allCuffs(state.cuffs)
      .filter((c) => !known.has(c.cuff) && c.heardAt !== null)
      .sort((a, b) => (b.heardAt ?? 0) - (a.heardAt ?? 0))
      .slice(0, mostStrangers)
      .map((c) => heardOf(c.cuff, c, now)),
  };
};

/** Where a cuff is in the class. */
const seatOf = (c: CuffState | undefined): LiveCuff["seat"] =>
  c === undefined || c.station === null ? null : { station: c.station, patient: c.patient };

const heardOf = (cuff: CuffId, c: CuffState | undefined, now: Monotonic): HeardCuff => {
  const meta = c?.meta ?? null;
  const fresh = c !== undefined && isFresh(c, now);
  return {
    cuff,
    quality: c === undefined || c.heardAt === null ? null : c.basic ? "basic" : "full",
    heardAgoMs:
      c === undefined || c.heardAt === null ? null : Math.max(0, Math.round(between(c.heardAt, now))),
    fresh,
    online: c?.saysOnline ?? null,
    // A pressure that is not the present one is not shown at all here.
    pressureMmhg: fresh ? c.pressure.last : null,
    batteryPct: c?.batteryPct ?? null,
    model: meta?.model ?? null,
    serial: meta?.serial ?? null,
    fw: meta?.fw ?? null,
    hz: meta?.hz ?? null,
    regulated: meta?.regulated ?? false,
    calibrated: meta?.calibrated ?? null,
    simulated: meta?.simulated ?? false,
    canIdentify: meta?.caps.includes("identify") ?? false,
  };
};
