/**
 * Who was erased, outside of the database: a backup that is put back brings back what was erased since, and the next start erases it
 * again. It also tells which erasure was carried out to its end, so that the next start carries on with the
 * others. It names nobody: the numbers of patients and of their sessions are all that it holds.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { failed, type StoreResult } from "../store/store.ts";

/** A line says that somebody is to be erased, or that it is done to the last byte. */
const lineSchema = z.strictObject({
  ...{ patient: z.string(), at: z.number(), done: z.literal(true).optional() },
  /** By their numbers: a file may tell of a session without telling whose it was. */
  sessions: z.array(z.string()).optional(),
});
type Told = Readonly<z.output<typeof lineSchema>>;
/** `at` by the wall clock, in milliseconds since 1970 UTC. */
export type Erased = Omit<Told, "done">;

export interface Ledger {
  /** Everybody who was to be erased, in order. */
  all(): StoreResult<readonly Erased[]>;
  /** Resolves once it survives a loss of power: only then may anything be erased. */
  add(erased: Erased): StoreResult<null>;
  /** Whose erasure was begun and is not known to be done. */
  undone(): StoreResult<ReadonlySet<string>>;
  /** Says that nothing is left of somebody, in any file. */
  done(erased: Erased): StoreResult<null>;
}

export const ledgerFile = "erased.ndjson";

/** The ledger of a data folder. */
export const openLedger = (folder: string): Ledger => {
  const file = path.join(folder, ledgerFile);
  const told = (): StoreResult<readonly Told[]> => {
    const text = textOf(file);
    if (!text.ok) return text;
    const all: Told[] = [];
    for (const [i, line] of completeLines(text.value).entries()) {
      const one = toldIn(line);
      if (one === null)
        return failed(
          "io",
          `${file} cannot be read: line ${i + 1} is no entry. Restore it, or remove that line.`,
        );
      all.push(one);
    }
    return { ok: true, value: all };
  };
  const write = (line: Told, otherwise: string): StoreResult<null> => {
    const text = textOf(file);
    if (!text.ok) return text;
    const lines = [...completeLines(text.value), JSON.stringify(line)];
    try {
      replaceFile(file, `${lines.join("\n")}\n`);
      return { ok: true, value: null };
    } catch (error) {
      return failed("io", `${file} cannot be written (${reasonOf(error)}): ${otherwise}`);
    }
  };
  return {
    all: () => {
      const all = told();
      return all.ok ? { ok: true, value: all.value.filter(({ done }) => done !== true) } : all;
    },
    add: (erased) => write(erased, "nothing was erased."),
    undone: () => {
      const all = told();
      if (!all.ok) return all;
      const undone = new Set<string>();
      for (const { patient, done } of all.value)
        if (done === true) undone.delete(patient);
        else undone.add(patient);
      return { ok: true, value: undone };
    },
    done: (erased) => write({ ...erased, done: true }, "the next start erases anew."),
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

const toldIn = (line: string): Told | null => {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
