/** Reads a table of settings from environment variables and flags, and says in sentences what is wrong with them. */
import type { z } from "zod";

/** One setting: its flag without `--`, its value, and what to say of it. `takes` is null for a switch. */
export type Setting = Readonly<{
  flag: string;
  value: z.ZodType;
  fallback: string | number | boolean | null;
  takes: string | null;
  must: string;
  help: string;
  /** What was given may hold a password and is not repeated. */
  secret?: boolean;
}>;

type Values<T extends Readonly<Record<string, Setting>>> = {
  -readonly [K in keyof T]: z.output<T[K]["value"]> | Widened<T[K]["fallback"]>;
};
type Widened<F> = F extends boolean ? boolean : F;

const prefix = "CUFFWATCH_";
/** Read by tests and not by the server; a child of a test has them in its environment. */
const notSettings: readonly string[] = [`${prefix}CHROMIUM`];

const variableOf = (flag: string): string => prefix + flag.toUpperCase().replaceAll("-", "_");

type Given = Readonly<{ as: string; text: string }>;

/**
 * Every setting's value and all problems. Where something is wrong the fallback stands in its place, so that one start
 * tells everything that has to be put right. A variable that is set to nothing counts as not set.
 */
export const readSettings = <T extends Readonly<Record<string, Setting>>>(
  table: T,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): Readonly<{ values: Values<T>; problems: readonly string[] }> => {
  const settings = Object.entries<Setting>(table);
  const known = settings.map(([, s]) => s);
  const problems: string[] = [];
  const flags = readFlags(known, argv, problems);

  for (const name of Object.keys(env).sort())
    if (
      name.startsWith(prefix) &&
      !notSettings.includes(name) &&
      !known.some((s) => variableOf(s.flag) === name)
    )
      problems.push(
        `There is no setting ${name}; ${closest(
          name,
          known.map((s) => variableOf(s.flag)),
        )}. Correct the name or unset it.`,
      );

  const values = Object.fromEntries(
    settings.map(([key, setting]) => {
      const variable = variableOf(setting.flag);
      const text = env[variable];
      const given: Given | undefined =
        flags.get(setting.flag) ?? (text === undefined || text === "" ? undefined : { as: variable, text });
      if (given === undefined) return [key, setting.fallback];
      const parsed = setting.value.safeParse(given.text);
      if (parsed.success) return [key, parsed.data];
      const was = setting.secret === true ? "something else" : JSON.stringify(given.text);
      problems.push(`${given.as} must be ${setting.must}; it was ${was}.`);
      return [key, setting.fallback];
    }),
  ) as Values<T>;
  return { values, problems };
};

const readFlags = (
  known: readonly Setting[],
  argv: readonly string[],
  problems: string[],
): ReadonlyMap<string, Given> => {
  const flags = new Map<string, Given>();
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const setting = known.find((s) => s.flag === name);
    if (setting === undefined) {
      const flagged = known.map((s) => `--${s.flag}`);
      problems.push(`There is no setting ${JSON.stringify(word)}; ${closest(word, flagged)}. See --help.`);
      continue;
    }
    const as = `--${setting.flag}`;
    const next = words[0];
    const text =
      inline ?? (setting.takes === null ? "1" : next?.startsWith("--") === true ? undefined : words.shift());
    if (text === undefined) problems.push(`${as} must be ${setting.must}; nothing was given.`);
    else if (flags.has(setting.flag)) problems.push(`${as} must be given once; it was given twice.`);
    else flags.set(setting.flag, { as, text });
  }
  return flags;
};

/** The known name that shares most of its pairs of letters with what was written. */
const closest = (written: string, names: readonly string[]): string => {
  const pairs = (s: string): Set<string> =>
    new Set(Array.from({ length: s.length }, (_, i) => s.slice(i, i + 2).toLowerCase()));
  const mine = pairs(written);
  const shared = (name: string): number => {
    const theirs = pairs(name);
    return (2 * [...mine].filter((pair) => theirs.has(pair)).length) / (mine.size + theirs.size);
  };
  return `the nearest is ${names.reduce((best, name) => (shared(name) > shared(best) ? name : best))}`;
};
