/** Recordings brought in over HTTP: looked at, taken in whole, said where they are there already, and refused with the line. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { factsOf } from "../../../server/export/taken-home.ts";
import type { Erased } from "../../../server/erasure/ledger.ts";
import { importRecordingRoutes, type OtherLogs } from "../../../server/import/routes.ts";
import { createLog } from "../../../server/log.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { classKind, recordingKind } from "../../../server/records/kinds.ts";
import { recordRoutes } from "../../../server/records/routes.ts";
import type { Unkept } from "../../../server/recordings/closer.ts";
import { collection } from "../../../server/register/collection.ts";
import { importAnswer, type ImportAnswer } from "../../../shared/clinic/import-api.ts";
import { newState } from "../../../shared/engine.ts";
import { classId, patientId, sessionId, siteId } from "../../../shared/ids.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import { ownLines } from "../../../shared/recording/session-lines.ts";
import { spansOf } from "../../../shared/recording/span.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { exportWords } from "../../../shared/view/export-words.ts";
import { type Api, signedIn, startApi } from "../../support/api.ts";
import { lived } from "../../support/recorded-class.ts";
import { seat, session, start as startClass } from "../../support/class.ts";

const noon = 1_790_000_000_000;
const site = siteId("main");
/** What was written, by log. */
const logs = new Map<number, readonly Line[]>();
let fails = false;
const otherLogs: OtherLogs = {
  appendLog: async (groups) => {
    const lines: Line[] = [];
    for await (const some of groups) lines.push(...some);
    if (fails) return { ok: false, error: { kind: "full", detail: "The disk is full." } };
    const log = logs.size + 1;
    logs.set(log, lines);
    written();
    return { ok: true, value: log };
  },
  removeLog: (log) => {
    logs.delete(log);
    return Promise.resolve({ ok: true, value: null });
  },
};

/** What is under way, or over and not yet kept. */
let underWay: readonly Unkept[] = [];
let erased: readonly Erased[] = [];
/** Called once a log is written. */
let written = (): void => undefined;

let api: Api;
beforeAll(async () => {
  api = await startApi((register) => {
    const clinic = openClinic({ register, wall: () => wallTime(noon), isInUse: () => false });
    const closer = { unkept: () => underWay, unkeptClasses: () => [] };
    const ledger = { erased: () => ({ ok: true as const, value: erased }) };
    const options = { ...ledger, clinic, site, closer, logs: otherLogs, log: createLog("silent") };
    return [...recordRoutes(clinic), ...importRecordingRoutes(options)];
  });
});
afterAll(() => api.end());

const send = async (
  body: string | Uint8Array,
  query = "",
): Promise<Readonly<{ status: number; said: unknown }>> => {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : Uint8Array.from(body);
  const response = await fetch(`${api.url}/api/import/recording?file=one.csv${query}`, {
    ...{ method: "POST", body: bytes, headers: { "Content-Type": "application/octet-stream" } },
  });
  return { status: response.status, said: await response.json() };
};
const answered = async (...asked: Parameters<typeof send>): Promise<ImportAnswer> => {
  const { said } = await send(...asked);
  return importAnswer.parse(said);
};

const table = (p = 150): string =>
  `time_s,pressure_mmhg\n${Array.from({ length: 60 }, (_, s) => `${s},${s < 5 || s > 50 ? 0 : p + (s % 2)}`).join("\n")}\n`;

