/** What the log of the alarms costs beside a year of samples, and what it finds in a folder of an earlier version. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite } from "../../../server/store/sqlite.ts";
import { alarmId } from "../../../shared/ids.ts";
import { acknowledged, cleared, raised, wallAt, wallAtZero } from "../../support/alarm-facts.ts";
import { alarmContract } from "./alarm-contract.ts";
import { valueOf } from "./contract.ts";

alarmContract("SQLite", (folder) => openSqlite({ folder }));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-sqlite-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const database = (): DatabaseSync => new DatabaseSync(path.join(folder, "cuffwatch.db"));

/** One sample a second from the first second on, straight into the table. */
const fill = (samples: number): void => {
  const db = database();
  db.exec(`with recursive n(i) as (select 0 union all select i + 1 from n where i < ${samples - 1})
    insert into fact (epoch, at, wall, kind, cuff, boot, seq, body)
    select 'e', i * 1000, ${wallAtZero} + i * 1000, 'samples', 'cuff-1', 'b', i, '{"kind":"samples"}' from n`);
  db.close();
};

test("200,000 samples make no question of the log slow", async () => {
  await valueOf(await openSqlite({ folder })).close();
  fill(200_000);
  const store = valueOf(await openSqlite({ folder }));
  for (let day = 0; day < 200; day += 1)
    valueOf(
      await store.append([
        raised(day * 1000, `${day}`),
        acknowledged(day * 1000 + 5, `${day}`),
        cleared(day * 1000 + 9, `${day}`),
      ]),
    );
  const began = performance.now();
  const range = { kind: "alarm-raised", from: wallAt(0), to: wallAt(200_000), limit: 200 } as const;
  expect(valueOf(await store.readKind(range))).toHaveLength(200);
  expect(valueOf(await store.readAlarms([alarmId("7"), alarmId("8")]))).toHaveLength(6);
  expect(valueOf(await store.alarmsOpenAt(wallAt(7003)))).toEqual(["7"]);
  // They take a few milliseconds; the machine may be busy.
  expect(performance.now() - began).toBeLessThan(250);
  await store.close();

  const db = database();
  const plan = (sql: string): string =>
    db
      .prepare(`explain query plan ${sql}`)
      .all()
      .map((row) => String(row["detail"]))
      .join("; ");
  const rare = "kind not in ('samples', 'basic-sample', 'status', 'meta', 'event')";
  const byKind = plan(
    `select * from fact where kind = ? and ${rare} and wall >= ? and wall < ? and (wall, id) < (?, ?) order by wall desc, id desc limit 9`,
  );
  expect(byKind).toMatch(/^SEARCH fact USING INDEX fact_rare \(kind=\? AND wall>\? AND wall<\?\)$/);
  expect(plan("select * from fact where alarm in (?, ?) order by id")).toContain(
    "INDEX fact_alarm (alarm=?)",
  );
  expect(
    plan(
      `select alarm from fact where ${rare} and wall >= ? and kind in (?, ?) except select alarm from fact where ${rare} and wall >= ? and kind = ?`,
    ),
  ).not.toMatch(/SCAN fact|fact_message/);
  db.close();
});

test("facts of the version before this one are found as well", async () => {
  const store = valueOf(await openSqlite({ folder }));
  valueOf(await store.append([raised(1, "a"), acknowledged(2, "a"), raised(3, "b")]));
  await store.close();
  const db = database();
  for (const table of ["chunk", "keyframe", "packed_run", "hole", "log"]) db.exec(`drop table ${table}`);
  db.exec(`drop table record; drop index fact_alarm; drop index fact_rare; alter table fact drop column alarm;
    delete from kysely_migration where name in ('002-alarm-log', '003-register', '004-recordings')`);
  db.close();
  const again = valueOf(await openSqlite({ folder }));
  expect(valueOf(await again.readAlarms([alarmId("a")]))).toHaveLength(2);
  expect(valueOf(await again.alarmsOpenAt(wallAt(2)))).toEqual(["a"]);
  await again.close();
});
