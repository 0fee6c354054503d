/** Stores one fact after the other in the folder of its argument and says so, until it is killed. */
import { openSqlite } from "../../../server/store/sqlite.ts";
import { inflated } from "./facts.ts";

const opened = await openSqlite({ folder: process.argv[2] ?? "" });
if (!opened.ok) throw new Error(opened.error.detail);
for (let n = 1; ; n += 1) {
  const appended = await opened.value.append([inflated(n)]);
  if (!appended.ok) throw new Error(appended.error.detail);
  process.stdout.write(`${n}\n`);
}
