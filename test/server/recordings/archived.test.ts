/** A session from its first sample to its record, through the real store and the archive's thread. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { oneRecordingSchema } from "../../../shared/clinic/recording-api.ts";
import { openRecording, type Recording } from "../../../shared/recording/container.ts";
import { recordingArchive } from "../../../server/recordings/archive.ts";
import { type Api, startApi } from "../../support/api.ts";
import { check, finish, seat, session, start } from "../../support/class.ts";
import { RecordedClass } from "../../support/closed-class.ts";
import { heard } from "../../support/floor.ts";

let api: Api;
let floor: RecordedClass;
beforeAll(async () => {
  api = await startApi((register, store) => {
    floor = new RecordedClass(register, store, recordingArchive(store.archive));
    return floor.routes;
  });
});
afterAll(async () => {
  floor.closer.stop();
  await api.end();
});

const facts = async (address: string): Promise<Recording> => {
  const answer = await fetch(`${api.url}${address}`);
  const opened = openRecording(new Uint8Array(await answer.arrayBuffer()));
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
};
const kinds = ({ lines }: Recording): readonly string[] =>
  Array.from({ length: lines.length }, (_, i) => lines.line(i).fact.kind);

test("is followed, and has its figures once it is over", async () => {
  floor.tell(1, start, seat(1), check(1), { kind: "begin-set", session: session(1) });
  for (const input of heard({ from: 2, to: 62, p: 150, set: 1 })) floor.take(input);
  floor.second = 62;
  await floor.stored();
  const under = await facts("/api/recordings/session-1/facts");
  expect(under.head).toMatchObject({
    ...{ of: { kind: "session", session: "session-1" }, running: true, log: 0, from: 1000, to: 62_000 },
  });
  expect(kinds(under)).toContain("inflated");
  const down = heard({ from: 62, to: 70, p: 2, phase: "idle", tgt: 0 });
  for (const input of down) floor.take(input);
  floor.second = 70;
  await floor.stored();
  const more = await facts(`/api/recordings/session-1/facts?after=${under.head.lastId}`);
  expect(more.head.start).toBeNull();
  expect(kinds(more).filter((kind) => kind === "samples")).toHaveLength(down.length);
  expect(kinds(more)).toContain("deflated");

  floor.tell(71, { kind: "end-set", session: session(1), repetitions: 30 }, finish(1), { kind: "end-class" });
  await floor.closer.kept();
  const { running, entry } = oneRecordingSchema.parse(
    (await api.ask("GET", "/api/recordings/session-1")).body,
  );
  expect(running).toBe(false);
  expect(entry).toMatchObject({ version: 1, body: { outcome: "completed" } });
  const [limb] = entry.body.figures.limbs;
  expect(limb).toMatchObject({ limb: "thigh", side: "left", inflations: 1, samples: 300 + down.length });
  expect(limb?.restrictedMs).toBeGreaterThan(58_000);
  expect(limb?.restrictedMs).toBeLessThan(63_000);
  expect(entry.body.figures.exercises[0]).toMatchObject({ name: "Leg press", setsDone: 1, repetitions: 30 });
  const whole = await facts("/api/recordings/session-1/facts");
  expect(whole.head).toMatchObject({ running: false, to: 71_000 });
  expect(kinds(whole)).toContain("finished");
  expect(kinds(await facts("/api/classes/class-1/facts"))).toContain("class-ended");
});
