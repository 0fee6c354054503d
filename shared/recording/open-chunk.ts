/** A chunk read back: everything that can be wrong with it is found here, once; its lines are made when they are asked for. */
import { epoch } from "../ids.ts";
import type { Fact } from "../session/fact.ts";
import { millis, mmhg, monotonic, wallTime } from "../units.ts";
import { ByteReader } from "./bytes.ts";
import { part, version } from "./layout.ts";
import type { Line } from "./line.ts";
import { type Opened, partsOf, unreadable } from "./parts.ts";
import { orders, PressurePredictor } from "./predict.ts";
import { type Columns, readColumns, readFacts, readIds, readTimes } from "./read-columns.ts";
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

/** The chunk in `bytes`, or why it cannot be read. Never throws, whatever the bytes are. */
export const openChunk = (bytes: Uint8Array): Opened<Chunk> => {
  const found = partsOf(bytes);
  if (!found.ok) return found;
  if (found.value.version !== version)
    return unreadable(
      "version",
      `This part of a recording is of version ${found.value.version}, and version ${version} is known here: open it with a newer Cuffwatch.`,
    );
  const { parts } = found.value;
  const reader = (id: number): ByteReader =>
    new ByteReader(parts.find((p) => p.id === id)?.bytes ?? new Uint8Array(0));
  const from = {
    about: reader(part.about),
    ids: reader(part.ids),
    times: reader(part.times),
    pressures: reader(part.pressures),
    facts: reader(part.facts),
  };
  const chunk = read(from);
  const fault =
    Object.values(from).find((r) => r.fault !== null)?.fault ??
    (Object.values(from).some((r) => r.left > 0) ? "a part is longer than what is in it" : null);
  return fault === null
    ? { ok: true, value: chunk }
    : unreadable("damaged", `This part of a recording is damaged: ${fault}.`);
};

/** Of no use where one of the readers has a fault. */
const read = (from: Readonly<Record<keyof typeof part, ByteReader>>): Chunk => {
  const ids = readIds(from.ids);
  const columns = readColumns(from.about, ids.length);
  const facts = readFacts(from.facts, columns);
  const ats = readTimes(from.times, columns);
  const { samples, messages } = readSamples(from.pressures, { columns, facts, ats });
  const factAt = (row: number): Fact | undefined => {
    const place = columns.places[row] ?? -1;
    return place < 0 ? facts[-1 - place] : batchFact(columns, place, samples, messages[place] ?? 0);
  };
  const line = (row: number): Line => {
    const at = ats[row];
    const fact = factAt(row);
    const id = ids[row];
    if (id === undefined || at === undefined || fact === undefined)
      throw new RangeError(`There is no row ${row} of ${ids.length}.`);
    return {
      ...{ id, epoch: columns.epochs.at(row) ?? epoch(""), at: monotonic(at) },
      ...{ wall: wallTime(columns.wall(row, at)), fact },
    };
  };
  return { length: ids.length, ids, ats, line, samples };
};

type Given = Readonly<{ columns: Columns; facts: readonly Fact[]; ats: Float64Array }>;

/** Pressures of all messages, also of those that stand as JSON; and which of the messages each batch is. */
const readSamples = (
  from: ByteReader,
  { columns, facts, ats }: Given,
): Readonly<{ samples: Samples; messages: Uint32Array }> => {
  const { places, batches, streams, counts, words, factAt, m0 } = columns;
  const total = from.whole();
  const how = from.byte();
  const order = orders.find((known) => known === how);
  if (total > from.left) from.fail("it names more samples than there are");
  if (order === undefined) from.fail("its pressures are written in a way that is not known");
  const builder = new SamplesBuilder(from.fault === null ? total : 0);
  const messages = new Uint32Array(batches);
  const predictors = new Map<Stream | undefined, PressurePredictor>();
  let message = 0;
  let left = total;
  for (let row = 0; row < places.length && from.fault === null; row++) {
    const b = places[row] ?? 0;
    if (b < 0) {
      const fact = facts[-1 - b];
      if (fact !== undefined && builder.fact(row, fact)) message += 1;
      continue;
    }
    const stream = streams.at(b);
    const count = counts.at(b) ?? 0;
    left -= count;
    if (stream === undefined || !(count >= 0) || left < 0) {
      from.fail("it names more samples than there are");
      break;
    }
    const predictor = predictors.get(stream) ?? new PressurePredictor(order ?? 1);
    predictors.set(stream, predictor);
    for (let s = 0; s < count; s++) builder.sample(nextTenths(from, predictor));
    const told = stream.boot === null ? { m0: NaN, dt: NaN } : { m0: m0[b] ?? 0, dt: words.dt.at(b) ?? NaN };
    builder.message(builder.place(stream), { row, arrival: factAt(b, ats[row] ?? 0), ...told });
    messages[b] = message++;
  }
  if (left > 0) from.fail("samples in it belong to no message");
  return { samples: builder.done(), messages };
};

/** The next pressure; NaN where the sensor gave nothing. */
const nextTenths = (from: ByteReader, predictor: PressurePredictor): number => {
  const code = from.whole();
  if (code === 0) return NaN;
  const tenths = predictor.next() + (code % 2 === 1 ? (code - 1) / 2 : -code / 2);
  predictor.learn(tenths);
  return tenths;
};

/** A fact again, from the columns. */
const batchFact = (
  { words, streams, seq, m0, occMs }: Columns,
  b: number,
  samples: Samples,
  message: number,
): Fact | undefined => {
  const stream = streams.at(b);
  if (stream === undefined) return undefined;
  const { cuff, boot, quality } = stream;
  const at = monotonic(samples.arrival[message] ?? 0);
  const tenths = samples.tenths.subarray(samples.first[message], samples.first[message + 1]);
  if (boot === null || quality === null)
    return {
      ...{ kind: "basic-sample", at, cuff, pressure: mmhg((tenths[0] ?? 0) / 10) },
      freshFor: millis(words.freshFor.at(b) ?? 0),
    };
  const [set, rep, pump, hist] = [words.set.at(b), words.rep.at(b), words.pump.at(b), words.hist.at(b)];
  const [bat, rssi, utc] = [words.bat.at(b), words.rssi.at(b), words.utc.at(b)];
  return {
    ...{ kind: "samples", at, cuff, quality },
    message: {
      v: 1,
      boot,
      seq: seq[b] ?? 0,
      m0: m0[b] ?? 0,
      dt: words.dt.at(b) ?? 0,
      p: Array.from(tenths, (value) => (Number.isNaN(value) ? null : value)),
      st: {
        ...{ phase: words.phase.at(b) ?? "idle", tgt: words.tgt.at(b) ?? 0 },
        ...{ occMs: occMs[b] ?? 0, ep: words.ep.at(b) ?? 0 },
        ...(set === undefined ? {} : { set }),
        ...(rep === undefined ? {} : { rep }),
        ...(pump === undefined ? {} : { pump }),
      },
      ...(hist === undefined ? {} : { hist }),
      ...(bat === undefined ? {} : { bat }),
      ...(rssi === undefined ? {} : { rssi }),
      ...(utc === undefined ? {} : { utc: typeof utc === "number" ? utc + (m0[b] ?? 0) : utc }),
    },
  };
};
