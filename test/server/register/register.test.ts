import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { collection, type Kind } from "../../../server/register/collection.ts";
import { folded } from "../../../server/register/register.ts";
import { openSqlite, type SqliteStore } from "../../../server/store/sqlite.ts";
import { wallTime } from "../../../shared/units.ts";
import { valueOf } from "../store/contract.ts";

const person = z.object({ name: z.string(), number: z.string() });
const people: Kind<z.output<typeof person>> = {
  kind: "patient",
  schema: person,
  keys: ({ name, number }) => ({
    unique: number === "" ? null : number,
    search: folded(`${name} ${number}`),
    sort: folded(name),
    owner: name.startsWith("A") ? "a" : null,
  }),
};
const writer = { by: "Aidan", at: wallTime(1000) };

describe("the register", () => {
  let folder = "";
  let store: SqliteStore;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-register-"));
    store = valueOf(await openSqlite({ folder }));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const all = () => collection(store.register, people);
  const add = async (id: string, name: string, number = ""): Promise<unknown> =>
    valueOf(await all().write([all().change(id, { name, number }, null, writer)]));

  test("gives back what was written, with its version, after it was closed and opened again", async () => {
    expect(await add("1", "Žofie", "17")).toEqual({ is: "written", versions: [1] });
    await store.close();
    store = valueOf(await openSqlite({ folder }));
    const found = {
      id: "1",
      version: 1,
      at: 1000,
      by: "Aidan",
      owner: null,
      body: { name: "Žofie", number: "17" },
    };
    expect(valueOf(await all().get("1"))).toEqual(found);
    expect(valueOf(await all().find("17"))).toEqual(found);
    expect(valueOf(await all().get("2"))).toBeNull();
  });

  test("two who write the same version never overwrite each other: the second is told what stands there", async () => {
    await add("1", "Andrew");
    const first = all().change("1", { name: "Andrew B", number: "" }, 1, writer);
    const second = all().change("1", { name: "Andrew C", number: "" }, 1, { ...writer, by: "Emily" });
    expect(valueOf(await all().write([first]))).toEqual({ is: "written", versions: [2] });
    expect(valueOf(await all().write([second]))).toMatchObject({
      is: "conflict",
      present: { version: 2, body: { name: "Andrew B" } },
    });
    expect(valueOf(await store.register.history("patient", "1")).map((e) => e.version)).toEqual([2, 1]);
  });

  test("what is new must not be there, and what is changed must", async () => {
    await add("1", "Andrew");
    expect(await add("1", "Somebody else")).toMatchObject({ is: "conflict", present: { version: 1 } });
    const change = all().change("9", { name: "Nobody", number: "" }, 4, writer);
    expect(valueOf(await all().write([change]))).toMatchObject({ is: "conflict", present: null });
  });

  test("no two records have the same unique key, and one that was taken away gives its key back", async () => {
    await add("1", "Andrew", "17");
    expect(await add("2", "Emily", "17")).toEqual({ is: "taken", kind: "patient", unique: "17", id: "1" });
    expect(valueOf(await all().write([all().removal("1", 1, writer)]))).toMatchObject({ is: "written" });
    expect(valueOf(await all().get("1"))).toBeNull();
    expect(await add("2", "Emily", "17")).toMatchObject({ is: "written" });
  });

  test("several changes are written together or not at all", async () => {
    await add("1", "Andrew", "17");
    const changes = [
      all().change("2", { name: "Emily", number: "18" }, null, writer),
      all().change("3", { name: "Jessica", number: "17" }, null, writer),
    ];
    expect(valueOf(await all().write(changes))).toMatchObject({ is: "taken" });
    expect(valueOf(await all().get("2"))).toBeNull();
  });

  test("a list comes in pages, each record once, whatever their names", async () => {
    const names = ["Ada", "ada", "Žofie", "Éva", "李明", "O’Neil", "100%", "a_b", "😀"];
    for (const [i, name] of names.entries()) await add(String(i), name);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = valueOf(await all().page({ limit: 2, cursor }));
      seen.push(...page.entries.map((e) => e.body.name));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen.toSorted()).toEqual(names.toSorted());
    const down = valueOf(await all().page({ limit: 9, descending: true }));
    expect(down.entries.map((e) => e.body.name)).toEqual(seen.toReversed());
  });

  test("a search finds every word, in any order, without case or marks, and takes signs for signs", async () => {
    for (const [i, name] of ["Žofie Nováková", "Sofie Novak", "100% Bob", "100 Bob", "李明"].entries())
      await add(String(i), name, `N-${i}`);
    const found = async (text: string): Promise<readonly string[]> =>
      valueOf(await all().page({ limit: 9, text })).entries.map((e) => e.body.name);
    expect(await found("nova zof")).toEqual(["Žofie Nováková"]);
    expect(await found("NOVAK")).toHaveLength(2);
    expect(await found("0%")).toEqual(["100% Bob"]);
    expect(await found("李")).toEqual(["李明"]);
    expect(await found("n-3")).toEqual(["100 Bob"]);
    expect(await found("_")).toEqual([]);
  });

  test("records of one owner, and those in a range of the order, are found", async () => {
    for (const [i, name] of ["Ada", "Bob", "Cleo", "Abel"].entries()) await add(String(i), name);
    const named = async (listing: object): Promise<readonly string[]> =>
      valueOf(await all().page({ limit: 9, ...listing })).entries.map((e) => e.body.name);
    expect(await named({ owner: "a" })).toEqual(["Abel", "Ada"]);
    expect(await named({ owner: null })).toEqual(["Bob", "Cleo"]);
    expect(valueOf(await all().get("0"))).toMatchObject({ owner: "a", body: { name: "Ada" } });
    expect(await named({ from: "b", to: "c" })).toEqual(["Bob"]);
  });
});
