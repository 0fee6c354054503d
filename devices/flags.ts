/** Command-line flags, read strictly: a wrong one ends with a sentence that names it. */
import { namePattern, type SiteId, siteId } from "../shared/ids.ts";
import { reservedCuff } from "../shared/cuff/topic.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

/** Something the person who typed the command has to put right. */
export class WrongFlag extends Error {}

type Range = Readonly<{ from: number; to: number; whole: boolean }>;

/** The number in a flag, or a sentence about what it must be. */
export const numberFlag = (flag: string, text: string, { from, to, whole }: Range): number => {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value) && value >= from && value <= to && (!whole || Number.isInteger(value)))
    return value;
  const kind = whole ? "a whole number" : "a number";
  throw new WrongFlag(`--${flag} must be ${kind} from ${from} to ${to}; it was "${text}".`);
};

export const siteFlag = (text: string): SiteId => {
  if (namePattern.test(text)) return siteId(text);
  throw new WrongFlag(`--site must be 1 to 32 of a-z, 0-9 and -; it was "${text}".`);
};

export const cuffFlag = (text: string | undefined): string => {
  if (text !== undefined && namePattern.test(text) && text !== reservedCuff) return text;
  throw new WrongFlag(
    `--cuff must name the cuff to check, 1 to 32 of a-z, 0-9 and - (never "${reservedCuff}"); it was ${text === undefined ? "missing" : `"${text}"`}.`,
  );
};

export const brokerFlag = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && url.hostname !== "" && ["mqtt:", "mqtts:"].includes(url.protocol)) return text;
  throw new WrongFlag(`--url must be a broker's address such as mqtt://127.0.0.1:1883; it was "${text}".`);
};

/** The scenario of that name, or a sentence that lists those there are. */
export const scenarioFlag = (name: string): Scenario => {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (scenario !== undefined) return scenario;
  throw new WrongFlag(`--scenario must be one of ${Object.keys(scenarios).join(", ")}; it was "${name}".`);
};

/** `parse`'s result, or its complaint as a sentence. `parseArgs` throws for unknown flags and missing values. */
export const flagsFrom = <T>(parse: () => T): T => {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TypeError) throw new WrongFlag(error.message);
    throw error;
  }
};
