/** What was noted at a patient, and what can be noted with a tap. */
import type { Visit } from "../class/visit.ts";
import { type Note, type NoteName, noteName } from "../session/note.ts";
import { between, type Millis, type Monotonic, seconds } from "../units.ts";
import type { CuffOnScreen, StationOnScreen } from "../wire.ts";
import { classWords } from "./class-words.ts";
import { age } from "./duration.ts";
import { words } from "./words.ts";

/** One thing that can be noted on one cuff, with what was noted last. */
export type NoteLine = Readonly<{
  name: NoteName;
  /** What was noted last, "8", "1–3 s", "yes"; null where nothing was. */
  value: string | null;
  /** When, "2 min ago"; "" where nothing was. */
  ago: string;
  /** "pain 8, 2 min ago"; null where there is nothing to say. */
  said: string | null;
  /** A symptom that is there and can be said to be gone. */
  present: boolean;
}>;

/** The scores of pain, and of exertion, that can be noted. */
export const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** What can be noted of the capillary refill: whoever taps "1–3 s" notes the longest of it, 5 stands for all that is longer. */
export const refillChoices = [3, 4, 5] as const;

/** How a capillary refill that was noted with a tap reads. */
export const refillText = (s: number): string =>
  s <= 3 ? words.refillNormal : s >= 5 ? words.refillLong : words.seconds(String(s));

/** What of a patient is noted with this cuff: dizziness is nobody's left or right, so it stands there once. */
export const notedWith = (station: StationOnScreen, cuff: CuffOnScreen): readonly NoteName[] =>
  station.cuffs[0]?.cuff === cuff.cuff
    ? ["pain", "refill", "numbness", "tingling", "colour", "dizziness"]
    : ["pain", "refill", "numbness", "tingling", "colour"];

/** "exertion 6, 2 min ago", of the whole patient; null where nothing was noted. */
export const exertionLine = (visit: Visit | null, now: Monotonic): string | null => {
  if (visit === null || visit.exertion === null) return null;
  return classWords.exertionSaid(visit.exertion.score, agoText(between(visit.exertion.at, now)));
};

const justNow = seconds(10);

/** What was last noted of `name` with `cuff`, at `now`. */
export const noteLine = (cuff: CuffOnScreen, name: NoteName, now: Monotonic): NoteLine => {
  const last = cuff.notes.find(({ note }) => noteName(note) === name);
  if (last === undefined) return { name, value: null, ago: "", said: null, present: false };
  const ago = agoText(between(last.at, now));
  const value = valueOf(last.note);
  return {
    name,
    value,
    ago,
    said: `${words.noteName[name]} ${value}, ${ago}`,
    present: last.note.kind === "symptom" && last.note.present,
  };
};

/** "2 min ago"; under some seconds nobody counts. */
export const agoText = (time: Millis): string => (time < justNow ? words.justNow : words.ago(age(time)));

const valueOf = (note: Note): string => {
  switch (note.kind) {
    case "pain":
      return String(note.score);
    case "refill":
      return refillText(note.seconds);
    case "symptom":
      return note.present ? words.noted : words.gone;
  }
};