describe("a table", () => {
  test("is looked at first, and nothing of it is kept", async () => {
    const seen = await answered(table(), "&dry=1&lopMmhg=250&pctLop=60");
    expect(seen).toMatchObject({
      kind: "pressures",
      imported: false,
      samples: 60,
      problems: [],
      already: null,
    });
    expect(seen.understood).toMatchObject({ intervalMs: 1000, gaps: 0, highestMmhg: 151 });
    expect(logs.size).toBe(0);
  });

  test("is taken in as a log and a record of its own, and said to be there the second time", async () => {
    const { status, said } = await send(
      table(),
      "&lopMmhg=250&pctLop=60&name=Jessica%20R.&startedAt=1780000000000",
    );
    expect(status).toBe(201);
    const [one] = importAnswer.parse(said).sessions;
    const kept = await collection(api.register, recordingKind).get(one?.session ?? "");
    expect(kept).toMatchObject({
      ok: true,
      value: {
        body: { source: "imported", log: 1, name: "Jessica R.", startedAt: 1_780_000_000_000, patient: null },
      },
    });
    if (!kept.ok) throw new Error("not kept");
    expect(kept.value?.body.file).toMatchObject({ name: "one.csv", by: "Emily", at: noon });
    expect(kept.value?.body.figures.limbs[0]).toMatchObject({ inflations: 1, samples: 60 });
    expect(logs.get(1)?.some(({ fact }) => fact.kind === "finished")).toBe(true);

    expect((await answered(table(), "&dry=1")).already).toMatchObject({ by: "Emily" });
    expect(await send(table())).toMatchObject({ status: 409 });
    expect(logs.size).toBe(1);
  });

  test("that is wrong is refused whole, with every line", async () => {
    const bad = table(140).replace("\n7,141", "\n7,high").replace("\n9,141", "\n9,=1+1");
    expect((await answered(bad, "&dry=1")).problems).toMatchObject([
      { line: 9, field: "pressure" },
      { line: 11, field: "pressure" },
    ]);
    expect(await send(bad)).toMatchObject({
      status: 422,
      said: { errors: [{ field: "line 9, pressure" }, {}] },
    });
    expect(logs.size).toBe(1);
  });

  test("is not taken in without its date, nor with one that is yet to come", async () => {
    expect(await answered(table(120), "&dry=1")).toMatchObject({ undated: true, samples: 60, problems: [] });
    expect(await send(table(120))).toMatchObject({ status: 422, said: { errors: [{ field: "startedAt" }] } });
    const future = `&startedAt=${noon + 60_000}`;
    expect((await answered(table(120), `&dry=1${future}`)).problems).toHaveLength(1);
    expect(await send(table(120), future)).toMatchObject({ status: 422 });
    expect(logs.size).toBe(1);
    const past = `&dry=1&startedAt=${noon - 60_000}`;
    expect(await answered(table(120), past)).toMatchObject({ undated: false, problems: [] });
  });

  test("of which the log cannot be stored leaves no record", async () => {
    fails = true;
    expect(await send(table(130), "&startedAt=1780000000000")).toMatchObject({ status: 503 });
    fails = false;
    expect((await answered(table(130), "&dry=1")).already).toBeNull();
  });

  test("is refused for a patient who is not there, and with a limit that no limb may have", async () => {
    expect(await send(table(), "&patient=nobody")).toMatchObject({ status: 404 });
    expect(await send(table(), "&limitMin=90")).toMatchObject({ status: 422 });
    expect(await send(table(), "&volume=1")).toMatchObject({ status: 422 });
  });
});

describe("facts that were taken home", () => {
  const life = lived([
    { is: "wish", wish: startClass },
    { is: "wish", wish: seat(1) },
    {
      is: "heard",
      cuff: "cuff-1",
      seconds: 20,
      boot: 0,
      told: "live",
      p: 150,
      phase: "occluded",
      tgt: 1500,
      pct: 80,
      set: 1,
      rep: 0,
    },
    { is: "wish", wish: { kind: "remark", session: session(1), text: "feels well" } },
  ]);
  const [span] = spansOf(life.lines);
  if (span === undefined) throw new Error("nobody was seated");
  const own = [...ownLines(span, life.start, life.lines)];
  const to = own.at(-1)?.at ?? span.from;
  const file = factsOf({
    recorded: { start: newState(site), lines: linesFrom(own), holes: [], from: span.from, to },
    ...{ of: { kind: "session", session: span.session }, site, source: "recorded", madeAt: wallTime(noon) },
    ...{ clocks: { at: span.from, wall: wallTime(1e12) }, patient: null },
  });

  test("are refused while their session is under way here, also where it began meanwhile", async () => {
    const before = logs.size;
    underWay = [{ span, outcome: null, known: null }];
    const told = { status: 409, said: { already: { session: span.session, by: "" } } };
    expect(await send(file)).toMatchObject(told);
    underWay = [];
    written = () => (underWay = [{ span, outcome: null, known: null }]);
    expect(await send(file)).toMatchObject(told);
    expect(logs.size).toBe(before);
    expect(await api.register.history("recording", span.session)).toEqual({ ok: true, value: [] });
    underWay = [];
    written = () => undefined;
  });

  test("are refused where somebody in them was erased here, by their number or by that of the session", async () => {
    const before = logs.size;
    for (const one of [
      { patient: span.patient ?? "", at: noon },
      { patient: "patient-9", at: noon, sessions: [span.session] },
    ]) {
      erased = [one];
      expect(await send(file)).toMatchObject({ status: 409 });
      expect(await send(file, "&dry=1")).toMatchObject({ status: 409 });
      erased = [];
      // Erased while the log is written.
      written = () => (erased = [one]);
      expect(await send(file)).toMatchObject({ status: 409 });
      erased = [];
      written = () => undefined;
    }
    erased = [{ patient: "patient-9", at: noon, sessions: ["session-9"] }];
    expect(await send(file, "&dry=1")).toMatchObject({ status: 200 });
    expect(logs.size).toBe(before);
    expect(await api.register.history("recording", span.session)).toEqual({ ok: true, value: [] });
  });

  test("are refused where their moments and their dates do not fit each other", async () => {
    const shifted = own.map((line): Line => {
      const at = monotonic(line.at - 1e9);
      return { ...line, at, fact: { ...line.fact, at } };
    });
    const other = factsOf({
      recorded: { start: newState(site), lines: linesFrom(shifted), holes: [], from: span.from, to },
      ...{ of: { kind: "session", session: span.session }, site, source: "recorded", madeAt: wallTime(noon) },
      ...{ clocks: { at: span.from, wall: wallTime(1e12) }, patient: null },
    });
    expect((await answered(other, "&dry=1")).problems).toMatchObject([{ reason: exportWords.endsBefore }]);
    expect(await send(other)).toMatchObject({ status: 422 });
  });

  test("come back as they went out", async () => {
    const before = logs.size;
    expect(await send(file)).toMatchObject({ status: 201 });
    expect(logs.get(before + 1)).toEqual(own);
    const kept = await collection(api.register, recordingKind).get(sessionId(span.session));
    // Whoever it was is in the register of another clinic.
    expect(kept).toMatchObject({
      ok: true,
      value: { body: { patient: null, name: span.name, outcome: null } },
    });
  });

  test("are said to be there where their session is", async () => {
    expect(await send(file)).toMatchObject({ status: 409, said: { already: { session: span.session } } });
  });

  test("that were cut off are refused whole", async () => {
    const before = logs.size;
    expect(await send(file.subarray(0, file.length - 30))).toMatchObject({ status: 422 });
    expect(logs.size).toBe(before);
  });
});

