/**
 * `npm run alarms -- table`: the alarms and their limits as a clinic has them, so that they can be disclosed. `--class FILE` takes the limits
 * of a class file, `--write` renders the table of what holds without any choice into docs/alarms.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { limitsOf, usualLimits } from "../shared/alarm/limits.ts";
import { alarmTables } from "../shared/alarm/table.ts";
import { readClassFile } from "./class-file.ts";

const page = new URL("../docs/alarms.md", import.meta.url);
const [from, to] = ["<!-- alarms: table -->\n", "<!-- alarms: end -->"];

/** A page with the table between its two marks. */
export const rendered = (text: string): string => {
  const [begin, end] = [text.indexOf(from), text.indexOf(to)];
  if (begin < 0 || end < begin) throw new Error(`docs/alarms.md lacks ${from.trim()} or ${to}.`);
  return `${text.slice(0, begin + from.length)}\n${alarmTables(usualLimits)}\n${text.slice(end)}`;
};

const usage = `npm run alarms -- table [--class FILE | --write]

Prints every alarm with its limits. --class takes the clinic's own choice from a class file; --write renders the table into docs/alarms.md.`;

const main = async (argv: readonly string[]): Promise<number> => {
  const [command, option, file, ...rest] = argv;
  const wrong = (problem: string): number => {
    process.stderr.write(`${problem}\n\n${usage}\n`);
    return 2;
  };
  if (command === "--help" || option === "--help") return print(usage);
  if (command !== "table")
    return wrong(`There is no ${JSON.stringify(command ?? "")} of alarms; "table" is.`);
  if (option === undefined) return print(alarmTables(usualLimits));
  if (option === "--write" && file === undefined) {
    writeFileSync(page, rendered(readFileSync(page, "utf8")));
    return 0;
  }
  if (option !== "--class" || file === undefined || rest.length > 0)
    return wrong(`${argv.slice(1).join(" ")} is not understood.`);
  const read = await readClassFile(file);
  if (read.ok) return print(alarmTables(limitsOf(read.roster.limits)));
  process.stderr.write(`${read.problems.join("\n")}\n`);
  return 2;
};

const print = (text: string): number => {
  process.stdout.write(`${text}\n`);
  return 0;
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
