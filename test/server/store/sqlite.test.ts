import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "../../../server/store/sqlite.ts";
import type { StoreError } from "../../../server/store/store.ts";
import { everything, storeContract, valueOf } from "./contract.ts";
import { inflated, samples } from "./facts.ts";

storeContract("SQLite", (folder) => openSqlite({ folder }));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-sqlite-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const errorOf = async (of: string): Promise<StoreError> => {
  const opened = await openSqlite({ folder: of });
  if (opened.ok) {
    await opened.value.close();
    throw new Error("It opened.");
  }
  return opened.error;
};

describe("opening a data folder", () => {
  test("makes the folder where it is not there", async () => {
    const store = valueOf(await openSqlite({ folder: path.join(folder, "a", "b") }));
    expect(await everything(store)).toEqual([]);
    await store.close();
  });

  test("a folder that cannot be made is named", async () => {
    writeFileSync(path.join(folder, "file"), "");
    const inFile = path.join(folder, "file", "data");
    const error = await errorOf(inFile);
    expect(error.kind).toBe("unwritable");
    expect(error.detail).toContain(inFile);
    expect(error.detail).toContain("--data");
  });

  test("a file that is no database is named and left as it was", async () => {
    const text = "These are my notes, and they are longer than the head of a database would be. ".repeat(20);
    writeFileSync(path.join(folder, "cuffwatch.db"), text);
    const error = await errorOf(folder);
    expect(error.kind).toBe("not-a-database");
    expect(error.detail).toContain(path.join(folder, "cuffwatch.db"));
  });

  test("a database of a newer version is refused", async () => {
    await valueOf(await openSqlite({ folder })).close();
    const db = new DatabaseSync(path.join(folder, "cuffwatch.db"));
    db.exec("insert into kysely_migration (name, timestamp) values ('999-later', '2030')");
    db.close();
    const error = await errorOf(folder);
    expect(error.kind).toBe("newer");
    expect(error.detail).toContain("999-later");
  });

  test("a folder that is in use is refused with the process that has it, and free after that has closed", async () => {
    const store = valueOf(await openSqlite({ folder }));
    const error = await errorOf(folder);
    expect(error.kind).toBe("in-use");
    expect(error.detail).toContain(`process ${process.pid}`);
    await store.close();
    await valueOf(await openSqlite({ folder })).close();
  });
});

test("what was said to be stored before kill -9 is there after it, and the folder is free at once", async () => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "append-forever.ts"), folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line);
    if (told === 50) child.kill("SIGKILL");
  }
  if (child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");

  const store = valueOf(await openSqlite({ folder }));
  const kept = await everything(store);
  await store.close();
  expect(told).toBeGreaterThanOrEqual(50);
  expect(kept.length).toBeGreaterThanOrEqual(told);
  expect(kept).toEqual(kept.map((_, i) => inflated(i + 1)));
});

test("a full disk refuses the whole group; once there is room the same group is taken", async () => {
  const store = valueOf(await openSqlite({ folder, mostPages: 60 }));
  const group = (n: number): ReturnType<typeof samples>[] =>
    Array.from({ length: 100 }, (_, i) => samples(n * 100 + i));
  let n = 0;
  let result = await store.append(group(n));
  while (result.ok) result = await store.append(group((n += 1)));
  expect(result.error.kind).toBe("full");
  expect(n).toBeGreaterThan(1);
  expect(await everything(store)).toHaveLength(n * 100);
  expect(await store.append(group(n))).toMatchObject({ ok: false, error: { kind: "full" } });

  const other = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  other.exec("delete from fact where seq < 100");
  other.close();
  valueOf(await store.append(group(n)));
  expect((await everything(store)).slice(-100)).toEqual(group(n));
  await store.close();
});

test("a database that somebody else holds answers `busy`, and nothing is lost", async () => {
  const store = valueOf(await openSqlite({ folder, busyWaitMs: 50 }));
  const other = new DatabaseSync(path.join(folder, "cuffwatch.db"));
  other.exec("begin immediate");
  expect(await store.append([inflated(1)])).toMatchObject({ ok: false, error: { kind: "busy" } });
  other.exec("rollback");
  other.close();
  valueOf(await store.append([inflated(1)]));
  expect(await everything(store)).toEqual([inflated(1)]);
  await store.close();
});
