/** Facts for tests of the stores. */
import type { DataMessage } from "../../../shared/cuff/message.ts";
import { cuffId, epoch } from "../../../shared/ids.ts";
import type { Fact, Quality } from "../../../shared/session/fact.ts";
import { millis, monotonic, wallTime } from "../../../shared/units.ts";
import type { Anchor, Recorded } from "../../../server/store/store.ts";

export const firstEpoch = epoch("first");

const dataMessage = (boot: string, seq: number): DataMessage => ({
  v: 1,
  boot,
  seq,
  m0: 1000 + seq * 100,
  dt: 100,
  p: [1423, null],
  st: { phase: "occluded", tgt: 1400, occMs: 412_300, ep: 7 },
});

const recorded = (fact: Fact): Recorded => ({
  epoch: firstEpoch,
  at: fact.at,
  wall: wallTime(1_700_000_000_000 + fact.at),
  fact,
});

/** The `seq`-th message of a cuff, as the floor records it. */
export const samples = (
  seq: number,
  {
    cuff = "left-1",
    boot = "7f3a91c2",
    quality = "live",
    at = seq * 100 + 0.5,
  }: Readonly<{ cuff?: string; boot?: string; quality?: Quality; at?: number }> = {},
): Recorded =>
  recorded({
    kind: "samples",
    at: monotonic(at),
    cuff: cuffId(cuff),
    quality,
    message: dataMessage(boot, seq),
  });

/** A fact that must never be lost. */
export const inflated = (occlusion: number, at = occlusion * 1000): Recorded =>
  recorded({
    kind: "inflated",
    at: monotonic(at),
    cuff: cuffId("left-1"),
    occlusion,
    since: monotonic(at - 2000),
  });

export const resumed = (at: number): Recorded =>
  recorded({ kind: "resumed", at: monotonic(at), gap: millis(1234.5), vouchedBy: "boot-clock" });

export const anchorAt = (at: number): Anchor => ({
  at: monotonic(at),
  epoch: firstEpoch,
  bootId: "a boot",
  bootClockMs: 5000.25 + at,
  wall: wallTime(1_700_000_000_000 + at),
});
