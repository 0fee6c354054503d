/** A voice of this machine that reads a line aloud. What it reads, and when, is decided in spoken.ts. */

export type Voice = Readonly<{ say: (line: string) => void; hush: () => void }>;

/** What is needed of a browser that can speak: `V` are its voices, `L` a line that one of them reads. */
export type Synthesis<V, L> = Readonly<{
  voices: () => readonly V[];
  line: (text: string, voice: V) => L;
  speak: (line: L) => void;
  cancel: () => void;
}>;

/**
 * Speaks with a voice of this language that is on this machine. What happens in the clinic goes to nobody outside: without such a voice
 * nothing is said.
 */
export const localVoice = <V extends Readonly<{ lang: string; localService: boolean }>, L>(
  synthesis: Synthesis<V, L>,
  language: string,
): Voice => {
  /** A browser may drop a line that nothing holds, and with it the rest of what it says. */
  let held: L | null = null;
  return {
    say: (text) => {
      // Asked each time: browsers load their voices late.
      const voice = synthesis
        .voices()
        .find((v) => v.localService && v.lang.toLowerCase().split(/[-_]/)[0] === language);
      if (voice === undefined) return;
      held = synthesis.line(text, voice);
      synthesis.speak(held);
    },
    hush: () => {
      if (held !== null) synthesis.cancel();
      held = null;
    },
  };
};

/** The voice of this browser; null where it cannot speak. */
export const browserVoice = (language: string): Voice | null => {
  if (!("speechSynthesis" in window)) return null;
  const { speechSynthesis } = window;
  return localVoice(
    {
      voices: () => speechSynthesis.getVoices(),
      line: (text, voice) => {
        const line = new SpeechSynthesisUtterance(text);
        line.voice = voice;
        line.lang = voice.lang;
        return line;
      },
      speak: (line) => speechSynthesis.speak(line),
      cancel: () => speechSynthesis.cancel(),
    },
    language,
  );
};

const key = "cuffwatch.voice";

/** Whether this screen is to speak: as its address says, `?voice=on` or `off`, and from then on as it last said. */
export const speaksHere = (search: string, kept: Pick<Storage, "getItem" | "setItem">): boolean => {
  const said = new URLSearchParams(search).get("voice");
  if (said === "on" || said === "off") kept.setItem(key, said);
  return kept.getItem(key) === "on";
};
