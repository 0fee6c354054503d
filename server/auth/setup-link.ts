/** The link that lets the first person in: printed where the server was started, so whoever has it has the machine. */
import { digestOf, isToken, newToken } from "./tokens.ts";

export type SetupLink = Readonly<{
  /** Where it leads, as a path of this server. */
  path: string;
  /** Whether this is its token; then nobody else can use it until it is given back. */
  take: (token: string) => boolean;
  /** What it was taken for has failed: it works again. */
  giveBack: () => void;
}>;

/** A new link, which works once. */
export const createSetupLink = (): SetupLink => {
  const token = newToken();
  const digest = digestOf(token);
  let used = false;
  return {
    path: `/setup?token=${token}`,
    take: (given) => {
      if (!isToken(given, digest) || used) return false;
      used = true;
      return true;
    },
    giveBack: () => {
      used = false;
    },
  };
};
