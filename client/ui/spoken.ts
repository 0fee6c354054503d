/** Which line is said aloud after a burst, and when it is cut short. voice.ts has the voice that says it. */
import { byUrgency, type Occurrence } from "../../shared/alarm/occurrence.ts";
import { type Millis, millis } from "../../shared/units.ts";
import { spokenAlarm } from "../../shared/view/words.ts";
import type { Voice } from "./voice.ts";

/** What was said of the alarms that still sound, and which of them the voice was last given; both by key. */
export type Spoken = Readonly<{ said: ReadonlySet<string>; saying: string | null }>;
export const nothingSaid: Spoken = { said: new Set(), saying: null };

/** What is heard now: the alarms that sound, whose burst it is (a priority, or another reason), how long it stays quiet after it. */
export type Heard = Readonly<{ sounding: readonly Occurrence[]; burst: string; quietFor: Millis }>;

/** A line takes about this long; it is not begun where the next burst would cut it. */
const lineTakes = millis(1800);

/**
 * One line after a burst, for the most urgent alarm of its priority that has not had one. An alarm that stops sounding
 * and sounds again, or rises, is said again. A line is cut when its alarm is answered, and by the next burst.
 */
export const nextLine = (
  { said: before, saying }: Spoken,
  { sounding, burst, quietFor }: Heard,
): Readonly<{ spoken: Spoken; say: Occurrence | null; cut: boolean }> => {
  const keys = new Set(sounding.map(keyOf));
  const said = new Set([...before].filter((key) => keys.has(key)));
  const cut = saying !== null && (!keys.has(saying) || quietFor <= 0);
  if (cut || saying !== null || quietFor < lineTakes)
    return { spoken: { said, saying: cut ? null : saying }, say: null, cut };
  const say = sounding.filter((o) => o.priority === burst && !said.has(keyOf(o))).sort(byUrgency)[0] ?? null;
  if (say === null) return { spoken: { said, saying }, say, cut };
  return { spoken: { said: said.add(keyOf(say)), saying: keyOf(say) }, say, cut };
};

/** One that has risen is said anew. */
const keyOf = (o: Occurrence): string => `${o.priority} ${o.id}`;

export class SpokenLines {
  readonly #voice: Voice;
  #spoken = nothingSaid;

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  /** To be called several times a second. */
  look(heard: Heard): void {
    const { spoken, say, cut } = nextLine(this.#spoken, heard);
    this.#spoken = spoken;
    if (cut) this.#voice.hush();
    if (say !== null) this.#voice.say(spokenAlarm(say));
  }
}
