/** The log of the alarms, asked of the real server over recorded facts in SQLite. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type LogFigures,
  logFiguresSchema,
  type LogPage,
  logPageSchema,
  problemSchema,
} from "../../../shared/alarm/log-wire.ts";
import { csvTable, parseCsv } from "../../support/csv.ts";
import { aFlood, type Episode, inflations, recordedEpisodes, startOn } from "../../support/recorded-day.ts";
import { administrator, lockedTablet, pairedWall } from "../../support/let-in.ts";
import type { Visitor } from "../../support/visitor.ts";
import { startServer, type TestServer } from "../../support/server.ts";

/** The recording began five hours ago, to the second. */
const start = Math.floor(Date.now() / 1000) * 1000 - 18_000_000;
const iso = (second: number): string => new Date(start + second * 1000).toISOString();
const day = aFlood();
const episodes: readonly Episode[] = [
  ...day,
  // Raised long before the ranges that are asked for, one answered in them, one never again spoken of until after them.
  { at: 100, condition: "cuff-fault", who: 0, answered: 9500 },
  { at: 110, condition: "battery", who: 1, priority: "low", value: 9, limit: 10, cleared: 17_000 },
  { at: 120, condition: "battery", who: 2, priority: "low", value: 9, limit: 10, cleared: 300 },
];

let server: TestServer;
let reader: Visitor;
beforeAll(async () => {
  server = await startServer(null);
  await startOn(server, [...inflations(start, day), ...recordedEpisodes(start, episodes)], 18_000);
  reader = await administrator(server);
});
afterAll(() => server.remove());

