/**
 * Which messages are packed. A cuff sends a message again until it knows that it arrived, and after a restart of its link also later: a message
 * whose row has become part of a chunk has to be known all the same. Numbers mostly follow on each other, so that a power-up is one run.
 */
import type { Kysely, Transaction } from "kysely";
import type { Line } from "../../shared/recording/line.ts";
import type { Fact } from "../../shared/session/fact.ts";
import type { Tables } from "./tables.ts";

/** Message numbers from the first to the last, both in it. */
export type Run = Readonly<{ from: number; to: number }>;
/** The numbers of one power-up of one cuff. */
export type OfBoot = Readonly<{ cuff: string; boot: string; seqs: readonly number[] }>;

export class PackedRuns {
  /** Runs by cuff and boot, in order, none touching the next. */
  readonly #runs = new Map<string, readonly Run[]>();

  static async load(db: Kysely<Tables>): Promise<PackedRuns> {
    const packed = new PackedRuns();
    const rows = await db.selectFrom("packed_run").selectAll().orderBy("from_seq").execute();
    for (const { cuff, boot, from_seq: from, to_seq: to } of rows) {
      const key = keyOf(cuff, boot);
      packed.#runs.set(key, [...(packed.#runs.get(key) ?? []), { from, to }]);
    }
    return packed;
  }

  has(cuff: string, boot: string, seq: number): boolean {
    const runs = this.#runs.get(keyOf(cuff, boot)) ?? [];
    // The last run that begins at `seq` or before it, by halves: a bad link makes thousands of runs.
    let [low, high] = [0, runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[middle]?.from ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    return (runs[low - 1]?.to ?? -Infinity) >= seq;
  }

  /** Writes that these are packed; what is given back takes it in here, once the transaction has held. */
  async add(tx: Transaction<Tables>, added: readonly OfBoot[]): Promise<() => void> {
    const now: [string, readonly Run[]][] = [];
    for (const { cuff, boot, seqs } of added) {
      const key = keyOf(cuff, boot);
      const before = this.#runs.get(key) ?? [];
      const after = merged([...before, ...seqs.map((seq) => ({ from: seq, to: seq }))]);
      const gone = without(before, after);
      const fresh = without(after, before);
      const ofBoot = tx.deleteFrom("packed_run").where("cuff", "=", cuff).where("boot", "=", boot);
      for (const { from } of gone) await ofBoot.where("from_seq", "=", from).execute();
      for (const { from, to } of fresh)
        await tx.insertInto("packed_run").values({ cuff, boot, from_seq: from, to_seq: to }).execute();
      now.push([key, after]);
    }
    return () => {
      for (const [key, runs] of now) this.#runs.set(key, runs);
    };
  }
}

/** Neither name can hold a line break. */
const keyOf = (cuff: string, boot: string): string => `${cuff}\n${boot}`;

/** The runs of `runs` that are not in `others` exactly so. */
const without = (runs: readonly Run[], others: readonly Run[]): readonly Run[] => {
  const there = new Map(others.map(({ from, to }) => [from, to]));
  return runs.filter(({ from, to }) => there.get(from) !== to);
};

/** The same numbers in as few runs as can be, in order. */
const merged = (runs: readonly Run[]): readonly Run[] => {
  const out: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last !== undefined && run.from <= last.to + 1)
      out[out.length - 1] = { from: last.from, to: Math.max(last.to, run.to) };
    else out.push(run);
  }
  return out;
};

/** One message of one power-up of one cuff. */
export type OneMessage = Readonly<{ cuff: string; boot: string; seq: number }>;

/** Which messages are among some lines. */
export const messagesOf = (lines: readonly Line[]): readonly OfBoot[] =>
  byBoot(lines.flatMap(({ fact }) => messageOf(fact)));

/** The message that a fact is; none where it is another. */
export const messageOf = (fact: Fact): readonly OneMessage[] =>
  fact.kind === "samples" ? [{ cuff: fact.cuff, boot: fact.message.boot, seq: fact.message.seq }] : [];

/** Messages by the power-up that they are of. */
export const byBoot = (messages: Iterable<OneMessage>): readonly OfBoot[] => {
  const boots = new Map<string, { cuff: string; boot: string; seqs: number[] }>();
  for (const { cuff, boot, seq } of messages) {
    const key = keyOf(cuff, boot);
    const ofBoot = boots.get(key) ?? { cuff, boot, seqs: [] };
    ofBoot.seqs.push(seq);
    boots.set(key, ofBoot);
  }
  return [...boots.values()];
};
