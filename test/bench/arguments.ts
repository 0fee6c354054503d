/** The command line of the benches. */
import { mostCuffs } from "./plan.ts";

export const benches = ["wall-latency", "engine", "storage", "alarms", "replay"] as const;
export type BenchName = (typeof benches)[number];

export type Options = Readonly<{
  cuffs: number;
  hz: number;
  rounds: number;
  seconds: number;
  seed: number;
  json: boolean;
  short: boolean;
}>;

export type Asked =
  | Readonly<{ kind: "run"; benches: readonly BenchName[]; options: Options }>
  | Readonly<{ kind: "help" }>
  | Readonly<{ kind: "wrong"; reason: string }>;

const numbers = {
  cuffs: { least: 1, most: mostCuffs, fallback: 32, help: "cuffs in the class" },
  hz: { least: 1, most: 50, fallback: 10, help: "messages a second from each cuff, one sample in each" },
  rounds: { least: 1, most: 20, fallback: 3, help: "turns of each; figures are their medians" },
  seconds: { least: 1, most: 240, fallback: 10, help: "how long each turn is measured" },
  seed: {
    least: 1,
    most: 1_000_000,
    fallback: 1,
    help: "alarms, replay, storage: other people, other faults",
  },
} as const;
type NumberName = keyof typeof numbers;

const defaults: Options = {
  cuffs: numbers.cuffs.fallback,
  hz: numbers.hz.fallback,
  rounds: numbers.rounds.fallback,
  seconds: numbers.seconds.fallback,
  seed: numbers.seed.fallback,
  json: false,
  short: false,
};

const isNumber = (name: string): name is NumberName => Object.hasOwn(numbers, name);
const isBench = (name: string): name is BenchName => benches.some((bench) => bench === name);

/** What `argv` (without node and script) asks for, or a sentence about what is wrong with it. */
export const parseArguments = (argv: readonly string[]): Asked => {
  const chosen = new Set<BenchName>();
  let options = defaults;
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--help" || word === "-h") return { kind: "help" };
    if (word === "--json" || word === "--short") {
      options = { ...options, [word.slice(2)]: true };
      continue;
    }
    if (isBench(word)) {
      chosen.add(word);
      continue;
    }
    if (!word.startsWith("--"))
      return wrong(`There is no bench ${JSON.stringify(word)}; there are ${benches.join(", ")}.`);
    const [name = "", inline] = word.slice(2).split("=", 2);
    if (!isNumber(name))
      return wrong(`There is no option ${JSON.stringify(word)}; --help tells which there are.`);
    const text = inline ?? words.shift() ?? "";
    const { least, most } = numbers[name];
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most))
      return wrong(
        `--${name} must be a whole number from ${least} to ${most}; it was ${JSON.stringify(text)}.`,
      );
    options = { ...options, [name]: value };
  }
  return { kind: "run", benches: chosen.size === 0 ? benches : [...chosen], options };
};

const wrong = (reason: string): Asked => ({ kind: "wrong", reason });

export const helpText = (): string =>
  [
    "Usage: npm run bench -- [name …] [options]      (all benches without a name)",
    "",
    "  wall-latency   a cuff's publish → the text on the wall and the painted frame; product and floor in turns",
    "  engine         how many messages, and how many hours of patients, the engine judges on one core",
    "  storage        bytes a sample once a class is closed, samples stored a second, how long the floor is held up",
    "  alarms         faults missed, false alarms and delays on simulated cuffs, beside the rule of surgical tourniquets",
    "  replay         how long a recording takes to be seen and sought in: a session of two cuffs, a class of twelve",
    "",
    ...Object.entries(numbers).map(
      ([name, { least, most, fallback, help }]) =>
        `  ${`--${name} N`.padEnd(13)}  ${help} (${fallback}; ${least} to ${most})`,
    ),
    "  --short        alarms, replay, storage: a run of seconds, not of minutes",
    "  --json         a line of JSON for each figure instead of a table",
  ].join("\n");
