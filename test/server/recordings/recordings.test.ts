/** What is kept of recordings once sessions and classes are over, and what the API says of them. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { entryOf, pageOf, problemSchema } from "../../../shared/clinic/api.ts";
import { oneClassSchema, oneRecordingSchema, runningSchema } from "../../../shared/clinic/recording-api.ts";
import { summarySchema } from "../../../shared/clinic/summary.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { recordingSchema } from "../../../shared/clinic/recording-record.ts";
import { classId, cuffId, patientId } from "../../../shared/ids.ts";
import { emptyRoster } from "../../../shared/plan/roster.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, signedIn, startApi, stranger } from "../../support/api.ts";
import { check, finish, seat, start, type Wish, worn } from "../../support/class.ts";
import { at, classOf, roster } from "../../support/floor.ts";
import { RecordedClass } from "../../support/closed-class.ts";
import { noon, someFigures } from "../../support/recording-record.ts";

let api: Api;
let floor: RecordedClass;
beforeEach(async () => {
  api = await startApi((register, store) => {
    floor = new RecordedClass(register, store);
    return floor.routes;
  });
});
afterEach(async () => {
  floor.closer.stop();
  await api.end();
});

const one = async (id: string) =>
  oneRecordingSchema.parse((await api.ask("GET", `/api/recordings/${id}`)).body);
const names = async (query = ""): Promise<readonly string[]> =>
  pageOf(entryOf(recordingSchema))
    .parse((await api.ask("GET", `/api/recordings${query}`)).body)
    .entries.map(({ body }) => body.name);
const refused = async (address: string): Promise<string> => {
  const { status, detail } = problemSchema.parse((await api.ask("GET", address)).body);
  return `${status} ${detail}`;
};
const classNumber = (n: number): Wish => ({
  ...{ kind: "start-class", class: classId(`class-${n}`), room: "Gym", heard: true },
});
const writer = { by: "Emily", at: wallTime(noon) };
const admit = async (id: string): Promise<void> => {
  const { patients } = floor.clinic;
  await patients.write([patients.change(id, patientSchema.parse({ givenName: id }), null, writer)]);
};
const end = { kind: "end-class" } as const;
const twoSessions = (): void => {
  floor.tell(1, start, seat(1), seat(2), check(1), check(2));
  floor.tell(600, finish(1, "cuff-1"));
  floor.tell(700, finish(2, "cuff-2"), end);
};

describe("a session that is over", () => {
  test("is kept as what it was, with its figures", async () => {
    twoSessions();
    await floor.closer.kept();
    expect(await one("session-1")).toMatchObject({
      running: false,
      entry: {
        version: 1,
        body: {
          ...{ patient: "patient-1", name: "Patient 1", station: "1", class: "class-1", programme: "Knee" },
          ...{ outcome: "completed", source: "recorded", log: 0, removed: null, file: null },
          ...{ from: 1000, to: 600_000, startedAt: noon + 1000, endedAt: noon + 600_000 },
          cuffs: [{ limb: "thigh", side: "left", cuff: "cuff-1", from: 1000, to: 600_000 }],
          figures: someFigures,
        },
      },
    });
    const kept = oneClassSchema.parse((await api.ask("GET", "/api/classes/class-1")).body);
    expect(kept).toMatchObject({
      running: false,
      entry: {
        body: { room: "Gym", by: "Emily", from: 1000, to: 700_000, source: "recorded" },
      },
    });
    expect(kept.entry.body.sessions.map(({ session }) => session)).toEqual(["session-1", "session-2"]);
    expect((await api.ask("GET", "/api/classes?text=patient+2")).body).toMatchObject({
      entries: [{ id: "class-1" }],
    });
  });

  test("tells each cuff from when to when it was worn", async () => {
    floor.tell(1, start, seat(1, [worn("cuff-1")]));
    floor.tell(100, {
      ...{ kind: "swap-cuff", from: cuffId("cuff-1"), to: cuffId("cuff-9"), session: seat(1).session },
      seenOff: [cuffId("cuff-1")],
    });
    floor.tell(200, finish(1, "cuff-9"));
    await floor.closer.kept();
    expect((await one("session-1")).entry.body.cuffs).toMatchObject([
      { cuff: "cuff-1", from: 1000, to: 100_000 },
      { cuff: "cuff-9", from: 100_000, to: 200_000 },
    ]);
  });

  test("is kept once, whatever happens again", async () => {
    twoSessions();
    await floor.closer.kept();
    await floor.restart();
    await floor.closer.makeGood();
    const history = await api.register.history("recording", "session-1");
    expect(history.ok && history.value).toHaveLength(1);
  });

  test("is kept at the next start where the server ended before, and nobody who still sits there is", async () => {
    for (const id of ["patient-1", "patient-2"]) await admit(id);
    floor.reads = false;
    twoSessions();
    floor.tell(800, classNumber(2), seat(3));
    await floor.closer.kept();
    expect(await names()).toEqual([]);
    floor.reads = true;
    await floor.restart();
    await floor.closer.makeGood();
    expect(await names()).toEqual(["Patient 2", "Patient 1"].toSorted().toReversed());
    expect((await api.ask("GET", "/api/classes/class-1")).body).toMatchObject({ running: false });
    expect((await one("session-3")).running).toBe(true);
    floor.tell(900, finish(3, "cuff-3"), end);
    await floor.closer.kept();
    expect((await one("session-3")).running).toBe(false);
  });

  test("whose patient was erased since does not come back", async () => {
    floor.reads = false;
    twoSessions();
    await floor.closer.kept();
    await admit("patient-1");
    await admit("patient-2");
    const { patients } = floor.clinic;
    await patients.write([patients.removal("patient-1", 1, writer)]);
    floor.reads = true;
    await floor.restart();
    await floor.closer.makeGood();
    expect(await names()).toEqual(["Patient 2"]);
  });

  test("is told as it will be kept while that is still to be done", async () => {
    floor.stores = false;
    twoSessions();
    await floor.closer.kept();
    expect(await one("session-1")).toMatchObject({
      running: false,
      entry: { version: 0, body: { outcome: "completed", to: 600_000, endedAt: noon + 600_000 } },
    });
    expect((await api.ask("GET", "/api/classes/class-1")).body).toMatchObject({
      running: false,
      entry: { version: 0, body: { to: 700_000 } },
    });
  });
});

describe("a station of a class file", () => {
  const file = (names: readonly string[]) => {
    if (names.length === 0) return { ...emptyRoster, room: "Gym" };
    const [first] = classOf().stations;
    if (first === undefined) throw new Error("The file has no station.");
    const stations = names.map((patient, i) => ({
      ...{ ...first, station: String(i + 1), patient },
      cuffs: first.cuffs.map((c) => ({ ...c, cuff: `cuff-${i + 1}` })),
    }));
    return roster({ ...classOf(), stations });
  };
  const given = (second: number, who: readonly string[]) =>
    floor.take({ kind: "roster", at: at(second), roster: file(who) });

  test("is recorded until it is gone from the file, of nobody in the register", async () => {
    given(10, ["Maya K.", "Andrew"]);
    given(20, ["Maya K."]);
    await floor.closer.kept();
    expect(await names()).toEqual(["Andrew"]);
    expect((await one("file-10000-2")).entry.body).toMatchObject({
      ...{ patient: null, class: "file-10000", outcome: null, from: 10_000, to: 20_000 },
    });
    expect(await one("file-10000-1")).toMatchObject({ running: true });
    given(30, []);
    await floor.closer.kept();
    expect(await names()).toEqual(["Andrew", "Maya K."]);
    expect((await api.ask("GET", "/api/classes/file-10000")).body).toMatchObject({
      entry: { body: { by: "", from: 10_000, to: 30_000, sessions: [{ station: "1" }, { station: "2" }] } },
    });
  });

  test("that stays for weeks is recorded for its last day", async () => {
    given(10, ["Maya K."]);
    const later = 10 + 14 * 86_400;
    given(later, []);
    await floor.closer.kept();
    expect((await one("file-10000-1")).entry.body).toMatchObject({
      ...{ from: (later - 86_400) * 1000, to: later * 1000 },
      cuffs: [{ from: (later - 86_400) * 1000 }],
    });
  });
});

describe("what is under way", () => {
  test("has the same shape, made of now", async () => {
    floor.tell(1, start, seat(1));
    floor.second = 61;
    expect(await one("session-1")).toMatchObject({
      running: true,
      entry: {
        version: 0,
        body: { to: 61_000, endedAt: noon + 61_000, outcome: null, cuffs: [{ from: 1000, to: 61_000 }] },
      },
    });
    expect((await api.ask("GET", "/api/classes/class-1")).body).toMatchObject({
      running: true,
      entry: { body: { to: 61_000, sessions: [{ session: "session-1", patient: "patient-1" }] } },
    });
    const running = runningSchema.parse((await api.ask("GET", "/api/recordings/running")).body);
    expect(running).toEqual({
      class: { id: "class-1", room: "Gym", startedAt: noon + 1000 },
      sessions: [
        {
          ...{ session: "session-1", patient: "patient-1", name: "Patient 1", station: "1" },
          ...{ programme: "Knee", startedAt: noon + 1000 },
        },
      ],
    });
    expect(await names()).toEqual([]);
  });

  test("is followed by asking for what comes after a line", async () => {
    floor.tell(1, start, seat(1));
    floor.second = 61;
    const answer = await fetch(`${api.url}/api/recordings/session-1/facts?after=17`);
    expect(answer.headers.get("content-type")).toBe("application/vnd.cuffwatch.recording");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([67, 87, 82, 1]));
    expect(floor.asked.at(-1)).toMatchObject({
      wanted: { kind: "session", log: 0, from: 1000, to: 61_000, running: true },
      after: 17,
    });
    expect((await fetch(`${api.url}/api/classes/class-1/facts`)).status).toBe(200);
    expect(floor.asked.at(-1)).toMatchObject({ wanted: { kind: "class", running: true }, after: null });
    expect(await refused("/api/recordings/session-1/facts?after=-1")).toContain("422 after");
  });
});

describe("a recording that cannot be given", () => {
  test("is told apart: never there, removed, or not readable now", async () => {
    twoSessions();
    await floor.closer.kept();
    for (const address of ["/api/recordings/none", "/api/recordings/none/facts"])
      expect(await refused(address)).toBe("404 There is no recording of such a session.");
    expect(await refused("/api/classes/none")).toBe("404 There is no recording of such a class.");
    const { recordings } = floor.clinic;
    const { entry } = await one("session-1");
    const removed = { why: "outlived", at: noon } as const;
    await recordings.write([recordings.change("session-1", { ...entry.body, removed }, 1, writer)]);
    expect((await one("session-1")).entry.body.removed).toEqual(removed);
    expect(await refused("/api/recordings/session-1/facts")).toContain(
      "410 The recording was removed: it was older",
    );
    await recordings.write([recordings.removal("session-1", 2, writer)]);
    expect(await refused("/api/recordings/session-1")).toBe(
      "410 The recording was removed from the records.",
    );
    floor.reads = false;
    expect(await refused("/api/recordings/session-2/facts")).toBe(
      "503 The recording cannot be read: The disk is gone.",
    );
  });

  test("is nobody's to see who may not review", async () => {
    for (const [who, status] of [
      [stranger, 401],
      [signedIn("Aidan", "assistant"), 404],
    ] as const) {
      api.as(who);
      expect((await api.ask("GET", "/api/recordings/none/facts")).status).toBe(status);
    }
  });
});

test("the list is searched by name and by patient, and cut by days", async () => {
  twoSessions();
  floor.tell(90_000, classNumber(2), seat(1, [worn("cuff-1")]));
  floor.tell(90_600, finish(1, "cuff-1"), end);
  await floor.closer.kept();
  expect(await names()).toHaveLength(2);
  floor.tell(90_700, classNumber(3), {
    ...seat(3),
    patient: patientId("patient-1"),
    name: "Žofie",
  });
  floor.tell(90_800, finish(3, "cuff-3"), end);
  await floor.closer.kept();
  expect((await names("?patient=patient-1")).length).toBe(2);
  expect(await names("?text=zofie+knee")).toEqual(["Žofie"]);
  expect(await names(`?from=${noon + 80_000_000}`)).toEqual(["Žofie"]);
  expect(await names(`?to=${noon + 80_000_000}`)).toHaveLength(2);
});

describe("the summary", () => {
  test("is of the sessions that began in a stretch of time", async () => {
    twoSessions();
    await floor.closer.kept();
    const of = async (from: number, to: number) =>
      summarySchema.parse((await api.ask("GET", `/api/summary?from=${from}&to=${to}`)).body);
    expect(await of(noon, noon + 60_000)).toMatchObject({
      clinic: { sessions: 2, patients: 2, restrictedMs: 600_000, outcomes: { completed: 2 } },
      classes: [{ class: "class-1", room: "Gym", sessions: 2 }],
    });
    expect((await of(noon + 60_000, noon + 120_000)).clinic.sessions).toBe(0);
    expect(await refused(`/api/summary?from=5&to=5`)).toBe("422 to: must be later than `from`");
    expect(await refused("/api/summary?from=5")).toContain("422 to");
    expect(await refused("/api/summary?from=-5&to=x")).toContain("422 from");
  });
});
