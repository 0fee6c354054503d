/** How version 1 of a chunk is laid out: which part is what, which columns a message has, and which facts fit into them. */
import { z } from "zod";
import { cuffPhases, type DataMessage } from "../cuff/message.ts";
import { cuffId } from "../ids.ts";
import type { Fact } from "../session/fact.ts";
import { isWhole } from "./bytes.ts";
import type { Stream } from "./samples.ts";

export const version = 1;

/** Rows are lines; those whose fact fits into columns are batches, all others stand as JSON. */
export const part = { about: 0, ids: 1, times: 2, pressures: 3, facts: 4 } as const;

/** How a row is kept. */
export const form = { json: 0, batch: 1 } as const;

/** How a column of moments is kept: as differences in whole milliseconds, or, where one of them is not whole, as doubles. */
export const moments = { whole: 0, doubles: 1 } as const;

/** What of a message stays the same for long, and is kept as words. Undefined where the message does not say it. */
export const wordSchemas = {
  dt: z.number(),
  phase: z.enum(cuffPhases),
  tgt: z.number(),
  ep: z.number(),
  set: z.number(),
  rep: z.number(),
  pump: z.boolean(),
  hist: z.boolean(),
  bat: z.strictObject({ pct: z.number(), mv: z.number().optional(), chg: z.boolean().optional() }),
  rssi: z.number(),
  /** Text as it is; a whole number as what it is more than `m0`, which changes seldom. */
  utc: z.union([z.string(), z.number()]),
  /** Of a cuff that says plain numbers. */
  freshFor: z.number(),
};
export type Words = {
  readonly [W in keyof typeof wordSchemas]?: z.output<(typeof wordSchemas)[W]> | undefined;
};
export const wordNames = Object.keys(wordSchemas) as readonly (keyof Words)[];

/** A stream in few characters. */
export const streamWord = z
  .tuple([z.string(), z.string().nullable(), z.enum(["live", "late", "historic"]).nullable()])
  .transform(([cuff, boot, quality]): Stream => ({ cuff: cuffId(cuff), boot, quality }));

/** A fact that fits into columns. `seq`, `m0` and `occMs` are 0 for a cuff that says plain numbers. */
export type Batch = Readonly<{
  stream: readonly [string, string | null, string | null];
  seq: number;
  m0: number;
  occMs: number;
  tenths: readonly (number | null)[];
  words: Words;
}>;

/** Pressures beyond this are no pressures of a cuff, in 0.1 mmHg. */
const largestTenths = 8191;
const fits = (tenths: number): boolean => Number.isInteger(tenths) && Math.abs(tenths) <= largestTenths;

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

const isAmount = (value: number | undefined): boolean => value === undefined || Number.isFinite(value);

/** `fact` as columns want it, or null where they would not give it back exactly. */
export const batchOf = (fact: Fact): Batch | null => {
  if (fact.kind === "samples" && hasOnly(factKeys, fact))
    return messageBatch(fact.cuff, fact.quality, fact.message);
  if (fact.kind !== "basic-sample" || !hasOnly(basicKeys, fact)) return null;
  const tenths = Math.round(10 * fact.pressure);
  if (!fits(tenths) || tenths / 10 !== fact.pressure || !Number.isFinite(fact.freshFor)) return null;
  return {
    ...{ stream: [fact.cuff, null, null], seq: 0, m0: 0, occMs: 0, tenths: [tenths] },
    words: { freshFor: fact.freshFor },
  };
};

const messageBatch = (cuff: string, quality: string, message: DataMessage): Batch | null => {
  const { seq, m0, dt, p, st, hist, bat, rssi, utc } = message;
  const { occMs, ...timer } = st;
  if (!hasOnly(messageKeys, message) || !hasOnly(timerKeys, st)) return null;
  if (bat !== undefined && !(hasOnly(batteryKeys, bat) && isAmount(bat.pct) && isAmount(bat.mv))) return null;
  if (!isWhole(seq) || !isWhole(m0) || !isWhole(occMs)) return null;
  if (![dt, timer.tgt, timer.ep, timer.set, timer.rep, rssi].every(isAmount)) return null;
  if (typeof utc === "number" && !isWhole(utc)) return null;
  if (!p.every((tenths) => tenths === null || fits(tenths))) return null;
  return {
    ...{ stream: [cuff, message.boot, quality], seq, m0, occMs, tenths: p },
    words: { dt, ...timer, hist, bat, rssi, utc: typeof utc === "number" ? utc - m0 : utc },
  };
};
