import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dictionaryCsv } from "../../../server/export/dictionary.ts";
import { eventsCsv } from "../../../server/export/events-csv.ts";
import { samplesCsv, type Told } from "../../../server/export/samples-csv.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import { each } from "../../../shared/recording/recorded.ts";
import { ownLines } from "../../../shared/recording/session-lines.ts";
import { type Span, spansOf } from "../../../shared/recording/span.ts";
import { qualityNames, traceOf } from "../../../shared/recording/trace.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import { session } from "../../support/class.ts";
import { csvTable } from "../../support/csv.ts";
import { type Event, lived, someClass } from "../../support/recorded-class.ts";

/** The parts of a class, each as it would be taken home. */
const partsOf = (events: readonly Event[]): readonly Told[] => {
  const { start, lines } = lived(events);
  const to = lines.at(-1)?.at ?? start.at;
  return spansOf(lines).map((span: Span) => ({
    span,
    recorded: { start, lines: linesFrom([...ownLines(span, start, lines)]), holes: [], from: span.from, to },
  }));
};
type Drawn = Readonly<{ ms: number; mmhg: string | undefined }>;
const table = (pieces: Iterable<string>): ReturnType<typeof csvTable> => csvTable([...pieces].join(""));
const factsOf = ({ recorded }: Told): readonly Fact[] => Array.from(each(recorded.lines), ({ fact }) => fact);

describe("the tables of a session", () => {
  test("hold every sample of its traces, at the same moment and of the same value", () => {
    fc.assert(
      fc.property(someClass, (events) => {
        for (const told of partsOf(events)) {
          const rows = table(samplesCsv(told));
          for (const cuff of new Set(told.span.worn.map((w) => w.cuff))) {
            const trace = traceOf(told.recorded, cuff);
            const drawn = Array.from({ length: trace.length }, (_, i) => ({
              ms: Math.round((trace.at[i] ?? NaN) - told.span.from),
              mmhg: Number.isNaN(trace.mmHg[i]) ? "" : String(Math.round((trace.mmHg[i] ?? 0) * 10) / 10),
              quality: qualityNames[trace.quality[i] ?? 0],
            })).filter(({ ms }) => ms >= 0 && ms <= told.recorded.to - told.span.from);
            const written = rows
              .filter((row) => row.cuff === cuff)
              .map((row) => ({ ms: Number(row.time_ms), mmhg: row.pressure_mmhg, quality: row.quality }));
            const inOrder = (a: Drawn, b: Drawn): number => a.ms - b.ms || Number(a.mmhg) - Number(b.mmhg);
            expect(written.toSorted(inOrder)).toEqual(drawn.toSorted(inOrder));
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test("hold a row for every alarm, answer, note, set and inflation", () => {
    fc.assert(
      fc.property(someClass, (events) => {
        for (const told of partsOf(events)) {
          const rows = table(eventsCsv(told));
          for (const kind of [
            "alarm-raised",
            "alarm-acknowledged",
            "noted",
            "set-begun",
            "inflated",
            "remarked",
          ]) {
            const facts = factsOf(told).filter((fact) => fact.kind === kind && fact.at >= told.span.from);
            expect(rows.filter((row) => row.event === kind)).toHaveLength(facts.length);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test("are explained column by column", () => {
    const told = partsOf([...fc.sample(someClass, { numRuns: 1, seed: 5 }).flat()])[0];
    if (told === undefined) throw new Error("nobody was seated");
    const heads = [samplesCsv(told), eventsCsv(told)].map((pieces) =>
      [...pieces].join("").split("\r\n")[0]?.split(","),
    );
    const rows = csvTable(dictionaryCsv());
    expect(rows.map((row) => row.column)).toEqual(heads.flat());
    for (const { column, meaning } of rows) expect(meaning, column).not.toBe("");
    // A unit that is told in the name is the unit of the column.
    for (const { column = "", unit } of rows) if (column.endsWith("_mmhg")) expect(unit).toBe("mmHg");
  });

  test("begin with no byte order mark, and no remark in them is a formula", () => {
    const remark: Event = {
      is: "wish",
      wish: { kind: "remark", session: session(1), text: '=HYPERLINK("x")' },
    };
    const [told] = partsOf([...fc.sample(someClass, { numRuns: 1, seed: 5 }).flat().slice(0, 3), remark]);
    if (told === undefined) throw new Error("nobody was seated");
    const text = [...eventsCsv(told)].join("");
    expect(text.startsWith("time_ms,")).toBe(true);
    expect(csvTable(text).find((row) => row.event === "remarked")?.text).toBe('\'=HYPERLINK("x")');
  });
});
