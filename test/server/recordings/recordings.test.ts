/** What is kept of recordings once sessions and classes are over, and what the API says of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { entryOf, pageOf, problemSchema } from "../../../shared/clinic/api.ts";
import { oneClassSchema, oneRecordingSchema, runningSchema } from "../../../shared/clinic/recording-api.ts";
import { summarySchema } from "../../../shared/clinic/summary.ts";
import { patientSchema } from "../../../shared/clinic/patient.ts";
import { recordingSchema } from "../../../shared/clinic/recording-record.ts";
import { classId, cuffId, patientId } from "../../../shared/ids.ts";
import { emptyRoster } from "../../../shared/plan/roster.ts";
import { wallTime } from "../../../shared/units.ts";
import { type Api, signedIn, startApi, stranger } from "../../support/api.ts";
import { check, finish, seat, type Wish, worn } from "../../support/class.ts";
import { at, classOf, roster } from "../../support/floor.ts";
import { RecordedClass } from "../../support/closed-class.ts";
import { noon, recordingRecord, someFigures } from "../../support/recording-record.ts";

let api: Api;
let floor: RecordedClass;
/** Each test has its own month, and numbers of its own for whoever is in it: one, two and three. */
let began = noon;
let [one, two, three] = [0, 0, 0];
beforeAll(async () => {
  api = await startApi((register, store) => {
    floor = new RecordedClass(register, store);
    return floor.routes;
  });
});
beforeEach(() => {
  began += 30 * 86_400_000;
  [one, two, three] = [three + 1, three + 2, three + 3];
  floor.reset(began);
});
afterAll(async () => {
  floor.closer.stop();
  await api.end();
});

const recording = async (id: string) =>
  oneRecordingSchema.parse((await api.ask("GET", `/api/recordings/${id}`)).body);
const names = async (query = "", from = began): Promise<readonly string[]> =>
  pageOf(entryOf(recordingSchema))
    .parse((await api.ask("GET", `/api/recordings?from=${from}&${query}`)).body)
    .entries.map(({ body }) => body.name);
const refused = async (address: string): Promise<string> => {
  const { status, detail } = problemSchema.parse((await api.ask("GET", address)).body);
  return `${status} ${detail}`;
};
const classNumber = (n: number): Wish => ({
  ...{ kind: "start-class", class: classId(`class-${n}`), room: "Gym", heard: true },
});
const writer = { by: "Emily", at: wallTime(began) };
const admit = async (id: string): Promise<void> => {
  const { patients } = floor.clinic;
  await patients.write([patients.change(id, patientSchema.parse({ givenName: id }), null, writer)]);
};
const end = { kind: "end-class" } as const;
const twoSessions = (): void => {
  floor.tell(1, classNumber(one), seat(one), seat(two), check(one), check(two));
  floor.tell(600, finish(one, `cuff-${one}`));
  floor.tell(700, finish(two, `cuff-${two}`), end);
};