describe("facts of a whole class", () => {
  const fileOf = (patients: readonly [string, string], wished: string): Uint8Array => {
    const id = classId(`class-${wished}`);
    const life = lived([
      { is: "wish", wish: { kind: "start-class", class: id, room: "Gym", heard: true } },
      ...patients.map((patient, i) => ({
        is: "wish" as const,
        wish: { ...seat(i + 1), session: sessionId(`${wished}-${String(i)}`), patient: patientId(patient) },
      })),
    ]);
    const from = life.lines[0]?.at ?? life.start.at;
    const to = life.lines.at(-1)?.at ?? from;
    return factsOf({
      recorded: { start: newState(site), lines: linesFrom(life.lines), holes: [], from, to },
      ...{ of: { kind: "class", class: id }, site, source: "recorded" },
      ...{ madeAt: wallTime(noon), clocks: { at: from, wall: wallTime(1e12) }, patient: null },
    });
  };
  const newPatient = async (givenName: string): Promise<string> => {
    const { body } = await api.ask("POST", "/api/patients", { body: { givenName, familyName: "M" } });
    return z.object({ id: z.string() }).parse(body).id;
  };

  test("are not put on one patient, whoever is chosen", async () => {
    const before = logs.size;
    const chosen = await newPatient("Maya");
    const file = fileOf(["somebody", "somebody-else"], "one");
    const [why] = (await answered(file, `&dry=1&patient=${chosen}`)).problems;
    expect(why?.reason).toContain("Choose no patient");
    expect(await send(file, `&patient=${chosen}`)).toMatchObject({ status: 422 });
    expect(logs.size).toBe(before);
  });

  test("go to those whom this register knows, in the record of the class too", async () => {
    const here = await newPatient("Lena");
    const { status, said } = await send(fileOf([here, "of-another-register"], "two"));
    expect(status).toBe(201);
    const record = await collection(api.register, classKind).get("class-two");
    expect(record).toMatchObject({
      value: { body: { sessions: [{ patient: here }, { patient: null }] } },
    });
    const recordings = collection(api.register, recordingKind);
    const kept = importAnswer.parse(said).sessions.map((one) => recordings.get(one.session));
    expect(await Promise.all(kept)).toMatchObject(
      [here, null].map((patient) => ({ value: { body: { patient } } })),
    );
  });
});

test("whoever may not take recordings out may bring none in", async () => {
  api.as(signedIn("Ann", "assistant"));
  expect(await send(table(), "&dry=1")).toMatchObject({ status: 403 });
  api.as(signedIn("Emily", "physiotherapist", "admin"));
});

test("what is no file, or too large a one, is refused before it is read", async () => {
  expect(await send("")).toMatchObject({ status: 400 });
  const asked = await fetch(`${api.url}/api/import/recording?file=x`, {
    method: "POST",
    body: "{}",
    headers: { "Content-Type": "application/json" },
  });
  expect(asked.status).toBe(415);
});
