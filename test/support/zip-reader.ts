/** Reads an archive (.zip) by its central directory, as APPNOTE.TXT of the format has it; written apart from what makes them. */
import { crc32, inflateRawSync } from "node:zlib";

const [endMark, entryMark, fileMark] = [0x06054b50, 0x02014b50, 0x04034b50];

/** Name → content, each checked against its checksum and its length. */
export const unzipped = (zip: Buffer): ReadonlyMap<string, Buffer> => {
  const end = zip.length - 22;
  if (zip.readUInt32LE(end) !== endMark) throw new Error("The archive has no end.");
  const files = new Map<string, Buffer>();
  let place = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(place) !== entryMark) throw new Error(`There is no entry at ${place}.`);
    const [method, crc, packed, size] = [
      zip.readUInt16LE(place + 10),
      zip.readUInt32LE(place + 16),
      zip.readUInt32LE(place + 20),
      zip.readUInt32LE(place + 24),
    ];
    const [nameLength, extra, comment] = [28, 30, 32].map((at) => zip.readUInt16LE(place + at));
    const name = zip.toString("utf8", place + 46, place + 46 + (nameLength ?? 0));
    const file = zip.readUInt32LE(place + 42);
    if (zip.readUInt32LE(file) !== fileMark) throw new Error(`${name} is not where it is said to be.`);
    // What stands before the content says the same, for readers that go through the archive from its beginning.
    if (zip.readUInt32LE(file + 14) !== crc || zip.readUInt32LE(file + 22) !== size)
      throw new Error(`${name} is told of in two ways.`);
    const from = file + 30 + zip.readUInt16LE(file + 26) + zip.readUInt16LE(file + 28);
    const bytes = zip.subarray(from, from + packed);
    const content = method === 0 ? bytes : inflateRawSync(bytes);
    if (content.length !== size || crc32(content) !== crc) throw new Error(`${name} is damaged.`);
    if (files.has(name)) throw new Error(`${name} is there twice.`);
    files.set(name, content);
    place += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
};
