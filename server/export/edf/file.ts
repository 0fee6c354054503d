/** One session as an EDF+ file: a signal for each cuff, what happened as annotations, no name in the header (docs/edf.md). */
import { createHash } from "node:crypto";
import { accountOf } from "../../../shared/recording/account.ts";
import { limbText } from "../../../shared/view/limb-words.ts";
import { edfWords } from "../../../shared/view/report-words.ts";
import { monotonic } from "../../../shared/units.ts";
import { type Exported, wallOf } from "../exported.ts";
import { signalsOf } from "../signal.ts";
import { annotationsOf, listsOf, timekeeping } from "./annotations.ts";
import { headerOf, type SignalHeader } from "./header.ts";
import { layoutOf, recordMs } from "./layout.ts";

export const edfMedia = "application/octet-stream";

/** A digital value is a tenth of a mmHg. A cuff gives −20 to 600 mmHg, so that the lowest of all stands for "missing". */
const digital = { min: -1000, max: 6000 } as const;
export const missingMmhg = digital.min / 10;

export const edfFile = (exported: Exported): Uint8Array => {
  const account = accountOf(exported.recorded, exported.session);
  // The file begins at a whole second of the wall clock, at or before the session.
  const { from } = exported.recorded;
  const begins = Math.floor(wallOf(exported, from) / 1000) * 1000;
  const zero = monotonic(from - (wallOf(exported, from) - begins));
  const { lanes, records } = layoutOf(signalsOf(exported.recorded), zero);
  const seconds = records.length === 0 ? [0] : records;
  const lists = annotationsOf(account).flatMap((one) => listsOf(one, zero));
  const notes = notesIn(lists, seconds);
  const signals = lanes.map(({ cuff, lane, slots }): SignalHeader => {
    const limb = account.seat?.worn.find((w) => w.cuff === cuff)?.limb;
    return {
      label: `${cuff.slice(0, 13)}${lane === 0 ? "" : ` ${lane + 1}`}`,
      transducer: edfWords.transducer(limb === undefined ? "" : limbText(limb), account.cuffs.get(cuff)),
      dimension: "mmHg",
      physicalMin: String(digital.min / 10),
      physicalMax: String(digital.max / 10),
      ...{ digitalMin: digital.min, digitalMax: digital.max },
      prefiltering: edfWords.missing(missingMmhg),
      samples: slots,
    };
  });
  const last = seconds.at(-1) ?? 0;
  const header = headerOf({
    begins: new Date(begins + exported.aheadOfUtcMin * 60_000),
    patientCode: codeOf(exported),
    recording: [exported.session, "Cuffwatch"],
    // Seconds without a record before, between or after them make a file discontinuous.
    kind: (seconds[0] ?? 0) === 0 && last === seconds.length - 1 ? "EDF+C" : "EDF+D",
    ...{ records: seconds.length, recordS: recordMs / 1000 },
    signals: [...signals, annotationSignal(notes.bytes)],
  });
  const perRecord = 2 * lanes.reduce((sum, { slots }) => sum + slots, 0) + notes.bytes;
  const file = Buffer.alloc(header.length + seconds.length * perRecord);
  file.set(header, 0);
  seconds.forEach((second, n) => {
    let at = header.length + n * perRecord;
    for (const { slots, values } of lanes)
      for (let slot = 0; slot < slots; slot++, at += 2)
        file.writeInt16LE(values.get(second * slots + slot) ?? digital.min, at);
    for (const list of notes.of[n] ?? []) {
      file.set(list, at);
      at += list.length;
    }
  });
  return file;
};

/** The clinic's own number of the patient; without one, a code that tells nothing and is the same in every file of theirs. */
const codeOf = ({ patient, site, session }: Exported): string => {
  if (patient !== null && patient.body.number !== "") return patient.body.number;
  return createHash("sha256")
    .update(`${site} ${patient?.id ?? session}`)
    .digest("hex")
    .slice(0, 12);
};

const annotationSignal = (bytes: number): SignalHeader => ({
  ...{ label: "EDF Annotations", transducer: "", dimension: "", prefiltering: "" },
  ...{ physicalMin: "-1", physicalMax: "1", digitalMin: -32768, digitalMax: 32767, samples: bytes / 2 },
});

/** The lists of each record: the first tells when it begins, the others wherever there is room for them. */
const notesIn = (
  lists: readonly Uint8Array[],
  seconds: readonly number[],
): Readonly<{ bytes: number; of: readonly (readonly Uint8Array[])[] }> => {
  const keeping = seconds.map(timekeeping);
  const longest = Math.max(...keeping.map((k) => k.length));
  // As small as they may be: room in every record is room that the file takes.
  const needed = Math.max(0, ...lists.map((l) => l.length));
  for (let bytes = even(longest + needed); ; bytes = even(bytes * 1.25)) {
    const of = keeping.map((k) => [k]);
    const room = keeping.map((k) => bytes - k.length);
    let n = 0;
    for (const list of lists) {
      while (n < of.length && (room[n] ?? 0) < list.length) n++;
      of[n]?.push(list);
      if (n < of.length) room[n] = (room[n] ?? 0) - list.length;
    }
    if (n < of.length) return { bytes, of };
  }
};

const even = (bytes: number): number => 2 * Math.ceil(bytes / 2);
