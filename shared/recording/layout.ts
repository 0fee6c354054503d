/**
 * How version 1 of a chunk is laid out. Rows are lines; those whose fact fits into columns are batches, all others stand as JSON. There are
 * two parts: texts in JSON, and everything else as whole numbers in a coder.
 */
import { z } from "zod";
import { cuffPhases, type DataMessage } from "../cuff/message.ts";
import { cuffId, epoch } from "../ids.ts";
import type { Fact } from "../session/fact.ts";
import { isTenths } from "./pressures.ts";
import type { Stream } from "./samples.ts";
import { isWhole } from "./whole.ts";

export const layoutVersion = 1;
export const part = { texts: 0, numbers: 1 } as const;

/** More than this are not one chunk; whoever reads takes no memory for more, whatever bytes may claim. */
export const mostRows = 2 ** 16;
export const mostSamples = 2 ** 20;

/** What stays the same for long and is no whole number: each different one once, and rows name its place. */
export const wordNames = ["dt", "bat", "utc", "freshFor"] as const;
export type Words = Readonly<{
  dt?: number | undefined;
  bat?: DataMessage["bat"];
  /** Text as it is; a whole number as what it is more than `m0`, which changes seldom. */
  utc?: string | number | undefined;
  /** Of a cuff that says plain numbers. */
  freshFor?: number | undefined;
}>;

/** What stays the same for long and is a whole number; undefined where a message does not say it. */
export const numberNames = ["phase", "tgt", "ep", "set", "rep", "pump", "hist", "rssi"] as const;
export type Numbers = Readonly<Record<(typeof numberNames)[number], number | undefined>>;

const battery = z.strictObject({ pct: z.number(), mv: z.number().optional(), chg: z.boolean().optional() });
const stream = z
  .tuple([z.string(), z.string().nullable(), z.enum(["live", "late", "historic"]).nullable()])
  .transform(([cuff, boot, quality]): Stream => ({ cuff: cuffId(cuff), boot, quality }));
const moments = z.array(z.number()).nullable();

/** The part of the texts. Moments are null where they are whole numbers of milliseconds and stand among the numbers. */
export const textsSchema = z.tuple([
  z.array(z.string().transform(epoch)),
  z.array(stream),
  z.tuple([
    z.array(z.number()),
    z.array(battery),
    z.array(z.union([z.string(), z.number()])),
    z.array(z.number()),
  ]),
  z.tuple([moments, moments, moments]).describe("Of the lines, of the wall clock, and of the batches' facts"),
  z.array(z.looseObject({ kind: z.string(), at: z.number() })),
]);
export type Texts = z.input<typeof textsSchema>;

/** A fact that fits into columns. `seq`, `m0` and `occMs` are 0 for a cuff that says plain numbers. */
export type Batch = Readonly<{
  stream: Texts[1][number];
  seq: number;
  m0: number;
  occMs: number;
  tenths: readonly (number | null)[];
  words: Words;
  /** Null for a cuff that says plain numbers. */
  numbers: Numbers | null;
}>;

const keysOf = (...names: readonly string[]): ReadonlySet<string> => new Set(names);
const factKeys = keysOf("kind", "at", "cuff", "quality", "message");
const basicKeys = keysOf("kind", "at", "cuff", "pressure", "freshFor");
const messageKeys = keysOf("v", "boot", "seq", "m0", "dt", "p", "st", "hist", "bat", "rssi", "utc");
const timerKeys = keysOf("phase", "tgt", "occMs", "ep", "set", "rep", "pump");
const batteryKeys = keysOf("pct", "mv", "chg");

const hasOnly = (keys: ReadonlySet<string>, value: object): boolean => {
  for (const key in value) if (!keys.has(key)) return false;
  return true;
};

/** `fact` as columns want it, or null where they would not give it back exactly. */
export const batchOf = (fact: Fact): Batch | null => {
  if (fact.kind === "samples" && hasOnly(factKeys, fact))
    return messageBatch(fact.cuff, fact.quality, fact.message);
  if (fact.kind !== "basic-sample" || !hasOnly(basicKeys, fact)) return null;
  const tenths = Math.round(10 * fact.pressure);
  if (!isTenths(tenths) || tenths / 10 !== fact.pressure || !Number.isFinite(fact.freshFor)) return null;
  return {
    ...{ stream: [fact.cuff, null, null], seq: 0, m0: 0, occMs: 0, tenths: [tenths] },
    ...{ words: { freshFor: fact.freshFor }, numbers: null },
  };
};

const flag = (value: boolean | undefined): number | undefined =>
  value === undefined ? undefined : value ? 1 : 0;
const isAmount = (value: number | undefined): boolean => value === undefined || Number.isFinite(value);

const messageBatch = (cuff: string, quality: Stream["quality"], message: DataMessage): Batch | null => {
  const { boot, seq, m0, dt, p, st, hist, bat, rssi, utc } = message;
  if (!hasOnly(messageKeys, message) || !hasOnly(timerKeys, st)) return null;
  if (bat !== undefined && !(hasOnly(batteryKeys, bat) && isAmount(bat.pct) && isAmount(bat.mv))) return null;
  if (!isWhole(seq) || !isWhole(m0) || !isWhole(st.occMs) || !Number.isFinite(dt)) return null;
  if (typeof utc === "number" && !isWhole(utc)) return null;
  for (const tenths of p) if (tenths !== null && !isTenths(tenths)) return null;
  const { tgt, ep, set, rep } = st;
  const [pump, repeated, phase] = [flag(st.pump), flag(hist), cuffPhases.indexOf(st.phase)];
  const numbers: Numbers = { phase, tgt, ep, set, rep, pump, hist: repeated, rssi };
  for (const name of numberNames) if (!isWhole(numbers[name] ?? 0)) return null;
  return {
    ...{ stream: [cuff, boot, quality], seq, m0, occMs: st.occMs, tenths: p },
    ...{ words: { dt, bat, utc: typeof utc === "number" ? utc - m0 : utc }, numbers },
  };
};
