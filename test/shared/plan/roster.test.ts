import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClassFile, parseRoster, type Roster, type RosterIssue } from "../../../shared/plan/roster.ts";

const plan = { id: "knee", name: "Knee", targetPctLop: 60, sets: [30, 15, 15, 15] };
const station = (n: number, cuffs: readonly string[] = [`cuff-${n}`]): ClassFile["stations"][number] => ({
  station: String(n),
  patient: `Patient ${n}`,
  plan: "knee",
  cuffs: cuffs.map((cuff, i) => ({ cuff, limb: "thigh", side: i === 0 ? "left" : "right", lopMmhg: 200 })),
});
const file = (parts: Partial<ClassFile> = {}): ClassFile => ({
  version: 1,
  staff: [{ id: "aidan", name: "Aidan" }],
  plans: [plan],
  stations: [station(1)],
  ...parts,
});

const rosterOf = (content: unknown): Roster => {
  const result = parseRoster(content);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.roster;
};
const issuesOf = (content: unknown): readonly RosterIssue[] => {
  const result = parseRoster(content);
  return result.ok ? [] : result.issues;
};

describe("a class file becomes a roster", () => {
  test("with every prescription reckoned, in the file's order", () => {
    const roster = rosterOf(file({ stations: [station(4), station(2, ["a", "b"])] }));
    expect(roster.stations.map((s) => s.station)).toEqual(["4", "2"]);
    expect(roster.stations[1]?.cuffs).toMatchObject([
      { cuff: "a", prescription: { target: 120, limb: { limb: "thigh", side: "left" } } },
      { cuff: "b", prescription: { target: 120, limb: { limb: "thigh", side: "right" } } },
    ]);
    expect(roster).toMatchObject({ room: "Room", basicCuffs: [], staff: [{ id: "aidan", name: "Aidan" }] });
  });

  test("with 32 patients at most", () => {
    const stations = (count: number): ClassFile["stations"] =>
      Array.from({ length: count }, (_, i) => station(i + 1));
    expect(rosterOf(file({ stations: stations(32) })).stations).toHaveLength(32);
    expect(issuesOf(file({ stations: stations(33) }))).toEqual([
      { path: "stations", reason: "a wall shows 32 patients at most" },
    ]);
  });

  test("without a limb occlusion pressure there is no target, and the limit stands", () => {
    const bare = { ...station(1), cuffs: [{ cuff: "c", limb: "arm", side: "left" } as const] };
    expect(rosterOf(file({ stations: [bare] })).stations[0]?.cuffs[0]?.prescription).toMatchObject({
      target: null,
      limit: 429_000,
      cap: 900_000,
    });
  });

  test("basic cuffs keep their topics and their unit is mmHg where none is given", () => {
    const basicCuffs = [{ cuff: "cuff-1", topic: "esp32/p", intervalMs: 1000 }];
    expect(rosterOf(file({ basicCuffs })).basicCuffs).toEqual([
      { cuff: "cuff-1", topic: "esp32/p", intervalMs: 1000, unit: "mmHg" },
    ]);
  });
});

describe("everything that is wrong is told at once, with its place", () => {
  test.each<[string, unknown, readonly string[]]>([
    ["nothing", null, ["(top)"]],
    ["a list", [], ["(top)"]],
    ["only a version", { version: 1 }, ["staff", "plans", "stations"]],
    [
      "names twice",
      file({ plans: [plan, plan], stations: [station(1), station(1, ["x"])] }),
      ["plans", "stations"],
    ],
    [
      "a cuff on two patients",
      file({ stations: [station(1, ["x"]), station(2, ["x"])] }),
      ["stations.cuffs"],
    ],
    ["no such plan", file({ stations: [{ ...station(1), plan: "hip" }] }), ["stations.0.plan"]],
    ["three cuffs on one patient", file({ stations: [station(1, ["a", "b", "c"])] }), ["stations.0.cuffs"]],
    [
      "two cuffs on one limb",
      file({
        stations: [
          {
            ...station(1),
            cuffs: ["a", "b"].map((cuff) => ({ cuff, limb: "thigh", side: "left" }) as const),
          },
        ],
      }),
      ["stations.0.cuffs"],
    ],
    [
      "a plan that the limb does not allow",
      file({ plans: [{ ...plan, sets: [300] }] }),
      ["stations.0.cuffs.0 → plans.knee.limitReason"],
    ],
    [
      "a basic cuff twice",
      file({ basicCuffs: ["a", "b"].map((topic) => ({ cuff: "x", topic, intervalMs: 500 })) }),
      ["basicCuffs"],
    ],
    [
      "a basic cuff in the contract's topics",
      file({ basicCuffs: [{ cuff: "x", topic: "bfr/v1/main/x/data", intervalMs: 500 }] }),
      ["basicCuffs.0.topic"],
    ],
    [
      "an impossible limb occlusion pressure",
      file({ stations: [{ ...station(1), cuffs: [{ cuff: "a", limb: "arm", side: "left", lopMmhg: 20 }] }] }),
      ["stations.0.cuffs.0.lopMmhg"],
    ],
  ])("%s", (_, content, paths) => {
    const issues = issuesOf(content);
    expect(issues.map((i) => i.path)).toEqual(paths);
    for (const { reason } of issues) expect(reason).not.toBe("");
  });
});

test("whatever is in the file, reading it gives a value", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.jsonValue().map((junk) => ({ ...file(), stations: junk })),
      ),
      (content) => {
        expect(typeof parseRoster(content).ok).toBe("boolean");
      },
    ),
  );
});
