import { describe, expect, test } from "vitest";
import { type Heard, nextLine, nothingSaid, SpokenLines } from "../../client/ui/spoken.ts";
import { localVoice, speaksHere } from "../../client/ui/voice.ts";
import { alarmId, stationId } from "../../shared/ids.ts";
import { millis } from "../../shared/units.ts";
import { spokenAlarm } from "../../shared/view/words.ts";
import { occurrence, secondsAgo } from "../support/on-screen.ts";

const overrun = occurrence({ id: alarmId("a"), priority: "high", raisedAt: secondsAgo(20) });
const occluded = occurrence({
  id: alarmId("b"),
  priority: "high",
  condition: "full-occlusion",
  station: stationId("5"),
});
const silent = occurrence({ id: alarmId("c"), condition: "silent", station: stationId("7") });

/** The middle of a burst, and the beginning of the pause after it. */
const burst = (...sounding: Heard["sounding"]): Heard => ({ sounding, burst: "high", quietFor: millis(0) });
const pause = (...sounding: Heard["sounding"]): Heard => ({
  sounding,
  burst: "high",
  quietFor: millis(2300),
});

/** What is said and cut, one after the other. */
const heard = (...moments: readonly Heard[]): string[] => {
  const told: string[] = [];
  const lines = new SpokenLines({ say: (line) => told.push(line), hush: () => told.push("cut") });
  for (const moment of moments) lines.look(moment);
  return told;
};

describe("what is said after a burst", () => {
  test("station and condition, once it is quiet, and not again while the alarm goes on sounding", () => {
    expect(heard(burst(overrun), pause(overrun), pause(overrun), pause(overrun))).toEqual([
      "Station 1. Release.",
    ]);
    expect(heard(burst(overrun), pause(overrun), burst(overrun), pause(overrun))).toEqual([
      "Station 1. Release.",
      "cut",
    ]);
  });

  test("one line in each pause: the most urgent first, then the next", () => {
    const all = [occluded, overrun];
    expect(heard(pause(...all), pause(...all), burst(...all), pause(...all), burst(...all))).toEqual([
      "Station 1. Release.",
      "cut",
      "Station 5. Full occlusion.",
      "cut",
    ]);
  });

  test("only about the priority whose burst it was, and nothing after the alarm about the link", () => {
    expect(heard(pause(silent))).toEqual([]);
    expect(heard({ ...pause(silent), burst: "medium" })).toEqual(["Station 7. No signal."]);
    expect(heard({ ...pause(overrun, silent), burst: "link" })).toEqual([]);
  });

  test("nothing where the next burst would cut it", () => {
    expect(heard({ ...pause(overrun), quietFor: millis(1500) })).toEqual([]);
  });

  test("a line is cut when its alarm is answered, and said again when it sounds again", () => {
    expect(heard(pause(overrun), pause(), burst(overrun), pause(overrun))).toEqual([
      "Station 1. Release.",
      "cut",
      "Station 1. Release.",
    ]);
  });

  test("and it is said again when it has risen", () => {
    const medium = { ...overrun, priority: "medium" as const };
    expect(heard({ ...pause(medium), burst: "medium" }, burst(overrun), pause(overrun))).toEqual([
      "Station 1. Release.",
      "cut",
      "Station 1. Release.",
    ]);
  });

  test("what has stopped sounding is forgotten", () => {
    const { spoken } = nextLine(nothingSaid, pause(overrun));
    expect(spoken.said.size).toBe(1);
    expect(nextLine(spoken, pause()).spoken).toEqual(nothingSaid);
  });

  test.each([
    [{ station: null, cuff: "pump-2", condition: "inflated-unassigned" }, "On no patient."],
    [{ station: null, cuff: "pump-2", condition: "silent" }, "On no patient. No signal."],
    [{ station: null, cuff: null, condition: "not-recording" }, "Not recording."],
  ] as const)("a cuff on no patient, and the room, are said by what they are: %o", (alarm, said) => {
    expect(spokenAlarm(alarm)).toBe(said);
  });
});

describe("the voice", () => {
  /** A browser with these voices that writes down what it does. */
  const browser = (...voices: readonly Readonly<{ lang: string; localService: boolean }>[]) => {
    const did: string[] = [];
    return {
      did,
      voices,
      synthesis: {
        voices: () => voices,
        line: (text: string, voice: Readonly<{ lang: string }>) => `${voice.lang}: ${text}`,
        speak: (line: string) => did.push(line),
        cancel: () => did.push("cancel"),
      },
    };
  };
  const here = (lang: string) => ({ lang, localService: true });
  const network = (lang: string) => ({ lang, localService: false });

  test.each([
    ["one of this machine", [network("en-US"), here("de-DE"), here("en-GB")], ["en-GB: Hello."]],
    ["as Android writes it", [here("en_US")], ["en_US: Hello."]],
    ["never one from the network", [network("en-US")], []],
    ["none of another language", [here("de-DE"), here("enm-GB")], []],
    ["none at all", [], []],
  ])("speaks with %s", (_, voices, did) => {
    const b = browser(...voices);
    const voice = localVoice(b.synthesis, "en");
    voice.say("Hello.");
    expect(b.did).toEqual(did);
  });

  test("is cut only where it speaks", () => {
    const b = browser(here("en"));
    const voice = localVoice(b.synthesis, "en");
    voice.hush();
    voice.say("Hello.");
    voice.hush();
    voice.hush();
    expect(b.did).toEqual(["en: Hello.", "cancel"]);
  });

  test("is off unless the address has once said that it is on, and until it says that it is off", () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const at = (search: string): boolean => speaksHere(search, storage);
    expect(["", "?voice=loud", "?voice=on", "", "?diagonal=55", "?voice=off", ""].map(at)).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
