/** Tables of a session whose beginning cannot be read any more: never an empty file. */
import { expect, test } from "vitest";
import type { Exported } from "../../../server/export/exported.ts";
import { eventsOf, samplesOf } from "../../../server/export/taken-home.ts";
import { newState } from "../../../shared/engine.ts";
import { siteId } from "../../../shared/ids.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import { each } from "../../../shared/recording/recorded.ts";
import { spansOf } from "../../../shared/recording/span.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { seat, session, start } from "../../support/class.ts";
import { lived } from "../../support/recorded-class.ts";

const life = lived([
  { is: "wish", wish: start },
  { is: "wish", wish: seat(1) },
]);
const [span] = spansOf(life.lines);
if (span === undefined) throw new Error("nobody was seated");
const rest = linesFrom(life.lines.filter(({ fact }) => fact.kind !== "patient-seated"));
const damaged: Exported = {
  ...{ session: session(1), site: siteId("main"), clinic: "", patient: null, cuffs: [], lops: {} },
  ...{ followUps: [], figures: null, source: "recorded", aheadOfUtcMin: 0, madeAt: wallTime(1e12) },
  clocks: { at: monotonic(0), wall: wallTime(1e12) },
  recorded: { start: newState(siteId("main")), lines: rest, holes: [], from: span.from, to: span.from },
};
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test("what the record says of a session stands in for what its lines do not", () => {
  expect([...spansOf(each(rest))]).toEqual([]);
  expect(text(samplesOf({ ...damaged, span }))).toContain("time_ms");
  expect(text(eventsOf({ ...damaged, span }))).toContain("time_ms");
});

test("without either nothing is written at all", () => {
  expect(() => samplesOf(damaged)).toThrow("whose part");
});
