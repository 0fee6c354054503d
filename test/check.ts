/** `npm run check`: types for each folder, the screens, lint, format. Everything runs, then the worst exit code counts. */
import { spawn } from "node:child_process";

type Step = readonly [name: string, ...command: string[]];

/** The longest first: two are run at a time, and what is short fills up the end. */
const steps: readonly Step[] = [
  ["lint of client/", "eslint", "client", "*.js"],
  ["lint of test/", "eslint", "test"],
  ["lint of server/, shared/ and devices/", "eslint", "server", "shared", "devices"],
  ...["test", "server", "shared", "devices"].map(
    (folder) => [`types of ${folder}/`, "tsc", "-p", folder] as const,
  ),
  ["format", "prettier", "--check", "--log-level", "warn", "."],
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
];

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

const waiting = [...steps];
/** Takes one step after the other until none waits; true where all of them went well. */
const takeSteps = async (): Promise<boolean> => {
  let ok = true;
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) ok = (await run(step)) && ok;
  return ok;
};

const [a, b] = await Promise.all([takeSteps(), takeSteps()]);
process.exit(a && b ? 0 : 1);
