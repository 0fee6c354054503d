/** `npm run cuffs -- check`: a real cuff held against the contract, and the outcome in words. */
import { parseArgs } from "node:util";
import { cuffId } from "../shared/ids.ts";
import { answerFindings } from "./checker/announcement.ts";
import type { Finding } from "./checker/finding.ts";
import { read, review } from "./checker.ts";
import { brokerFlag, cuffFlag, flagsFrom, numberFlag, siteFlag } from "./flags.ts";
import { type Ear, listen, tryCommands } from "./listen.ts";
import { passwordVariable } from "./passwords.ts";

export const checkHelp = `Holds a real cuff against the contract (devices/contract.md).

  npm run cuffs -- check --url mqtt://127.0.0.1:1883 --cuff cuff-07

  --cuff NAME     the cuff to check
  --url URL       the broker                       (mqtt://127.0.0.1:1883)
  --site NAME     the site in the topics           (main)
  --username NAME its user name                    (its own name, where there is a password)
  --password …    its password; better in the variable CUFF_PASSWORD, where nobody else on the machine sees it
  --seconds N     how long to listen               (20)
  --commands      also try commands: identify, once rightly and twice in ways that a cuff must refuse.
                  A cuff's own credentials allow no commands: this needs a broker that lets everybody in, or the
                  server's own name and password there (mosquitto/server-url in the data folder)

Ends with code 0 when it keeps the contract, 1 when it departs from it, 2 when it could not be checked.
`;

/** Checks as the flags say; the exit code. */
export const check = async (args: readonly string[], say: (text: string) => void): Promise<number> => {
  const { values } = flagsFrom(() =>
    parseArgs({
      args: [...args],
      options: {
        cuff: { type: "string" },
        url: { type: "string", default: "mqtt://127.0.0.1:1883" },
        site: { type: "string", default: "main" },
        username: { type: "string" },
        password: { type: "string" },
        seconds: { type: "string", default: "20" },
        commands: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }),
  );
  if (values.help) {
    say(checkHelp);
    return 0;
  }
  const ear: Ear = {
    url: brokerFlag(values.url),
    site: siteFlag(values.site),
    cuff: cuffId(cuffFlag(values.cuff)),
    login: loginFrom(values.username ?? values.cuff, values.password ?? process.env[passwordVariable]),
  };
  const seconds = numberFlag("seconds", values.seconds, { from: 0.2, to: 3600, whole: false });
  say(`Listening to ${ear.cuff} for ${seconds} s …`);
  try {
    const hearing = await listen(ear, seconds * 1000);
    const readings = read(hearing);
    const tried = values.commands ? await tryCommands(ear, readings) : [];
    const findings = [...review(hearing), ...answerFindings(tried)];
    say(report(ear.cuff, readings.data.length, findings));
    return findings.some(({ kind }) => kind === "departs") ? 1 : 0;
  } catch (error) {
    say(
      `There is no broker at ${ear.url} that lets this in: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 2;
  }
};

const loginFrom = (username: string | undefined, password: string | undefined): NonNullable<Ear["login"]> =>
  username === undefined || password === undefined || password === "" ? {} : { username, password };

const report = (cuff: string, heard: number, findings: readonly Finding[]): string => {
  const list = (kind: Finding["kind"]) => findings.filter((f) => f.kind === kind).map((f) => `  - ${f.text}`);
  const [wrong, advised] = [list("departs"), list("advice")];
  return [
    wrong.length === 0
      ? `${cuff} keeps the contract, in the ${heard} data messages that were heard.`
      : `${cuff} departs from the contract:`,
    ...wrong,
    ...(advised.length === 0 ? [] : ["It would be better supervised without this:", ...advised]),
    "Not to be seen from here: its last will (cut its power: status must turn to offline) and its backfill (cut its link).",
  ].join("\n");
};
