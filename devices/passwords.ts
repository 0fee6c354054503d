/** Passwords of cuffs: from the environment or a file, since flags can be seen by everybody on the machine. */
import { readFileSync } from "node:fs";
import { type CuffId, cuffId, namePattern } from "../shared/ids.ts";
import { WrongFlag } from "./flags.ts";

/** Holds the passwords of several cuffs: `cuff-01=… cuff-02=…`. */
export const passwordsVariable = "CUFF_PASSWORDS";
/** Holds the one of `check`. */
export const passwordVariable = "CUFF_PASSWORD";

/** The password of each cuff, from the file that was named, else from the environment; none where neither is. */
export const passwordsFrom = (
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<CuffId, string> => {
  const [what, text] =
    file === undefined
      ? [passwordsVariable, env[passwordsVariable] ?? ""]
      : [`--passwords ${file}`, contentOf(file)];
  const pairs = text.split(/\s+/).filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair): readonly [CuffId, string] => {
      const [, cuff, password] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (cuff === undefined || password === undefined || !namePattern.test(cuff))
        // The pair itself may hold a password and is not repeated.
        throw new WrongFlag(
          `${what} must hold pairs such as cuff-01=its-password, one for each cuff; one of them is something else.`,
        );
      return [cuffId(cuff), password];
    }),
  );
};

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new WrongFlag(
      `--passwords must name a file with pairs such as cuff-01=its-password; ${file} cannot be read.`,
    );
  }
};
