/** A session as an EDF+ file, read back by a reader that follows the specification alone, and by one that others have written. */
import { EDF } from "edfjs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { edfFile, missingMmhg } from "../../../../server/export/edf/file.ts";
import { type Edf, readEdf } from "../../../support/edf-reader.ts";
import { type Lived, type Second, type Sent, sessionOf, someSeconds } from "../../../support/exported.ts";

const steady = (count: number, from = 1500): readonly Second[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ values: Array.from({ length: 10 }, (__, k) => from + ((i + k) % 7)), fate: "heard" as const },
    ...{ reboots: false, delay: 10 },
  }));
const without = (seconds: readonly Second[], from: number, to: number): readonly Second[] =>
  seconds.map((s, i) => (i >= from && i < to ? { ...s, fate: "lost" } : s));
const read = ({ exported }: Lived): Edf => readEdf(edfFile(exported));
const textsOf = (edf: Edf): readonly string[] => edf.annotations.flatMap((a) => a.texts);

test("the header tells a code and no name, and the clinic's local time", () => {
  const edf = read(sessionOf([steady(5)]));
  expect(edf).toMatchObject({
    version: "0",
    patient: "K-17_b X X X",
    recording: "Startdate 03-MAR-2026 session-1 X Cuffwatch",
    // At noon in UTC a clinic that is an hour ahead has one o'clock; the session begins a second later.
    ...{ startDate: "03.03.26", startTime: "13.00.01", recordS: "1" },
  });
  expect(edf.signalsRead[0]).toMatchObject({
    ...{ label: "cuff-1", dimension: "mmHg", physicalMin: "-100", physicalMax: "600", samples: "10" },
    transducer: "Cuff pressure, not blood pressure; left thigh; BFR 3",
  });
  const bytes = new TextDecoder("latin1").decode(edfFile(sessionOf([steady(5)]).exported));
  expect(bytes).not.toMatch(/Jessica|R.ssler|1990/);
});

test("a patient without a number has a code that says nothing and stays the same", () => {
  const of = (id: string): string => {
    const { exported } = sessionOf([steady(1)]);
    const { patient } = exported;
    if (patient === null) throw new Error("The session is somebody's.");
    return readEdf(edfFile({ ...exported, patient: { id, body: { ...patient.body, number: "" } } })).patient;
  };
  expect(of("a")).toMatch(/^[0-9a-f]{12} X X X$/);
  expect(of("a")).toBe(of("a"));
  expect(of("a")).not.toBe(of("b"));
});

test("a gap has no records, and every record tells when it begins", () => {
  const edf = read(sessionOf([without(steady(30), 10, 20)]));
  expect(edf.reserved).toBe("EDF+D");
  const apart = edf.onsets.slice(1).map((onset, i) => onset - (edf.onsets[i] ?? 0));
  expect(apart.filter((s) => s !== 1)).toEqual([11]);
  expect(edf.signalsRead[0]?.values.filter((v) => v.value === missingMmhg).length).toBeLessThan(40);
});

test("where one cuff is silent and another speaks, its missing values are said to be missing", () => {
  const edf = read(sessionOf([steady(30), without(steady(30), 10, 20)]));
  const silent = edf.signalsRead[1]?.values.filter((v) => v.at >= 16 && v.at < 23) ?? [];
  expect(silent).toHaveLength(70);
  expect(silent.every((v) => v.value === missingMmhg)).toBe(true);
});

test("inflations, sets, alarms, answers, notes and remarks stand as annotations, each when it was", () => {
  const edf = read(sessionOf([steady(40)]));
  const of = (text: RegExp) => edf.annotations.find((a) => a.texts.some((t) => text.test(t)));
  expect(of(/^Set 1, Leg press/)).toMatchObject({ onset: 3 });
  expect(of(/^Inflation cuff-1, target 150 mmHg/)?.duration).toBeGreaterThan(30);
  expect(textsOf(edf)).toContain("Note cuff-1, pain 4 of 10: Aidan R.");
  expect(textsOf(edf)).toContain("Remark: Knee träge, =1+1 (Aidan R.)");
  expect(textsOf(edf).some((t) => t.startsWith("Alarm "))).toBe(true);
  expect(textsOf(edf).some((t) => t.startsWith("Answered ") && t.endsWith(": Aidan R."))).toBe(true);
});

