/** `npm run check`: types for each folder, the screens, lint, format. Everything runs, then the worst exit code counts. */
import { spawnSync } from "node:child_process";

const steps: readonly (readonly [name: string, ...command: string[]])[] = [
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
  ["lint", "eslint", "."],
  ["format", "prettier", "--check", "--log-level", "warn", "."],
];

let failed = 0;
for (const [name, command, ...args] of steps) {
  const began = performance.now();
  const { status } = spawnSync(command ?? "", args, { stdio: "inherit" });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