const ask = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/api/alarms${query}`, { headers: { cookie: reader.cookie(), ...headers } });
const params = (query: Record<string, string | number>): string =>
  `?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()}`;
const all = { from: iso(0), to: iso(17_900) };
const page = async (query: Record<string, string | number>): Promise<LogPage> =>
  logPageSchema.parse(await (await ask(params({ ...all, ...query }))).json());
const figures = async (query: Record<string, string | number> = {}): Promise<LogFigures> =>
  logFiguresSchema.parse(await (await ask(`/figures${params({ ...all, ...query })}`)).json());

describe("/api/alarms", () => {
  test("gives whole histories, the newest first, and nothing of it is kept by a browser", async () => {
    const answer = await ask(params({ ...all, limit: 500 }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { occurrences, next, from, recording, simulated } = logPageSchema.parse(await answer.json());
    expect(next).toBeNull();
    expect({ from, recording, simulated }).toEqual({ from: start, recording: true, simulated: false });
    expect(occurrences).toHaveLength(episodes.length);
    const times = occurrences.map((h) => h.raised.wall);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const occluded = occurrences.find((h) => h.condition === "full-occlusion");
    expect(occluded).toMatchObject({
      patient: "Jessica R.",
      cuff: "cuff-03",
      priority: "high",
      response: 6200,
    });
    expect(occluded?.transitions.map((t) => [t.kind, t.wall - start])).toEqual([
      ["raised", 9_700_000],
      ["acknowledged", 9_706_200],
      ["cleared", 9_731_000],
    ]);
  });

  test("gives pages that join without a gap and without one twice", async () => {
    const whole = (await page({ limit: 500 })).occurrences.map(({ key }) => key);
    const joined: string[] = [];
    let cursor: string | null = "";
    for (let pages = 0; cursor !== null; pages += 1) {
      expect(pages).toBeLessThan(30);
      const { occurrences, next }: LogPage = await page({ limit: 7, ...(cursor === "" ? {} : { cursor }) });
      joined.push(...occurrences.map(({ key }) => key));
      cursor = next;
    }
    expect(joined).toEqual(whole);
  });

  test("gives what was raised before the range and was open in it, with its whole history, and not what was over", async () => {
    const { occurrences } = await page({ from: iso(9650), to: iso(9750), limit: 500 });
    expect(occurrences.map((h) => h.condition)).toEqual(["full-occlusion", "battery", "cuff-fault"]);
    const [, battery, fault] = occurrences;
    expect(battery).toMatchObject({ cuff: "cuff-02", state: "closed", present: 17_000_000 });
    expect(fault?.transitions.slice(0, 4).map(({ kind }) => kind)).toEqual([
      ...["raised", "reminded", "acknowledged", "sounded-again"],
    ]);
  });

  test.each<[string, Record<string, string>, (e: Episode) => boolean]>([
    ["patient", { patient: "Tomás V." }, (e) => e.who === 3],
    ["cuff", { cuff: "cuff-07" }, (e) => e.who === 6],
    ["condition", { condition: "overrun" }, (e) => e.condition === "overrun"],
    ["highest priority", { priority: "high" }, (e) => e.priority === "high" || e.rose !== undefined],
    ["two of them", { condition: "silent", cuff: "cuff-01" }, (e) => e.condition === "silent" && e.who === 0],
    ["nothing by an empty one", { patient: "", cuff: "" }, () => true],
    ["a patient who had none", { patient: "Nobody" }, () => false],
  ])("filters by %s", async (_, query, wanted) => {
    const { occurrences } = await page({ ...query, limit: 500 });
    expect(occurrences).toHaveLength(episodes.filter(wanted).length);
  });

  test("is of the last 24 hours unless told otherwise", async () => {
    const { from, to, now } = logPageSchema.parse(await (await ask("")).json());
    expect(to - from).toBe(24 * 3_600_000);
    expect(Math.abs(now - to)).toBeLessThan(5000);
  });

  test.each<[string, string, string]>([
    ["?from=yesterday", "from", "from must be a time with its zone, such as 2026-03-01T14:00:00Z."],
    ["?to=2026-03-01T14:00:00", "to", "to must be a time with its zone, such as 2026-03-01T14:00:00Z."],
    ["?from=2026-03-01T14:00:00Z&to=2026-03-01T13:00:00Z", "from", "from must be earlier than to."],
    ["?from=2099-03-01T14:00:00Z", "from", "from must be earlier than now."],
    ["?from=2020-03-01T14:00:00Z", "from", "from must lie within 366 days before to."],
    ["?priority=urgent", "priority", "priority must be one of high, medium, low."],
    ["?condition=bored", "condition", "condition must be one of overrun, "],
    ["?cuff=A%20B", "cuff", "cuff must be the name of a cuff"],
    ["?limit=0", "limit", "limit must be a whole number from 1 to 500."],
    ["?limit=many", "limit", "limit must be a whole number from 1 to 500."],
    ["?cursor=7", "cursor", "cursor must be what `next` said of the page before."],
    ["?patient=a&patient=b", "patient", "patient must be given once, as text."],
    ["?pateint=a", "pateint", "pateint is no parameter of this address."],
    ["/figures?limit=5", "limit", "limit is no parameter of this address."],
    [".csv?rows=all", "rows", "rows must be one of occurrences, transitions."],
  ])("%s is a problem of the asker's, and says what was expected", async (query, field, sentence) => {
    const answer = await ask(query);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const problem = problemSchema.parse(await answer.json());
    expect(problem.detail).toContain(sentence);
    expect(problem.errors?.map((e) => e.field)).toEqual([field]);
  });

  test("says all that is wrong at once", async () => {
    const problem = problemSchema.parse(await (await ask("?from=x&to=y&limit=-1")).json());
    expect(problem.errors?.map((e) => e.field)).toEqual(["from", "to", "limit"]);
  });

  test.each([[{ origin: "https://evil.example" }], [{ "sec-fetch-site": "cross-site" }]])(
    "turns a page elsewhere away: %j",
    async (headers) => {
      const answer = await ask("", headers);
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain("Maya");
    },
  );
});

test.each(["/api/alarms", "/api/alarms/figures", "/api/alarms.csv"])(
  "%s is for who has signed in: patients' names stand in it",
  async (address) => {
    expect((await fetch(server.url + address)).status).toBe(401);
    for (const screen of [await lockedTablet(server), await pairedWall(server)])
      expect((await screen.ask("GET", address)).status).toBe(401);
  },
);

describe("/api/alarms/figures", () => {
  test("tells the figures of the range", async () => {
    const { figures: f } = await figures();
    expect(f.raised.all).toBe(episodes.length);
    expect(f.raised.besidesCountdowns).toBe(episodes.filter((e) => e.condition !== "release-soon").length);
    expect(f.per10Min.all).toBeCloseTo(episodes.length / 29.83, 1);
    expect(f.chattering[0]).toMatchObject({
      condition: "silent",
      cuff: "cuff-07",
      raised: 5,
      lasted: 52_000,
    });
    expect(f.mostFrequent).toHaveLength(10);
    expect(f.mostFrequent[0]).toMatchObject({ condition: "silent", cuff: "cuff-07" });
    expect(f.flood.stretches).toHaveLength(1);
    const flooded = (f.flood.stretches[0]?.from ?? 0) - start;
    expect(flooded).toBeGreaterThan(13_800_000);
    expect(flooded).toBeLessThanOrEqual(13_833_000);
    expect(f.longestUnattended).toMatchObject({ condition: "cuff-fault", lasted: 9_500_000, open: false });
    expect(f.response.high.answered).toBeGreaterThan(0);
    expect(f.inUse).toBeGreaterThan(3_600_000);
    expect(f.inUse).toBeLessThan(18_000_000);
    expect(f.per10MinInUse?.all).toBeGreaterThan(f.per10Min.all);
  });

  test("a flood that began before the range is one in it", async () => {
    const { figures: f } = await figures({ from: iso(13_850) });
    expect(f.flood.stretches[0]?.from).toBe(start + 13_850_000);
  });

  test("are of what is filtered, while the choices stay those of the range", async () => {
    const of = await figures({ patient: "Maya K." });
    expect(of.figures.perPatient.map(({ patient }) => patient)).toEqual(["Maya K."]);
    expect(of.choices.patients).toHaveLength(12);
    expect(of.choices.cuffs[0]).toBe("cuff-01");
    expect(of.choices.conditions).toContain("full-occlusion");
    expect((await figures({ from: iso(9690), to: iso(9720) })).choices.patients).toEqual([
      "Jessica R.",
      "Maya K.",
      "Oskar L.",
    ]);
  });
});

describe("/api/alarms.csv", () => {
  test("is a table with a row for each occurrence and units in the names of its columns", async () => {
    const answer = await ask(`.csv${params(all)}`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="cuffwatch-alarms-occurrences-\d{8}T\d{4}Z-\d{8}T\d{4}Z\.csv"$/,
    );
    const rows = csvTable(await answer.text());
    expect(rows).toHaveLength(episodes.length);
    expect(rows.find((row) => row["condition"] === "full-occlusion")).toMatchObject({
      ...{ patient: "Jessica R.", station: "3", cuff: "cuff-03", highest_priority: "high", state: "closed" },
      ...{ raised_at_utc: iso(9700), value: "254", value_unit: "mmHg", limit: "250", limit_unit: "mmHg" },
      ...{ cleared_at_utc: iso(9731), present_s: "31", response_s: "6.2", unattended_s: "6.2", answers: "1" },
    });
    expect(rows.find((row) => row["condition"] === "overrun")).toMatchObject({
      value: "480",
      value_unit: "s",
    });
    expect(rows.some((row) => row["patient"] === "'=Jonas P.")).toBe(true);
    expect(rows.some((row) => row["patient"] === "=Jonas P.")).toBe(false);
  });

  test("has a row for each transition where that is asked for, and heeds the filters", async () => {
    const query = { ...all, rows: "transitions", condition: "full-occlusion" };
    const rows = csvTable(await (await ask(`.csv${params(query)}`)).text());
    expect(rows.map((row) => [row["transition"], row["after_raised_s"], row["value"], row["by"]])).toEqual([
      ["raised", "0", "254", ""],
      ["acknowledged", "6.2", "", "Lena M."],
      ["cleared", "31", "", ""],
    ]);
  });

  test("of nothing is its head alone", async () => {
    const text = await (await ask(`.csv${params({ ...all, patient: "Nobody" })}`)).text();
    expect(parseCsv(text)).toHaveLength(1);
  });
});
