/** The figures as tiles: a number, and a sentence that says what it is. */
import type { Figures, Source } from "../../shared/alarm/figures.ts";
import type { Millis, WallTime } from "../../shared/units.ts";
import { lasting } from "../../shared/view/duration.ts";
import { whoText } from "../../shared/view/log-line.ts";
import { logWords as words, priorityWord } from "../../shared/view/log-words.ts";
import { conditionName } from "../../shared/view/words.ts";
import { momentOf } from "./when.ts";

export type Tile = Readonly<{ name: string; title: string; value: string; what: string }>;

/** Every figure that is one number; `now` is the server's wall clock. */
export const tilesOf = (figures: Figures, now: WallTime): readonly Tile[] => [
  rate(figures),
  flood(figures),
  unattended(figures, now),
  response(figures),
  chattering(figures, now),
  most(figures),
];

const nameOf = (source: Source): string => `${conditionName[source.condition]}, ${whoText(source)}`;
const oneDigit = (n: number): string =>
  n >= 100 ? String(Math.round(n)) : (Math.round(n * 10) / 10).toFixed(1);
const time = (ms: Millis | null): string => (ms === null ? words.nothing : lasting(ms));

const rate = (figures: Figures): Tile => {
  const { raised, per10MinInUse, per10Min, inUse, lasts } = figures;
  const shown = per10MinInUse ?? per10Min;
  const alarms = words.alarms(raised.all);
  return {
    ...{ name: "rate", title: words.rate, value: oneDigit(shown.all) },
    what:
      per10MinInUse === null
        ? words.rateOfRange(alarms, lasting(lasts), oneDigit(shown.besidesCountdowns))
        : words.rateInUse(alarms, lasting(inUse), oneDigit(shown.besidesCountdowns)),
  };
};

const flood = (figures: Figures): Tile => {
  const { lasted, share, stretches } = figures.flood;
  const percent = share * 100;
  const value = percent > 0 && percent < 1 ? "< 1 %" : `${Math.round(percent)} %`;
  return {
    ...{ name: "flood", title: words.flood, value },
    what: words.floodWhat(
      lasting(lasted),
      stretches.length,
      figures.inUse > 0 ? lasting(figures.inUse) : null,
    ),
  };
};

const unattended = (figures: Figures, now: WallTime): Tile => {
  const longest = figures.longestUnattended;
  return {
    ...{ name: "unattended", title: words.unattended, value: time(longest?.lasted ?? null) },
    what:
      longest === null
        ? words.unattendedNone
        : words.unattendedWhat(nameOf(longest), momentOf(longest.from, now), longest.open),
  };
};

const within = (ms: Millis | null): string | null => (ms === null ? null : lasting(ms));

const response = (figures: Figures): Tile => {
  const { high, medium } = figures.response;
  const value = [
    ...(high.median === null ? [] : [`${priorityWord.high} ${lasting(high.median)}`]),
    ...(medium.median === null ? [] : [`${priorityWord.medium} ${lasting(medium.median)}`]),
  ];
  return {
    ...{ name: "response", title: words.response, value: value.join("\n") || words.nothing },
    what: words.responseWhat(within(high.p90), within(medium.p90)),
  };
};

const chattering = (figures: Figures, now: WallTime): Tile => {
  const [worst] = figures.chattering;
  return {
    ...{ name: "chattering", title: words.chatter, value: String(figures.chattering.length) },
    what:
      worst === undefined
        ? words.chatterNone
        : words.chatterWhat(nameOf(worst), worst.raised, momentOf(worst.from, now)),
  };
};

const most = (figures: Figures): Tile => {
  const [first] = figures.perPatient;
  return {
    ...{
      name: "patient",
      title: words.most,
      value: first === undefined ? words.nothing : String(first.all),
    },
    what: first === undefined ? words.mostNone : words.mostWhat(first.patient, figures.perPatient.length),
  };
};