describe("a session that is over", () => {
  test("is kept as what it was, with its figures", async () => {
    twoSessions();
    await floor.closer.kept();
    expect(await recording(`session-${one}`)).toMatchObject({
      running: false,
      entry: {
        version: 1,
        body: {
          ...{
            patient: `patient-${one}`,
            name: `Patient ${one}`,
            station: String(one),
            class: `class-${one}`,
            programme: "Knee",
          },
          ...{ outcome: "completed", source: "recorded", log: 0, removed: null, file: null },
          ...{ from: 1000, to: 600_000, startedAt: began + 1000, endedAt: began + 600_000 },
          cuffs: [{ limb: "thigh", side: "left", cuff: `cuff-${one}`, from: 1000, to: 600_000 }],
          figures: someFigures,
        },
      },
    });
    const kept = oneClassSchema.parse((await api.ask("GET", `/api/classes/class-${one}`)).body);
    expect(kept).toMatchObject({
      running: false,
      entry: {
        body: { room: "Gym", by: "Emily", from: 1000, to: 700_000, source: "recorded" },
      },
    });
    expect(kept.entry.body.sessions.map(({ session }) => session)).toEqual([
      `session-${one}`,
      `session-${two}`,
    ]);
    expect((await api.ask("GET", `/api/classes?text=patient+${two}`)).body).toMatchObject({
      entries: [{ id: `class-${one}` }],
    });
  });

  test("tells each cuff from when to when it was worn", async () => {
    floor.tell(1, classNumber(one), seat(one, [worn(`cuff-${one}`)]));
    floor.tell(100, {
      ...{ kind: "swap-cuff", from: cuffId(`cuff-${one}`), to: cuffId("cuff-9"), session: seat(one).session },
      seenOff: [cuffId(`cuff-${one}`)],
    });
    floor.tell(200, finish(one, "cuff-9"));
    await floor.closer.kept();
    expect((await recording(`session-${one}`)).entry.body.cuffs).toMatchObject([
      { cuff: `cuff-${one}`, from: 1000, to: 100_000 },
      { cuff: "cuff-9", from: 100_000, to: 200_000 },
    ]);
  });

  test("is made good after weeks too, since the newest recording that was kept", async () => {
    await admit(`patient-${one}`);
    await admit(`patient-${two}`);
    twoSessions();
    await floor.closer.kept();
    const gone = [one, two].map((n) => ({ kind: "recording" as const, id: `session-${n}` }));
    await api.register.purge(gone, "nothing");
    floor.second = 20 * 86_400;
    await floor.closer.makeGood();
    expect((await recording(`session-${one}`)).running).toBe(false);
  });

  test("is kept once, whatever happens again", async () => {
    twoSessions();
    await floor.closer.kept();
    await floor.restart();
    await floor.closer.makeGood();
    const history = await api.register.history("recording", `session-${one}`);
    expect(history.ok && history.value).toHaveLength(1);
  });

  test("is kept at the next start where the server ended before, and nobody who still sits there is", async () => {
    for (const id of [`patient-${one}`, `patient-${two}`]) await admit(id);
    floor.reads = false;
    twoSessions();
    floor.tell(800, classNumber(two), seat(three));
    await floor.closer.kept();
    expect(await names()).toEqual([]);
    floor.reads = true;
    await floor.restart();
    await floor.closer.makeGood();
    expect(await names()).toEqual([`Patient ${two}`, `Patient ${one}`].toSorted().toReversed());
    expect((await api.ask("GET", `/api/classes/class-${one}`)).body).toMatchObject({ running: false });
    expect((await recording(`session-${three}`)).running).toBe(true);
    floor.tell(900, finish(three, `cuff-${three}`), end);
    await floor.closer.kept();
    expect((await recording(`session-${three}`)).running).toBe(false);
  });

  test("is kept later where the disk failed", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      floor.stores = false;
      twoSessions();
      await floor.closer.kept();
      floor.stores = true;
      floor.reads = false;
      vi.advanceTimersByTime(30_000);
      await floor.closer.kept();
      expect(await names()).toEqual([]);
      floor.reads = true;
      vi.advanceTimersByTime(30_000);
      await floor.closer.kept();
      expect(await names()).toHaveLength(2);
      expect(floor.closer.unkept()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("whose patient was erased since does not come back", async () => {
    floor.reads = false;
    twoSessions();
    await floor.closer.kept();
    await admit(`patient-${one}`);
    await admit(`patient-${two}`);
    const { patients } = floor.clinic;
    await patients.write([patients.removal(`patient-${one}`, 1, writer)]);
    floor.reads = true;
    await floor.restart();
    await floor.closer.makeGood();
    expect(await names()).toEqual([`Patient ${two}`]);
  });

  test("is told as it is, whatever record a file has made of it, and that is complained of", async () => {
    floor.tell(1, classNumber(one), seat(one), check(one));
    const { recordings } = floor.clinic;
    const brought = recordingRecord({ source: "imported", log: 7, name: "Brought in" });
    await recordings.write([recordings.change(`session-${one}`, brought, null, writer)]);
    expect(await recording(`session-${one}`)).toMatchObject({
      running: true,
      entry: { body: { source: "recorded", name: `Patient ${one}` } },
    });
    const complained = vi.spyOn(floor.log, "error");
    floor.tell(600, finish(one, `cuff-${one}`));
    await floor.closer.kept();
    expect(complained).toHaveBeenCalledWith(
      { value: `session-${one}`, kind: "imported" },
      expect.any(String),
    );
    complained.mockRestore();
    floor.tell(700, end);
    await floor.closer.kept();
  });

  test("is told as it will be kept while that is still to be done", async () => {
    floor.stores = false;
    twoSessions();
    await floor.closer.kept();
    expect(await recording(`session-${one}`)).toMatchObject({
      running: false,
      entry: { version: 0, body: { outcome: "completed", to: 600_000, endedAt: began + 600_000 } },
    });
    expect((await api.ask("GET", `/api/classes/class-${one}`)).body).toMatchObject({
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
    expect((await recording("file-10000-2")).entry.body).toMatchObject({
      ...{ patient: null, class: "file-10000", outcome: null, from: 10_000, to: 20_000 },
    });
    expect(await recording("file-10000-1")).toMatchObject({ running: true });
    given(30, []);
    await floor.closer.kept();
    expect(await names()).toEqual(["Andrew", "Maya K."]);
    expect((await api.ask("GET", "/api/classes/file-10000")).body).toMatchObject({
      entry: { body: { by: "", from: 10_000, to: 30_000, sessions: [{ station: "1" }, { station: "2" }] } },
    });
  });

  test("that stays for weeks is recorded for its last day", async () => {
    given(15, ["Maya K."]);
    const later = 15 + 14 * 86_400;
    given(later, []);
    await floor.closer.kept();
    expect((await recording("file-15000-1")).entry.body).toMatchObject({
      ...{ from: (later - 86_400) * 1000, to: later * 1000 },
      cuffs: [{ from: (later - 86_400) * 1000 }],
    });
  });
});

describe("what is under way", () => {
  test("has the same shape, made of now", async () => {
    floor.tell(1, classNumber(one), seat(one));
    floor.second = 61;
    expect(await recording(`session-${one}`)).toMatchObject({
      running: true,
      entry: {
        version: 0,
        body: { to: 61_000, endedAt: began + 61_000, outcome: null, cuffs: [{ from: 1000, to: 61_000 }] },
      },
    });
    expect((await api.ask("GET", `/api/classes/class-${one}`)).body).toMatchObject({
      running: true,
      entry: { body: { to: 61_000, sessions: [{ session: `session-${one}`, patient: `patient-${one}` }] } },
    });
    const running = runningSchema.parse((await api.ask("GET", "/api/recordings/running")).body);
    expect(running).toEqual({
      class: { id: `class-${one}`, room: "Gym", startedAt: began + 1000 },
      sessions: [
        {
          ...{
            session: `session-${one}`,
            patient: `patient-${one}`,
            name: `Patient ${one}`,
            station: String(one),
          },
          ...{ programme: "Knee", startedAt: began + 1000 },
        },
      ],
    });
    expect(await names()).toEqual([]);
  });

  test("is followed by asking for what comes after a line", async () => {
    floor.tell(1, classNumber(one), seat(one));
    floor.second = 61;
    const answer = await fetch(`${api.url}/api/recordings/session-${one}/facts?after=17`);
    expect(answer.headers.get("content-type")).toBe("application/vnd.cuffwatch.recording");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([67, 87, 82, 1]));
    expect(floor.asked.at(-1)).toMatchObject({
      wanted: { kind: "session", log: 0, from: 1000, to: 61_000, running: true },
      after: 17,
    });
    expect((await fetch(`${api.url}/api/classes/class-${one}/facts`)).status).toBe(200);
    expect(floor.asked.at(-1)).toMatchObject({ wanted: { kind: "class", running: true }, after: null });
    expect(await refused(`/api/recordings/session-${one}/facts?after=-1`)).toContain("422 after");
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
    const { entry } = await recording(`session-${one}`);
    const removed = { why: "outlived", at: began } as const;
    await recordings.write([recordings.change(`session-${one}`, { ...entry.body, removed }, 1, writer)]);
    expect((await recording(`session-${one}`)).entry.body.removed).toEqual(removed);
    expect(await refused(`/api/recordings/session-${one}/facts`)).toContain(
      "410 The recording was removed: it was older",
    );
    await recordings.write([recordings.removal(`session-${one}`, 2, writer)]);
    expect(await refused(`/api/recordings/session-${one}`)).toBe(
      "410 The recording was removed from the records.",
    );
    floor.reads = false;
    expect(await refused(`/api/recordings/session-${two}/facts`)).toBe(
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
  floor.tell(90_000, classNumber(two), seat(one, [worn(`cuff-${one}`)]));
  floor.tell(90_600, finish(one, `cuff-${one}`), end);
  await floor.closer.kept();
  expect(await names()).toHaveLength(2);
  floor.tell(90_700, classNumber(three), {
    ...seat(three),
    patient: patientId(`patient-${one}`),
    name: "Žofie",
  });
  floor.tell(90_800, finish(three, `cuff-${three}`), end);
  await floor.closer.kept();
  expect((await names(`patient=patient-${one}`)).length).toBe(2);
  expect(await names("text=zofie+knee")).toEqual(["Žofie"]);
  expect(await names("", began + 80_000_000)).toEqual(["Žofie"]);
  expect(await names(`to=${began + 80_000_000}`)).toHaveLength(2);
});

describe("the summary", () => {
  test("is of the sessions that began in a stretch of time", async () => {
    twoSessions();
    await floor.closer.kept();
    const of = async (from: number, to: number) =>
      summarySchema.parse((await api.ask("GET", `/api/summary?from=${from}&to=${to}`)).body);
    expect(await of(began, began + 60_000)).toMatchObject({
      clinic: { sessions: 2, patients: 2, restrictedMs: 600_000, outcomes: { completed: 2 } },
      classes: [{ class: `class-${one}`, room: "Gym", sessions: 2 }],
    });
    expect((await of(began + 60_000, began + 120_000)).clinic.sessions).toBe(0);
    expect(await refused(`/api/summary?from=5&to=5`)).toBe("422 to: must be later than `from`");
    expect(await refused("/api/summary?from=5")).toContain("422 to");
    expect(await refused("/api/summary?from=-5&to=x")).toContain("422 from");
  });
});
