/** A chunk read back: everything that can be wrong with it is found here, once; its lines are made when they are asked for. */
import { epoch } from "../ids.ts";
import type { Fact } from "../session/fact.ts";
import { millis, mmhg, monotonic, wallTime } from "../units.ts";
import { fromAscii } from "./bytes.ts";
import { BitReader } from "./coder.ts";
import { mostSamples, part, textsSchema, layoutVersion } from "./layout.ts";
import type { Line } from "./line.ts";
import { type Opened, type Parts, partsOf, unreadable } from "./parts.ts";
import { isTenths, Pressures } from "./pressures.ts";
import { type Columns, type Moments, readColumns, readMoments } from "./read-columns.ts";
import { type Samples, SamplesBuilder, type Stream } from "./samples.ts";

/** Lines of a log, by row. */
export type Chunk = Readonly<{
  length: number;
  /** They grow. */
  ids: Float64Array;
  /** Site time in ms. */
  ats: Float64Array;
  /** The line at `row`, made anew each time; a RangeError where there is none. */
  line: (row: number) => Line;
  samples: Samples;
}>;

/** Whether there may be samples among its lines that a cuff told later; told from its texts alone, which are read in no time. */
export const mayHoldBackfill = (bytes: Uint8Array): boolean => {
  const found = partsOf(bytes);
  if (!found.ok || found.value.version !== layoutVersion) return true;
  const texts = textsSchema.safeParse(fromAscii(bytesOf(found.value, part.texts)));
  if (!texts.success) return true;
  const [, streams, , , facts] = texts.data;
  return (
    streams.some(({ quality }) => quality === "historic") || facts.some(({ kind }) => kind === "samples")
  );
};

/** The chunk in `bytes`, or why it cannot be read. Never throws, whatever the bytes are. */
export const openChunk = (bytes: Uint8Array): Opened<Chunk> => {
  const found = partsOf(bytes);
  if (!found.ok) return found;
  if (found.value.version !== layoutVersion)
    return unreadable(
      "version",
      `This part of a recording is of version ${found.value.version}, and version ${layoutVersion} is known here: open it with a newer Cuffwatch.`,
    );
  const texts = textsSchema.safeParse(fromAscii(bytesOf(found.value, part.texts)));
  if (!texts.success) return damaged("its texts are not what they should be");
  // Only this program writes chunks.
  const facts = texts.data[4] as readonly unknown[] as readonly Fact[];
  const from = new BitReader(bytesOf(found.value, part.numbers));
  const columns = readColumns(from, texts.data);
  const moments = columns === null ? null : readMoments(from, columns, texts.data);
  if (columns === null || moments === null || from.beyond) return damaged("its columns do not add up");
  if (columns.places.length - columns.batches !== facts.length)
    return damaged("it lacks a fact, or has one too many");
  const read = readSamples(from, { columns, moments, facts });
  if (read === null || !from.whole) return damaged("its pressures are not what they should be");
  return { ok: true, value: chunkOf({ columns, moments, facts, ...read }) };
};

const bytesOf = ({ parts }: Parts, id: number): Uint8Array =>
  parts.find((one) => one.id === id)?.bytes ?? new Uint8Array(0);

const damaged = (what: string): ReturnType<typeof unreadable> =>
  unreadable("damaged", `This part of a recording is damaged: ${what}.`);

type Given = Readonly<{ columns: Columns; moments: Moments; facts: readonly Fact[] }>;
/** `messages` tells which of the messages each batch is. */
type SamplesRead = Readonly<{ samples: Samples; messages: Uint32Array }>;

