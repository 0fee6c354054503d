/** Reads an EDF+ file as its specification describes it (edfplus.info, 2.1 and 2.2), and knows nothing of how one is written. */

/** Name and width of each field of the header, and of those that every signal has. */
const fileFields = [
  ...([["version", 8], ["patient", 80], ["recording", 80], ["startDate", 8], ["startTime", 8]] as const),
  ...([["headerBytes", 8], ["reserved", 44], ["records", 8], ["recordS", 8], ["signals", 4]] as const),
] as const; // prettier-ignore
const signalFields = [
  ...([["label", 16], ["transducer", 80], ["dimension", 8], ["physicalMin", 8], ["physicalMax", 8]] as const),
  ...([["digitalMin", 8], ["digitalMax", 8], ["prefiltering", 80], ["samples", 8], ["reserved", 32]] as const),
] as const; // prettier-ignore
type FileField = (typeof fileFields)[number][0];
type SignalField = (typeof signalFields)[number][0];

export type EdfSignal = Readonly<Record<SignalField, string>> &
  Readonly<{
    /** Physical values with the second, since the file's beginning, at which each was measured. */
    values: readonly Readonly<{ at: number; value: number }>[];
  }>;
export type EdfAnnotation = Readonly<{ onset: number; duration: number | null; texts: readonly string[] }>;
export type Edf = Readonly<Record<FileField, string>> &
  Readonly<{
    signalsRead: readonly EdfSignal[];
    /** When each record begins, in seconds. */
    onsets: readonly number[];
    annotations: readonly EdfAnnotation[];
  }>;

export const readEdf = (bytes: Uint8Array): Edf => {
  const ascii = new TextDecoder("latin1").decode(bytes);
  if (/[^\x20-\x7e]/.test(ascii.slice(0, 256))) throw new Error("The header is not printable ASCII.");
  let at = 0;
  const take = (width: number): string => ascii.slice(at, (at += width)).trimEnd();
  const file = Object.fromEntries(fileFields.map(([name, width]) => [name, take(width)])) as Record<
    FileField,
    string
  >;
  const count = Number(file.signals);
  const columns = Object.fromEntries(
    signalFields.map(([name, width]) => [name, Array.from({ length: count }, () => take(width))]),
  ) as Record<SignalField, string[]>;
  const heads = Array.from(
    { length: count },
    (_, i) =>
      Object.fromEntries(signalFields.map(([name]) => [name, columns[name][i] ?? ""])) as Record<
        SignalField,
        string
      >,
  );
  if (at !== Number(file.headerBytes)) throw new Error(`The header has ${at} bytes.`);
  const perRecord = heads.reduce((sum, h) => sum + 2 * Number(h.samples), 0);
  if (bytes.length !== at + perRecord * Number(file.records)) throw new Error("The file has another length.");

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: { at: number; value: number }[][] = heads.map(() => []);
  const annotations: EdfAnnotation[] = [];
  const onsets: number[] = [];
  for (let r = 0; r < Number(file.records); r++) {
    const begin = at + r * perRecord;
    let offset = begin;
    const raw = heads.map(({ samples }) => {
      const from = offset;
      offset += 2 * Number(samples);
      return from;
    });
    const lists = heads.flatMap((h, i) =>
      h.label === "EDF Annotations"
        ? readLists(bytes.subarray(raw[i], (raw[i] ?? 0) + 2 * Number(h.samples)))
        : [],
    );
    const [keeping, ...others] = lists;
    if (keeping?.texts[0] !== "") throw new Error(`Record ${r} does not say when it begins.`);
    onsets.push(keeping.onset);
    annotations.push(...others);
    heads.forEach((h, i) => {
      if (h.label === "EDF Annotations") return;
      const n = Number(h.samples);
      const gain =
        (Number(h.physicalMax) - Number(h.physicalMin)) / (Number(h.digitalMax) - Number(h.digitalMin));
      for (let k = 0; k < n; k++)
        values[i]?.push({
          at: keeping.onset + (k * Number(file.recordS)) / n,
          value:
            Number(h.physicalMin) +
            (view.getInt16((raw[i] ?? 0) + 2 * k, true) - Number(h.digitalMin)) * gain,
        });
    });
  }
  return {
    ...file,
    ...{ onsets, annotations },
    signalsRead: heads.map((h, i) => ({ ...h, values: values[i] ?? [] })),
  };
};

/** Onset, duration after 0x15, texts each ended by 0x14, and a zero byte at the end of each list. */
const readLists = (bytes: Uint8Array): readonly EdfAnnotation[] => {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return text
    .split("\x14\0")
    .map((list) => list.replace(/^\0+/, ""))
    .filter((list) => list !== "")
    .map((list) => {
      const [stamp = "", ...texts] = list.split("\x14");
      const [onset = "", duration] = stamp.split("\x15");
      if (!/^[+-]\d+(\.\d+)?$/.test(onset)) throw new Error(`"${onset}" is no onset.`);
      return {
        onset: Number(onset),
        duration: duration === undefined ? null : Number(duration),
        texts,
      };
    });
};