test("a recording without a reading holds what happened", () => {
  const edf = read(sessionOf([[]]));
  expect(edf.signalsRead.map((s) => s.label)).toEqual(["EDF Annotations"]);
  expect(textsOf(edf)).toContain("Exertion 6 of 10: Aidan R.");
});

/** The values of a cuff that were sent by power-ups that were heard live, each power-up's in order. */
const sentBy = ({ sent }: Lived, cuff: string): readonly number[] => {
  const ofCuff = sent.filter((s) => s.cuff === cuff);
  const live = new Set(ofCuff.filter((s) => !s.later).map((s: Sent) => s.message.boot));
  return ofCuff
    .filter((s) => live.has(s.message.boot))
    .flatMap((s) => s.message.p.flatMap((t) => (t === null ? [] : [t / 10])));
};

test("read back, the values are the samples to half a unit, whatever was lost, came twice, later or after a power-up", () => {
  fc.assert(
    fc.property(someSeconds, (seconds) => {
      const lived = sessionOf(seconds);
      const edf = read(lived);
      for (const cuff of ["cuff-1", "cuff-2"]) {
        const values = edf.signalsRead
          .filter((s) => s.label.startsWith(cuff))
          .flatMap((s) => s.values.map((v) => v.value))
          .filter((v) => v !== missingMmhg);
        const were = sentBy(lived, cuff);
        expect(values).toHaveLength(were.length);
        values.forEach((v, i) => {
          expect(Math.abs(v - (were[i] ?? NaN))).toBeLessThanOrEqual(0.05);
        });
      }
    }),
    { numRuns: 40, seed: 20260303 },
  );
});

test("values of different rates keep their seconds", () => {
  const slow = steady(20).map((s) => ({ ...s, values: s.values.slice(0, 4) }));
  const edf = read(sessionOf([steady(20), slow]));
  expect(edf.signalsRead.map((s) => s.samples).slice(0, 2)).toEqual(["10", "4"]);
  for (const { values, label } of edf.signalsRead.slice(0, 2)) {
    const first = values.find((v) => v.value !== missingMmhg);
    // The file begins with the session, a second after the floor; the cuffs 4 s later.
    expect(first?.at, label).toBeGreaterThanOrEqual(3.9);
    expect(first?.at, label).toBeLessThanOrEqual(4.5);
  }
});

test("edfjs reads the same, but for gaps, which it does not know", async () => {
  const bytes = edfFile(sessionOf([steady(20)]).exported);
  expect(readEdf(bytes).reserved).toBe("EDF+D");
  // It takes no discontinuous files; everything else of them is alike.
  bytes.set(new TextEncoder().encode("EDF+C"), 192);
  const edf = new EDF();
  edf.read_buffer(Uint8Array.from(bytes).buffer);
  expect(edf.startdatetime.toISOString()).toBe("2026-03-03T13:00:01.000Z");
  const { "cuff-1": values } = await edf.get_physical_samples();
  const read = [...(values ?? [])].filter((v) => Math.abs(v - missingMmhg) > 0.05);
  expect(read).toHaveLength(200);
  read.forEach((v, i) => {
    expect(Math.abs(v - (1500 + ((Math.floor(i / 10) + (i % 10)) % 7)) / 10)).toBeLessThanOrEqual(0.05);
  });
  const labels = edf.annotations.flatMap((a) => a.label);
  expect(labels).toContain("Note cuff-1, pain 4 of 10: Aidan R.");
  expect(edf.annotations.find((a) => a.label[0]?.startsWith("Set 1"))).toMatchObject({ onset: 3 });
});
