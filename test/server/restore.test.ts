import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkpointFormat, freeze, thaw } from "../../shared/checkpoint.ts";
import { newState, nextDeadline, type State } from "../../shared/engine.ts";
import { epoch, siteId } from "../../shared/ids.ts";
import { allCuffs } from "../../shared/session/cuffs.ts";
import { wallTime } from "../../shared/units.ts";
import { restore } from "../../server/restore.ts";
import { openSqlite } from "../../server/store/sqlite.ts";
import type { Recorded, Store } from "../../server/store/store.ts";
import { acknowledge, alarmOf, at, heard, roster, run, type Run } from "../support/floor.ts";

const main = siteId("main");

/** A patient who has overrun and is answered, with every fact from the first on. */
const lived = (): Run => {
  const taken = run([{ kind: "roster", at: at(0), roster: roster() }], { state: newState(main), facts: [] });
  const overrun = run(heard({ from: 1, to: 20, p: 150, occ: 470 }), taken);
  return run(
    [acknowledge(21, alarmOf(overrun, "overrun")), ...heard({ from: 21, to: 30, p: 150, occ: 490 })],
    overrun,
  );
};

const recorded = (r: Run): Recorded[] =>
  r.facts.map((fact) => ({ epoch: epoch("e"), at: fact.at, wall: wallTime(1), fact }));
const same = (state: State, as: State): void => {
  expect(allCuffs(state.cuffs)).toEqual(allCuffs(as.cuffs));
  expect(state.roster).toEqual(as.roster);
};

describe("after a crash", () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-restore-"));
    const opened = await openSqlite({ folder });
    if (!opened.ok) throw new Error(opened.error.detail);
    store = opened.value;
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const back = async () => {
    const result = await restore(store, main);
    return result.ok ? result.value : expect.fail(result.error.detail);
  };

  test("clocks, alarms and answers are folded from the facts alone", async () => {
    const r = lived();
    await store.append(recorded(r));
    const { state, folded, fromCheckpoint } = await back();
    expect({ folded, fromCheckpoint }).toEqual({ folded: r.facts.length, fromCheckpoint: false });
    same(state, r.state);
    expect(alarmOf({ state, facts: [] }, "overrun")?.acknowledged?.by).toBe("Aidan R.");
  });
  test("a checkpoint stands for the facts before it, and only those after it are folded", async () => {
    const r = lived();
    const half = Math.floor(r.facts.length / 2);
    const first = await store.append(recorded({ ...r, facts: r.facts.slice(0, half) }));
    const midway = await back();
    await store.saveCheckpoint({
      factId: first.ok ? first.value : 0,
      format: checkpointFormat,
      state: freeze(midway.state),
    });
    await store.append(recorded({ ...r, facts: r.facts.slice(half) }));
    const { state, folded, fromCheckpoint } = await back();
    expect({ folded, fromCheckpoint }).toEqual({ folded: r.facts.length - half, fromCheckpoint: true });
    same(state, r.state);
  });
  test.each([
    ["of another form", checkpointFormat + 1, "{}"],
    ["that is damaged", checkpointFormat, '{"site":"main","at":1,"cuffs":[{}],"roster":{}}'],
    ["that is no JSON", checkpointFormat, "{"],
  ])("a checkpoint %s is passed over", async (_name, format, state) => {
    const r = lived();
    const stored = await store.append(recorded(r));
    await store.saveCheckpoint({ factId: stored.ok ? stored.value : 0, format, state });
    const found = await back();
    expect(found.fromCheckpoint).toBe(false);
    same(found.state, r.state);
  });
  test("a frozen state thaws to the same state, deadlines included, and to none for another site", () => {
    const { state } = lived();
    const thawed = thaw(freeze(state), main);
    same(thawed ?? expect.fail(), state);
    expect(nextDeadline(thawed ?? expect.fail())).toBe(nextDeadline(state));
    expect(thaw(freeze(state), siteId("other"))).toBeNull();
  });
});
