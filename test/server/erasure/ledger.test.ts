import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ledgerFile, openLedger } from "../../../server/erasure/ledger.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-ledger-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = (): string => path.join(folder, ledgerFile);

test("holds nobody before the first erasure, and then everybody in order, for every later start", () => {
  expect(openLedger(folder).all()).toEqual({ ok: true, value: [] });
  const [first, second] = [
    { patient: "p1", at: 1 },
    { patient: "p2", at: 2 },
  ];
  for (const erased of [first, second])
    expect(openLedger(folder).add(erased)).toEqual({ ok: true, value: null });
  expect(openLedger(folder).all()).toEqual({ ok: true, value: [first, second] });
});

test("leaves out a line that a loss of power has cut off, and goes on after it", () => {
  openLedger(folder).add({ patient: "p1", at: 1 });
  appendFileSync(file(), '{"patient":"p');
  expect(openLedger(folder).all()).toEqual({ ok: true, value: [{ patient: "p1", at: 1 }] });
  openLedger(folder).add({ patient: "p2", at: 2 });
  expect(readFileSync(file(), "utf8")).toBe('{"patient":"p1","at":1}\n{"patient":"p2","at":2}\n');
});

test("says which line is none, since passing over it could leave somebody unerased", () => {
  writeFileSync(file(), '{"patient":"p1","at":1}\nnonsense\n');
  const read = openLedger(folder).all();
  expect(read.ok ? "" : read.error.detail).toContain("line 2 is no entry");
});

test("tells whose erasure is not done: begun once more it is not done either", () => {
  const ledger = openLedger(folder);
  ledger.add({ patient: "p1", at: 1 });
  ledger.add({ patient: "p2", at: 2 });
  ledger.done({ patient: "p1", at: 1 });
  expect(ledger.all()).toMatchObject({ value: [{ patient: "p1" }, { patient: "p2" }] });
  expect(ledger.undone()).toEqual({ ok: true, value: new Set(["p2"]) });
  ledger.add({ patient: "p1", at: 3 });
  expect(openLedger(folder).undone()).toEqual({ ok: true, value: new Set(["p1", "p2"]) });
});
