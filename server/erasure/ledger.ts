/**
 * Who was erased, outside of the database: a backup that is put back brings back what was erased since, and the next start erases it
 * again. It names nobody: a patient's record number in the register is all that it holds.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { failed, type StoreResult } from "../store/store.ts";

const erasedSchema = z.strictObject({ patient: z.string(), at: z.number() });
/** `at` by the wall clock, in milliseconds since 1970 UTC. */
export type Erased = Readonly<z.output<typeof erasedSchema>>;

export interface Ledger {
  /** Everybody who was to be erased, in order. */
  all(): StoreResult<readonly Erased[]>;
  /** Resolves once it survives a loss of power: only then may anything be erased. */
  add(erased: Erased): StoreResult<null>;
}

export const ledgerFile = "erased.ndjson";

/** The ledger of a data folder. */
export const openLedger = (folder: string): Ledger => {
  const file = path.join(folder, ledgerFile);
  return {
    all: () => {
      const text = textOf(file);
      if (!text.ok) return text;
      const all: Erased[] = [];
      for (const [i, line] of completeLines(text.value).entries()) {
        const erased = erasedIn(line);
        if (erased === null)
          return failed(
            "io",
            `${file} cannot be read: line ${i + 1} is no entry. Restore it, or remove that line.`,
          );
        all.push(erased);
      }
      return { ok: true, value: all };
    },
    add: (erased) => {
      const text = textOf(file);
      if (!text.ok) return text;
      const lines = [...completeLines(text.value), JSON.stringify(erased)];
      try {
        replaceFile(file, `${lines.join("\n")}\n`);
        return { ok: true, value: null };
      } catch (error) {
        return failed("io", `${file} cannot be written (${reasonOf(error)}): nothing was erased.`);
      }
    },
  };
};

/** Without what follows the last line end: a loss of power has cut it off, and nothing was erased for it yet. */
const completeLines = (text: string): readonly string[] => text.split("\n").slice(0, -1);

const textOf = (file: string): StoreResult<string> => {
  try {
    return { ok: true, value: readFileSync(file, "utf8") };
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? { ok: true, value: "" } : failed("io", `${file} cannot be read (${reasonOf(error)}).`);
  }
};

/** Puts the new text in the place of the old in one step that survives a loss of power. */
const replaceFile = (file: string, text: string): void => {
  const beside = `${file}.new`;
  writeSynced(beside, text);
  renameSync(beside, file);
  const folder = openSync(path.dirname(file), "r");
  fsyncSync(folder);
  closeSync(folder);
};

const writeSynced = (file: string, text: string): void => {
  const opened = openSync(file, "w", 0o600);
  try {
    writeSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
};

const erasedIn = (line: string): Erased | null => {
  try {
    return erasedSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
