/** Processes that a bench starts: each is told to end with the bench, and what it wrote is kept for when it fails. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { z } from "zod";

export type Child = Readonly<{
  pid: number;
  send: (message: object) => void;
  /** The next message of this shape. Throws with what the process wrote last if it ends before. */
  next: <T>(schema: z.ZodType<T>) => Promise<T>;
  stop: () => Promise<void>;
}>;

const kept = 4000;
const patienceMs = 5000;

/** Starts a script of this repository in a Node process of its own. */
export const startChild = (script: URL, args: readonly string[]): Child => {
  // Settings of whoever runs the bench are not settings of what it measures.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("CUFFWATCH_")),
  );
  // Nor are the flags of a test runner.
  const child = fork(script, args, { env, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let wrote = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (wrote = (wrote + chunk.toString()).slice(-kept)));
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.removeListener("exit", kill));
  return {
    pid: child.pid ?? 0,
    send: (message) => void child.send(message),
    next: async (schema) => {
      const came: readonly unknown[] = await Promise.race([
        once(child, "message"),
        ended(child, script, () => wrote),
      ]);
      return schema.parse(came[0]);
    },
    stop: async () => {
      if (hasEnded(child)) return;
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      const impatient = setTimeout(kill, patienceMs);
      await exit;
      clearTimeout(impatient);
    },
  };
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const ended = async (child: ChildProcess, script: URL, wrote: () => string): Promise<never> => {
  if (!hasEnded(child)) await once(child, "exit");
  throw new Error(`${script.pathname} ended before it answered.\n${wrote()}`);
};

/** Processor time that a process has used, in ms; null where the system does not say. */
export const cpuTime = (pid: number): number | null => {
  try {
    // Fields 14 and 15, in hundredths of a second; the name before them stands in brackets and may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
};
