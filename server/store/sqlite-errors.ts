/** What went wrong with a database, in the words of a store. */
import type { StoreError } from "./store.ts";

/** SQLite's own primary result codes (sqlite.org/rescode.html). */
const kindOfCode: Readonly<Record<number, StoreError["kind"]>> = {
  5: "busy",
  6: "busy",
  11: "not-a-database",
  13: "full",
  26: "not-a-database",
};

/** What sort of failure an error of node:sqlite is; `io` where nothing better is known. */
export const kindOf = (error: unknown): StoreError["kind"] =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? (kindOfCode[error.errcode & 0xff] ?? "io")
    : "io";

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
