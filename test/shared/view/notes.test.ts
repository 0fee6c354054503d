import { expect, test } from "vitest";
import { cuffId } from "../../../shared/ids.ts";
import type { Note } from "../../../shared/session/note.ts";
import { noteLine, notedWith, refillText } from "../../../shared/view/notes.ts";
import { cuffUp, now, secondsAgo, station } from "../../support/on-screen.ts";

const noted = (note: Note, ago: number) => cuffUp(100, { notes: [{ note, at: secondsAgo(ago) }] });

test.each([
  [{ kind: "pain", score: 8 }, 125, "pain 8, 2 min ago"],
  [{ kind: "pain", score: 0 }, 45, "pain 0, 45 s ago"],
  [{ kind: "refill", seconds: 3 }, 300, "refill 1–3 s, 5 min ago"],
  [{ kind: "refill", seconds: 4 }, 3, "refill 4 s, just now"],
  [{ kind: "symptom", symptom: "dizziness", present: true }, 12, "dizziness yes, 12 s ago"],
  [{ kind: "symptom", symptom: "numbness", present: false }, 12, "numbness gone, 12 s ago"],
] as const)("%j of %i s ago reads %s", (note, ago, said) => {
  const name = note.kind === "symptom" ? note.symptom : note.kind;
  expect(noteLine(noted(note, ago), name, now)).toMatchObject({
    said,
    present: note.kind === "symptom" && note.present,
  });
});

test("what was never noted is not said", () => {
  expect(noteLine(cuffUp(100), "pain", now)).toEqual({
    name: "pain",
    value: null,
    ago: "",
    said: null,
    present: false,
  });
});

test("a refill that is still well is noted as its longest, so that no stricter clinic misses it", () => {
  expect([3, 4, 5].map(refillText)).toEqual(["1–3 s", "4 s", "5 s+"]);
});

test("of two cuffs dizziness is noted with one", () => {
  const second = cuffUp(100, { cuff: cuffId("cuff-02") });
  const both = station("1", cuffUp(100), second);
  expect(notedWith(both, cuffUp(100))).toContain("dizziness");
  expect(notedWith(both, second)).toEqual(["pain", "refill", "numbness", "tingling", "colour"]);
});
