/** `npm run cuffs`: simulated cuffs against any broker, and the contract's checker for real ones. */
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { CuffId, SiteId } from "../shared/ids.ts";
import { withBasicCuffs } from "./basic-class.ts";
import { check } from "./check.ts";
import { brokerFlag, flagsFrom, numberFlag, scenarioFlag, siteFlag, WrongFlag } from "./flags.ts";
import { passwordsFrom } from "./passwords.ts";
import { run, type Running } from "./run.ts";
import { type ClassWanted, mostPatients, type Scenario, scenarios, usualRates } from "./scenarios.ts";

const help = `Simulated cuffs, as real MQTT clients.

  npm run cuffs -- --scenario overrun --patients 4 --seed 7

  --url URL          the broker                        (mqtt://127.0.0.1:1883)
  --site NAME        the site in the topics            (main)
  --scenario NAME    one of those below                (demo)
  --patients N       1 to ${mostPatients}                           (12)
  --seed N           the same seed gives the same class (7)
  --hz N             messages a second from each cuff  (${usualRates.hz})
  --samples N        samples in each message           (${usualRates.samples})
  --seconds N        stop by itself after so long      (goes on until Ctrl+C)
  --class-out FILE   write the class file that fits these cuffs; give it to the server: npm start -- --class FILE
  --basic N          so many of the cuffs, the last ones, are basic: they say plain numbers (0)
  --passwords FILE   a password for each cuff, as cuff-01=… a line; or the same in the variable CUFF_PASSWORDS
  --quiet            say nothing but what is wrong
  --help

  npm run cuffs -- check --help    holds a real cuff against the contract

Scenarios:
${Object.entries(scenarios)
  .map(([name, { says }]) => `  ${name.padEnd(18)} ${says}`)
  .join("\n")}
`;

type Options = Readonly<{
  url: string;
  site: SiteId;
  scenario: Scenario;
  wanted: ClassWanted;
  seconds: number | null;
  classOut: string | null;
  basic: number;
  passwords: ReadonlyMap<CuffId, string>;
  quiet: boolean;
}>;

const optionsFrom = (args: readonly string[]): Options | null => {
  const { values } = flagsFrom(() =>
    parseArgs({
      args: [...args],
      options: {
        url: { type: "string", default: "mqtt://127.0.0.1:1883" },
        site: { type: "string", default: "main" },
        scenario: { type: "string", default: "demo" },
        patients: { type: "string", default: "12" },
        seed: { type: "string", default: "7" },
        hz: { type: "string", default: String(usualRates.hz) },
        samples: { type: "string", default: String(usualRates.samples) },
        seconds: { type: "string" },
        "class-out": { type: "string" },
        basic: { type: "string", default: "0" },
        passwords: { type: "string" },
        quiet: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }),
  );
  if (values.help) return null;
  return {
    url: brokerFlag(values.url),
    site: siteFlag(values.site),
    scenario: scenarioFlag(values.scenario),
    wanted: {
      patients: numberFlag("patients", values.patients, { from: 1, to: mostPatients, whole: true }),
      seed: numberFlag("seed", values.seed, { from: 0, to: 2 ** 31, whole: true }),
      hz: numberFlag("hz", values.hz, { from: 0.2, to: 100, whole: false }),
      samples: numberFlag("samples", values.samples, { from: 1, to: 200, whole: true }),
    },
    seconds:
      values.seconds === undefined
        ? null
        : numberFlag("seconds", values.seconds, { from: 0.1, to: 1_000_000, whole: false }),
    classOut: values["class-out"] ?? null,
    basic: numberFlag("basic", values.basic, { from: 0, to: 2 * mostPatients, whole: true }),
    passwords: passwordsFrom(values.passwords, process.env),
    quiet: values.quiet,
  };
};

const simulate = async (options: Options): Promise<void> => {
  const simulated = withBasicCuffs(options.scenario.build(options.wanted), options.basic);
  if (options.classOut !== null)
    writeFileSync(options.classOut, `${JSON.stringify(simulated.classFile, null, 2)}\n`);
  const startMs = performance.now();
  const say = (text: string) => (options.quiet ? undefined : console.log(text));
  const note = (cuff: CuffId, text: string) => {
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    say(`${seconds.padStart(7)} s  ${cuff}  ${text}`);
  };
  say(
    `${simulated.devices.length} simulated cuffs at ${options.url}, site "${options.site}"; Ctrl+C ends them.`,
  );
  const running = run(simulated, options, note);
  const keys = options.scenario === scenarios["ready"] ? sentUpByKey(running, say) : null;
  await untilToldToStop(options.seconds);
  keys?.close();
  await running.stop();
};

/** A line sends cuffs up: the one that it names, or all of them where it is empty. */
const sentUpByKey = ({ publishers }: Running, say: (text: string) => void): { close: () => void } => {
  say("Every cuff is down. Press Enter: each does one short set. A cuff's name, and Enter: that one alone.");
  // Ctrl+C stays the process's own where the lines are read as from a file.
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on("line", (line) => {
    const name = line.trim();
    const meant = publishers.filter(({ cuff }) => name === "" || cuff.spec.cuff === name);
    if (meant.length === 0) say(`No cuff here is called "${name}".`);
    for (const one of meant) one.begin();
  });
  return lines;
};

const untilToldToStop = async (seconds: number | null): Promise<void> => {
  const told = new AbortController();
  const stop = () => told.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  // The longest that a timer can wait is 24 days.
  await wait(Math.min(2 ** 31 - 1, (seconds ?? Infinity) * 1000), undefined, { signal: told.signal }).catch(
    () => undefined,
  );
};

const main = async (args: readonly string[]): Promise<void> => {
  if (args[0] === "check") {
    process.exitCode = await check(args.slice(1), (text) => console.log(text));
    return;
  }
  const options = optionsFrom(args);
  if (options === null) console.log(help);
  else await simulate(options);
};

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof WrongFlag)) throw error;
    console.error(`${error.message}\nnpm run cuffs -- --help lists what there is.`);
    process.exitCode = 2;
  }
}
