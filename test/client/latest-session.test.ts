/** Where a summary begins that nobody chose. */
import { expect, test } from "vitest";
import { isEmpty, latestSession } from "../../client/summary/latest.ts";
import type { RecordingEntry } from "../../client/sessions/api.ts";
import { createSumming } from "../../shared/clinic/summary.ts";
import { recordingRecord } from "../support/recording-record.ts";

type Source = RecordingEntry["body"]["source"];
const entry = (startedAt: number, source: Source = "recorded"): RecordingEntry => ({
  ...{ id: `r${startedAt}`, version: 1, at: 0, by: "", body: recordingRecord({ startedAt, source }) },
});
/** The pages one after the other, each named by its place. */
const reading =
  (...pages: readonly (readonly RecordingEntry[])[]) =>
  (cursor: string | null) => {
    const n = cursor === null ? 0 : Number(cursor);
    const next = n + 1 < pages.length ? String(n + 1) : null;
    return Promise.resolve({ ok: true as const, value: { entries: pages[n] ?? [], next }, version: null });
  };

test("it is the newest that a summary counts, however many files were brought here since", async () => {
  expect(await latestSession(reading([entry(90), entry(80)]))).toBe(90);
  const imported = [entry(99, "imported"), entry(98, "imported")];
  expect(
    await latestSession(reading(imported, imported, [entry(97, "imported"), entry(60, "demonstration")])),
  ).toBe(60);
});

test("it is none where there is none, or none can be read", async () => {
  expect(await latestSession(reading([]))).toBeNull();
  expect(await latestSession(reading([entry(99, "imported")]))).toBeNull();
  const refused = { ok: false, status: 0, detail: "", errors: [], retryAfterS: null } as const;
  expect(await latestSession(() => Promise.resolve(refused))).toBeNull();
});

test("a time with an adverse event and no session is not empty", () => {
  const nothing = createSumming().clinic();
  expect(isEmpty({ clinic: nothing })).toBe(true);
  expect(isEmpty({ clinic: { ...nothing, adverseEvents: { mild: 1, moderate: 0, serious: 0 } } })).toBe(
    false,
  );
  expect(isEmpty({ clinic: { ...nothing, sessions: 1 } })).toBe(false);
});