const chunkOf = ({ columns, moments, facts, samples, messages }: Given & SamplesRead): Chunk => {
  const { ids, ats } = moments;
  const line = (row: number): Line => {
    const place = columns.places[row];
    if (place === undefined) throw new RangeError(`There is no row ${row} of ${ids.length}.`);
    const fact = place < 0 ? facts[-1 - place] : batchFact(columns, place, samples, messages[place] ?? 0);
    if (fact === undefined) throw new RangeError(`There is nothing in row ${row}.`);
    return {
      ...{ id: ids[row] ?? 0, epoch: columns.epochs.at(row) ?? epoch(""), at: monotonic(ats[row] ?? 0) },
      ...{ wall: wallTime(moments.wall(row)), fact },
    };
  };
  return { length: ids.length, ids, ats, line, samples };
};

/** Pressures of all messages, also of those that stand as JSON. */
const readSamples = (from: BitReader, { columns, moments, facts }: Given): SamplesRead | null => {
  const { places, batches, streams, counts, dt, m0 } = columns;
  let total = 0;
  for (let b = 0; b < batches; b++) {
    const count = counts.at(b) ?? 0;
    total += count >= 0 ? count : mostSamples + 1;
  }
  if (total > mostSamples) return null;
  const builder = new SamplesBuilder(total);
  const messages = new Uint32Array(batches);
  const pressures = new Pressures<Stream>(from, []);
  let message = 0;
  for (let row = 0; row < places.length; row++) {
    const b = places[row] ?? 0;
    if (b < 0) {
      const fact = facts[-1 - b];
      if (fact !== undefined && builder.fact(row, fact)) message += 1;
      continue;
    }
    const stream = streams.at(b);
    if (stream === undefined) continue;
    for (let left = counts.at(b) ?? 0; left > 0; left--) {
      const tenths = pressures.code(stream, 0);
      if (!(Number.isNaN(tenths) || isTenths(tenths)) || from.beyond) return null;
      builder.sample(tenths);
    }
    const isBasic = stream.boot === null;
    builder.message(builder.place(stream), {
      row,
      arrival: moments.factAt(b, row),
      m0: isBasic ? NaN : (m0[b] ?? 0),
      dt: isBasic ? NaN : (dt.at(b) ?? NaN),
    });
    messages[b] = message++;
  }
  return { samples: builder.done(), messages };
};

/** A fact again, from the columns. */
const batchFact = (c: Columns, b: number, samples: Samples, message: number): Fact | undefined => {
  const stream = c.streams.at(b);
  if (stream === undefined) return undefined;
  const { cuff, boot, quality } = stream;
  const at = monotonic(samples.arrival[message] ?? 0);
  const tenths = samples.tenths.subarray(samples.first[message], samples.first[message + 1]);
  if (boot === null || quality === null)
    return {
      ...{ kind: "basic-sample", at, cuff, pressure: mmhg((tenths[0] ?? 0) / 10) },
      freshFor: millis(c.freshFor.at(b) ?? 0),
    };
  const m0 = c.m0[b] ?? 0;
  const [set, rep, pump, hist] = [c.set.at(b), c.rep.at(b), c.pump.at(b), c.hist.at(b)];
  const [bat, rssi, utc] = [c.bat.at(b), c.rssi.at(b), c.utc.at(b)];
  return {
    ...{ kind: "samples", at, cuff, quality },
    message: {
      ...{ v: 1, boot, seq: c.seq[b] ?? 0, m0, dt: c.dt.at(b) ?? 0 },
      p: Array.from(tenths, (value) => (Number.isNaN(value) ? null : value)),
      st: {
        ...{
          phase: c.phase.at(b) ?? "idle",
          tgt: c.tgt.at(b) ?? 0,
          occMs: c.occMs[b] ?? 0,
          ep: c.ep.at(b) ?? 0,
        },
        ...(set === undefined ? {} : { set }),
        ...(rep === undefined ? {} : { rep }),
        ...(pump === undefined ? {} : { pump }),
      },
      ...(hist === undefined ? {} : { hist }),
      ...(bat === undefined ? {} : { bat }),
      ...(rssi === undefined ? {} : { rssi }),
      ...(utc === undefined ? {} : { utc: typeof utc === "number" ? utc + m0 : utc }),
    },
  };
};
