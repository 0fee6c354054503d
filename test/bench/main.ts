/** `npm run bench -- [name …] [options]`: measures, and prints a table or JSON lines; how far it is goes to stderr. */
import os from "node:os";
import { alarms } from "./alarms.ts";
import { type BenchName, helpText, type Options, parseArguments } from "./arguments.ts";
import { engine } from "./engine.ts";
import { type Figure, jsonLine, table } from "./figure.ts";
import { replay } from "./replay.ts";
import { storage } from "./storage.ts";
import { wallLatency } from "./wall-latency.ts";

const note = (line: string): void => console.error(line);

const run = async (name: BenchName, options: Options): Promise<void> => {
  const { cuffs, hz, rounds, seconds, seed, json, short } = options;
  switch (name) {
    case "wall-latency":
      note(`wall-latency: ${cuffs} cuffs at ${hz} Hz, ${rounds} × ${seconds} s of each, in turns`);
      print(await wallLatency({ cuffs, hz, rounds, seconds }, note), "subject", json);
      break;
    case "engine":
      note(`engine: an hour of a class, ${rounds} times`);
      print(engine(rounds, note), "bench", json);
      break;
    case "storage":
      note(
        `storage: a class of ${cuffs} cuffs stored and closed, then ${rounds} × ${seconds} s of it live, in turns`,
      );
      print(await storage({ cuffs, rounds, seconds, seed, short }, note), "bench", json);
      break;
    case "alarms": {
      note(`alarms: healthy sessions and faults on every cuff model, seed ${seed}`);
      const { figures, page } = await alarms({ short, seed }, note);
      console.log(json ? figures.map(jsonLine).join("\n") : `\n${page}\n`);
      break;
    }
    case "replay":
      note(`replay: recordings of an hour, ${rounds} times each`);
      print(await replay({ seed, rounds, minutes: short ? 2 : 60 }, note), "subject", json);
  }
};

/** A machine that is used by others measures them too, in the floor as in the product. */
const noteOthers = (): void => {
  const [load = 0] = os.loadavg();
  const cores = os.availableParallelism();
  if (load > cores / 2)
    note(
      `This machine is busy already (load ${load.toFixed(1)} on ${cores} cores): figures will be too high.`,
    );
};

const print = (figures: readonly Figure[], across: string, json: boolean): void =>
  console.log(json ? figures.map(jsonLine).join("\n") : `\n${table(figures, across)}\n`);

// Children end with this process, and only an orderly end runs what ends them.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const asked = parseArguments(process.argv.slice(2));
switch (asked.kind) {
  case "help":
    console.log(helpText());
    break;
  case "wrong":
    console.error(asked.reason);
    process.exitCode = 2;
    break;
  case "run":
    noteOthers();
    for (const name of asked.benches)
      try {
        await run(name, asked.options);
      } catch (error) {
        console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
}
