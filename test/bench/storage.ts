/**
 * `storage`: how large a class is on the disk once it is closed, everything included; how many samples a second are stored; and how long the
 * floor's thread is held up at worst while its facts are stored and earlier ones are packed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Figure } from "./figure.ts";
import { median } from "./statistics.ts";
import { closedClass } from "./storage/closed-class.ts";
import { hz } from "./storage/class-life.ts";
import { longestStall } from "./storage/stall.ts";

export const bench = "storage";

export type StorageOptions = Readonly<{
  cuffs: number;
  rounds: number;
  seconds: number;
  seed: number;
  short: boolean;
}>;

/** How much of a class is stored and closed, in seconds of it. */
const classSeconds = 1800;
const shortSeconds = 300;
/** A table that weighs less than this a sample is not told by itself. */
const told = 0.005;

export const storage = async (
  { cuffs, rounds, seconds, seed, short }: StorageOptions,
  note: (line: string) => void,
): Promise<readonly Figure[]> => {
  const closed = await inFolder((folder) =>
    closedClass({ folder, cuffs, seed, seconds: short ? shortSeconds : classSeconds }),
  );
  note(`${closed.samples} samples closed in ${closed.packSeconds.toFixed(1)} s: ${closed.bytes} bytes`);
  const stalls = { storing: [] as number[], "not storing": [] as number[] };
  for (let round = 0; round < rounds; round++)
    // In turns, so that what else the machine does falls on both.
    for (const how of ["not storing", "storing"] as const) {
      const ms = await inFolder((folder) =>
        longestStall({ folder, cuffs, seed, seconds, storing: how === "storing" }),
      );
      note(`round ${round + 1} of ${rounds}, ${how}: held up for ${ms.toFixed(1)} ms at worst`);
      stalls[how].push(ms);
    }
  const under = { cuffs, hz };
  const figure = (name: string, value: number, unit: Figure["unit"], more = {}): Figure => ({
    ...{ bench, figure: name, value, unit, with: { ...under, ...more } },
  });
  return [
    figure("bytes-per-sample", closed.bytes / closed.samples, "B"),
    ...closed.tables
      .filter(({ bytes }) => bytes / closed.samples >= told)
      .map(({ name, bytes }) => figure(`of it, ${name}`, bytes / closed.samples, "B")),
    figure("stored", closed.storedPerSecond, "1/s"),
    figure("closed", closed.samples / closed.packSeconds, "1/s"),
    figure("longest stall, storing", median(stalls.storing), "ms"),
    figure("longest stall, not storing", median(stalls["not storing"]), "ms"),
  ];
};

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-storage-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
