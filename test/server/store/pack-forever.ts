/** Stores facts in the folder of its argument and packs them in between, says what is stored, until it is killed. */
import { openSqlite } from "../../../server/store/sqlite.ts";
import { monotonic } from "../../../shared/units.ts";
import { inflated, samples } from "./facts.ts";

const opened = await openSqlite({ folder: process.argv[2] ?? "" });
if (!opened.ok) throw new Error(opened.error.detail);
const store = opened.value;
const first = Number(process.argv[3]);
for (let n = first; ; n += 20) {
  const group = Array.from({ length: 10 }, (_, i) => [samples(n + i), inflated(n + i)]).flat();
  const appended = await store.append(group);
  if (!appended.ok) throw new Error(appended.error.detail);
  process.stdout.write(`${n}\n`);
  const packed = await store.pack({ before: monotonic(1e12), whole: false });
  if (!packed.ok) throw new Error(packed.error.detail);
}
