import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { openSqlite } from "../../../server/store/sqlite.ts";
import { everything, valueOf } from "./contract.ts";
import { inflated, samples } from "./facts.ts";

/** How many groups are stored until the process is killed: at another point of its packing each time. */
const kills = [3, 8, 14];
/** Killed at some moment after the word that a group is stored, in milliseconds. */
const later = [0, 3, 11];

test("kill -9 in the midst of packing loses nothing and doubles nothing", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-killed-"));
  const told: number[] = [];
  for (const [i, groups] of kills.entries()) {
    const first = i * 10_000;
    const script = path.join(import.meta.dirname, "pack-forever.ts");
    const child = spawn(process.execPath, [script, folder, String(first)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      told.push(Number(line));
      count += 1;
      if (count === groups) setTimeout(() => child.kill("SIGKILL"), later[i]);
    }
    if (child.signalCode === null) await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
  }
  const store = valueOf(await openSqlite({ folder }));
  const kept = await everything(store);
  // What was stored once is left out when it is told again, whether it is packed or not.
  valueOf(await store.append(kept.filter(({ fact }) => fact.kind === "samples")));
  expect(await everything(store)).toEqual(kept);
  await store.close();
  rmSync(folder, { recursive: true });

  const facts = told.flatMap((n) =>
    Array.from({ length: 10 }, (_, i) => [samples(n + i), inflated(n + i)]).flat(),
  );
  // The last group of a process may have been stored without its word.
  const unsaid = kept.filter(({ at, fact }) => !facts.some((f) => f.at === at && f.fact.kind === fact.kind));
  expect(unsaid.length % 20).toBe(0);
  expect(unsaid.length).toBeLessThanOrEqual(20 * kills.length);
  expect(kept.filter((one) => !unsaid.includes(one))).toEqual(facts);
});
