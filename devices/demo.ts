/** `npm run demo`: a server with a class of simulated cuffs, in a folder of its own that begins empty each time. */
import { parseArgs } from "node:util";
import type { SiteId } from "../shared/ids.ts";
import { demonstrate } from "./demonstration.ts";
import { flagsFrom, numberFlag, scenarioFlag, siteFlag, WrongFlag } from "./flags.ts";
import { mostPatients, type SimulatedClass, usualRates } from "./scenarios.ts";
import type { WeeksWanted } from "./weeks/handing-over.ts";

/** How many weeks before today a demonstration tells of. */
const mostWeeks = 8;

const help = `A demonstration: simulated patients on a live wall.

  npm run demo -- --patients 12 --seed 7 --scenario demo

  --patients N       1 to ${mostPatients} (12)
  --seed N           the same seed gives the same class (7)
  --scenario NAME    see npm run cuffs -- --help (demo)
  --weeks N          so many weeks of history, 0 to ${mostWeeks} (${mostWeeks})
  --no-history       the same as --weeks 0
  --site NAME        the site in the topics (main, or CUFFWATCH_SITE)
  --http-port, --mqtt-port, --host, --mqtt-host    passed on to the server
  --log-level        how much the server logs (warn)
  --verbose          say what each cuff does
  --help

The class and its recordings live in ./data-demo, which is emptied at each start.
`;

type Options = Readonly<{
  simulated: SimulatedClass;
  history: WeeksWanted | null;
  site: SiteId;
  serverFlags: readonly string[];
  verbose: boolean;
}>;

const passedOn = ["http-port", "mqtt-port", "host", "mqtt-host", "log-level"] as const;

const optionsFrom = (args: readonly string[]): Options | null => {
  const { values } = flagsFrom(() =>
    parseArgs({
      args: [...args],
      options: {
        patients: { type: "string", default: "12" },
        seed: { type: "string", default: "7" },
        scenario: { type: "string", default: "demo" },
        weeks: { type: "string", default: String(mostWeeks) },
        "no-history": { type: "boolean", default: false },
        site: { type: "string", default: process.env["CUFFWATCH_SITE"] ?? "main" },
        "http-port": { type: "string" },
        "mqtt-port": { type: "string" },
        host: { type: "string" },
        "mqtt-host": { type: "string" },
        // What the server logs at each alarm would drown the few lines that say where to look.
        "log-level": { type: "string", default: process.env["CUFFWATCH_LOG_LEVEL"] ?? "warn" },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }),
  );
  if (values.help) return null;
  const patients = numberFlag("patients", values.patients, { from: 1, to: mostPatients, whole: true });
  const seed = numberFlag("seed", values.seed, { from: 0, to: 2 ** 31, whole: true });
  const weeks = numberFlag("weeks", values.weeks, { from: 0, to: mostWeeks, whole: true });
  const site = siteFlag(values.site);
  const { scenario } = values;
  const flags = passedOn.flatMap((flag) => {
    const value = values[flag];
    return value === undefined ? [] : [`--${flag}`, value];
  });
  return {
    simulated: scenarioFlag(scenario).build({ patients, seed, ...usualRates }),
    history: values["no-history"] || weeks === 0 ? null : { scenario, patients, seed, weeks, site },
    site,
    serverFlags: ["--site", site, ...flags],
    verbose: values.verbose,
  };
};

try {
  const options = optionsFrom(process.argv.slice(2));
  if (options === null) console.log(help);
  else
    process.exitCode = await demonstrate({
      ...options,
      serverScript: new URL("../server/main.ts", import.meta.url),
      folder: "data-demo",
      say: (text) => console.log(text),
    });
} catch (error) {
  if (!(error instanceof WrongFlag)) throw error;
  console.error(`${error.message}\nnpm run demo -- --help lists what there is.`);
  process.exitCode = 2;
}
