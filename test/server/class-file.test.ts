import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseClassFile, readClassFile } from "../../server/class-file.ts";
import { jsonProblem } from "../../server/json-problem.ts";
import type { ClassFile } from "../../shared/plan/roster.ts";

const good = {
  version: 1,
  room: "Room 2",
  staff: [{ id: "aidan", name: "Aidan" }],
  plans: [{ id: "knee", name: "Knee, 60 %", targetPctLop: 60, sets: [30, 15, 15, 15] }],
  stations: [
    {
      station: "3",
      patient: "Jessica R.",
      plan: "knee",
      cuffs: [{ cuff: "left-3", limb: "thigh", side: "left", lopMmhg: 200 }],
    },
  ],
  basicCuffs: [{ cuff: "left-3", topic: "esp32/pressure/state", intervalMs: 500 }],
} satisfies ClassFile;

const problemsOf = (content: string | Uint8Array): readonly string[] => {
  const result = parseClassFile("class.json", typeof content === "string" ? Buffer.from(content) : content);
  return result.ok ? [] : result.problems;
};
const changed = (change: (file: typeof good) => unknown): readonly string[] => {
  const file = structuredClone(good);
  change(file);
  return problemsOf(JSON.stringify(file));
};

describe("a class file on disk", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-class-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test("becomes a roster", async () => {
    const file = path.join(folder, "class.json");
    writeFileSync(file, JSON.stringify(good));
    const result = await readClassFile(file);
    expect(result).toMatchObject({
      ok: true,
      roster: {
        room: "Room 2",
        stations: [{ station: "3", cuffs: [{ cuff: "left-3", prescription: { target: 120 } }] }],
      },
    });
  });

  test("that is not there is named", async () => {
    const result = await readClassFile(path.join(folder, "clas.json"));
    expect(result).toEqual({
      ok: false,
      problems: [
        `There is no class file ${path.join(folder, "clas.json")}. Correct the name after --class (CUFFWATCH_CLASS).`,
      ],
    });
  });

  test("that is a folder is named", async () => {
    expect(await readClassFile(folder)).toEqual({
      ok: false,
      problems: [`${folder} is a folder; --class (CUFFWATCH_CLASS) takes a file.`],
    });
  });
});

describe("a class file that is no JSON says where", () => {
  test.each([
    ["", "in line 1, column 1, expected a value, found the end of the file."],
    ["staff: []", "in line 1, column 1, expected a value, found staff: []."],
    ['{\n  "version": 1,\n}', "in line 3, column 1, expected a name in double quotes, found }."],
    ['{\n  "version": 1\n  "room": "A"\n}', 'in line 3, column 3, expected a comma or }, found "room": "A".'],
    ["{ 'version': 1 }", "in line 1, column 3, expected a name in double quotes or }, found 'version': 1 }."],
    ['{"version" 1}', "in line 1, column 12, expected a colon, found 1}."],
    ["[1, 2", "in line 1, column 6, expected a comma or ], found the end of the file."],
    ["[1, // one\n2]", "in line 1, column 5, expected a value, found // one."],
    ['{"a": 01}', "in line 1, column 7, expected a value, found 01}."],
    ['{"name": "two\nlines"}', 'in line 1, column 10, expected a value, found "two.'],
    ["{} {}", "in line 1, column 4, expected the end of the file, found {}."],
  ])("%j", (text, where) => {
    expect(problemsOf(text)).toEqual([`The class file class.json is not JSON: ${where}`]);
  });

  const platformTakes = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", ":", '"', "}", "]", "0", "e", "\\", "\n", "\u0007", "nul", "-", "\u2028"),
    )
    .map(([text, at, junk]) => text.slice(0, at % text.length) + junk + text.slice((at % text.length) + 1));

  test("and finds a mistake exactly where the platform's own parser refuses", () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.json(), fc.string()), (text) => {
        const { expected, found } = jsonProblem(text);
        const through = expected === "the end of the file" && found === "the end of the file";
        expect(through).toBe(platformTakes(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("a byte order mark is no mistake", () => {
    expect(
      problemsOf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(good))])),
    ).toEqual([]);
  });

  test("text that is not UTF-8 is", () => {
    expect(problemsOf(Buffer.from('{"room": "Fitness-R\xe4ume"}', "latin1"))).toEqual([
      "The class file class.json is not text in UTF-8. Save it as UTF-8.",
    ]);
  });
});

describe("a class file that is wrong in itself says where and why", () => {
  test.each<[string, (file: typeof good) => unknown, string]>([
    ["no version", (f) => Reflect.deleteProperty(f, "version"), "at version: "],
    ["another version", (f) => Reflect.set(f, "version", 2), "at version: "],
    ["a mistyped key", (f) => Reflect.set(f, "stafff", []), '"stafff"'],
    ["nobody on duty", (f) => (f.staff = []), "at staff: somebody has to be able to answer an alarm"],
    [
      "two of one name",
      (f) => f.staff.push({ id: "aidan", name: "Aidan B." }),
      'at staff: "aidan" stands there more than once.',
    ],
    ["no stations", (f) => (f.stations = []), "at stations: "],
    [
      "a station by name",
      (f) => f.stations.forEach((s) => (s.station = "door")),
      'at stations.0.station: must be a number from 1 to 99, as text: "3".',
    ],
    [
      "no such plan",
      (f) => f.stations.forEach((s) => (s.plan = "hip")),
      'at stations.0.plan: there is no plan "hip" in this file.',
    ],
    [
      "a cuff on two patients",
      (f) =>
        f.stations.push({ ...structuredClone(good.stations[0]), station: "4" } as (typeof good.stations)[0]),
      'at stations.cuffs: "left-3" stands there more than once.',
    ],
    [
      "a cuff called host",
      (f) => f.stations.forEach((s) => s.cuffs.forEach((c) => (c.cuff = "host"))),
      `at stations.0.cuffs.0.cuff: "host" is the server's own name.`,
    ],
    ["too much pressure", (f) => f.plans.forEach((p) => (p.targetPctLop = 120)), "at plans.0.targetPctLop: "],
    [
      "a plan beyond the cap",
      (f) => f.plans.forEach((p) => (p.sets = [500])),
      "at stations.0.cuffs.0 → plans.knee.sets: the plan takes 33.3 min, longer than the 20 min that a cuff may stay on a thigh.",
    ],
    [
      "a basic cuff that is too slow",
      (f) => f.basicCuffs.forEach((b) => (b.intervalMs = 5000)),
      "at basicCuffs.0.intervalMs: a cuff that speaks less than once a second is too slow to be supervised",
    ],
    [
      "a basic cuff on a wildcard",
      (f) => f.basicCuffs.forEach((b) => (b.topic = "esp32/+/state")),
      "at basicCuffs.0.topic: must be one topic, without + or #.",
    ],
  ])("%s", (_, change, where) => {
    const problems = changed(change);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).toContain(where);
    for (const problem of problems) expect(problem).toMatch(/^In the class file class\.json, at .*[.!?]$/s);
  });
});
