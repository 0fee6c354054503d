/** `npm run check`: types for each folder, the screens, lint, format. Everything runs, then the worst exit code counts. */
import { spawn } from "node:child_process";

type Step = readonly [name: string, ...command: string[]];

/** Beside the longest. */
const others: readonly Step[] = [
  ...["shared", "server", "devices", "test"].map(
    (folder) => [`types of ${folder}/`, "tsc", "-p", folder] as const,
  ),
  [
    "types of client/",
    "svelte-check",
    "--workspace",
    "client",
    "--tsconfig",
    "tsconfig.json",
    "--output",
    "human",
    "--fail-on-warnings",
  ],
  ["format", "prettier", "--check", "--log-level", "warn", "."],
];

const longest: readonly Step[] = [["lint", "eslint", "."]];

/** Runs one step and then says how it went, with what it had to say; true where nothing is wrong. */
const run = async ([name, command = "", ...args]: Step): Promise<boolean> => {
  const began = performance.now();
  let said = "";
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${said}${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`);
  return code === 0;
};

const oneByOne = async (steps: readonly Step[]): Promise<boolean> => {
  let ok = true;
  for (const step of steps) ok = (await run(step)) && ok;
  return ok;
};

const [a, b] = await Promise.all([oneByOne(longest), oneByOne(others)]);
process.exit(a && b ? 0 : 1);
