/** A recording that is brought in as a table, taken home as facts and brought in elsewhere: through the real store and its threads. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFacts } from "../../../server/export/facts-in.ts";
import { createLog } from "../../../server/log.ts";
import { exportable } from "../../../server/export/found.ts";
import { exportRoutes } from "../../../server/export/routes.ts";
import { importRecordingRoutes } from "../../../server/import/routes.ts";
import { openClinic } from "../../../server/records/clinic.ts";
import { recordingArchive } from "../../../server/recordings/archive.ts";
import { createFinder } from "../../../server/recordings/find.ts";
import { importAnswer } from "../../../shared/clinic/import-api.ts";
import { siteId } from "../../../shared/ids.ts";
import type { Line } from "../../../shared/recording/line.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { type Api, startApi } from "../../support/api.ts";
import { csvTable } from "../../support/csv.ts";

const noon = 1_790_000_000_000;
const clinicOf = (site: string): Promise<Api> =>
  startApi((register, store) => {
    const clinic = openClinic({ register, wall: () => wallTime(noon), isInUse: () => false });
    const closer = { unkept: () => [], unkeptClasses: () => [] };
    const archive = recordingArchive(store.archive);
    const find = createFinder({ ...{ clinic, archive, closer }, now: () => monotonic(0), wall: clinic.wall });
    const about = { clinic, site: siteId(site) };
    return [
      ...exportRoutes({ ...about, ...exportable(find, store.archive) }),
      ...importRecordingRoutes({
        ...about,
        logs: store,
        closer,
        erased: () => ({ ok: true, value: [] }),
        log: createLog("silent"),
      }),
    ];
  });

let here: Api;
let elsewhere: Api;
beforeAll(async () => {
  here = await clinicOf("main");
  elsewhere = await clinicOf("other");
});
afterAll(async () => {
  await here.end();
  await elsewhere.end();
});

const bring = async (api: Api, bytes: BodyInit, file: string): Promise<string> => {
  const response = await fetch(
    `${api.url}/api/import/recording?file=${file}&lopMmhg=250&pctLop=60&startedAt=1780000000000`,
    {
      ...{ method: "POST", body: bytes, headers: { "Content-Type": "application/octet-stream" } },
    },
  );
  expect(response.status).toBe(201);
  return importAnswer.parse(await response.json()).sessions[0]?.session ?? "";
};
const taken = async (api: Api, session: string, format: string): Promise<Uint8Array<ArrayBuffer>> => {
  const response = await fetch(`${api.url}/api/recordings/${session}/export/${format}`);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
};
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const facts = (bytes: Uint8Array): readonly Line[] => {
  const read = readFacts(bytes);
  return read.ok ? read.value.lines : [];
};

test("every sample and every fact is what it was", async () => {
  const pressures = Array.from({ length: 1200 }, (_, i) => (i < 50 || i > 1100 ? 0.5 : 150 + (i % 7) / 10));
  const table = `time_ms,pressure_mmhg\n${pressures.map((p, i) => `${100 * i},${p}`).join("\n")}\n`;
  const session = await bring(here, table, "pump.csv");

  const rows = csvTable(text(await taken(here, session, "csv")));
  expect(rows.map((row) => [Number(row.time_ms), Number(row.pressure_mmhg)])).toEqual(
    pressures.map((p, i) => [100 * i, Math.round(p * 10) / 10]),
  );
  expect(new Set(rows.map((row) => row.target_mmhg))).toEqual(new Set(["150"]));
  const events = csvTable(text(await taken(here, session, "events.csv"))).map((row) => row.event);
  expect(events).toEqual(expect.arrayContaining(["patient-seated", "inflated", "deflated", "finished"]));

  const first = await taken(here, session, "ndjson");
  expect(await bring(elsewhere, first, "facts.ndjson")).toBe(session);
  const second = await taken(elsewhere, session, "ndjson");
  expect(facts(first).length).toBeGreaterThan(1200);
  expect(facts(second)).toEqual(facts(first));
});
