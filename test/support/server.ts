/** The real server as a process of its own, for tests that kill it and start it again. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import type { ClassFile } from "../../shared/plan/roster.ts";
import { freePort } from "./ports.ts";

const main = path.resolve(import.meta.dirname, "../../server/main.ts");

const listening = z.object({
  kind: z.literal("listening"),
  httpPort: z.number(),
  mqttPort: z.number(),
  mqttsPort: z.number().nullable(),
  setupPath: z.string().nullable(),
});

export type TestServer = Readonly<{
  url: string;
  mqttPort: number;
  /** Of the TLS listener; null where there is none. */
  mqttsPort: () => number | null;
  /** The path of the setup link of the latest start; null where somebody could sign in already. */
  setupPath: () => string | null;
  folder: string;
  /** Ends it at once, as a power cut would. */
  kill: () => Promise<void>;
  /** Ends it in order. */
  stop: () => Promise<void>;
  /** Starts it again on the same ports and folder. */
  start: () => Promise<void>;
  /** Stops what is done to its process, as a debugger or a swapping machine would. */
  signal: (signal: NodeJS.Signals) => void;
  /** Ends it for good and takes its folder away. */
  remove: () => Promise<void>;
  /** Everything that it logged. */
  log: () => string;
  /** Memory that it holds now, in MB. */
  memoryMb: () => number;
}>;

/** Starts the server with a class, on free ports and in a folder of its own. `flags` are added to its command line. */
export const startServer = async (
  classFile: ClassFile | null,
  flags: readonly string[] = [],
): Promise<TestServer> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-server-"));
  const file = path.join(folder, "class.json");
  if (classFile !== null) writeFileSync(file, JSON.stringify(classFile));
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const args = [
    ...[
      "--http-port",
      String(httpPort),
      "--mqtt-port",
      String(mqttPort),
      "--data",
      path.join(folder, "data"),
    ],
    ...(classFile === null ? [] : ["--class", file]),
    ...flags,
  ];
  let child: ChildProcess | null = null;
  let output = "";
  let told: z.output<typeof listening> | null = null;
  const kill = (): void => {
    child?.kill("SIGKILL");
  };
  const start = async (): Promise<void> => {
    const started = fork(main, args, {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: withoutSettings(process.env),
    });
    child = started;
    process.once("exit", kill);
    started.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    started.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const exited = once(started, "exit").then(() => {
      throw new Error(`The server did not start:\n${output}`);
    });
    const listens = new Promise<void>((resolve) =>
      started.on("message", (message) => {
        const parsed = listening.safeParse(message);
        if (!parsed.success) return;
        told = parsed.data;
        resolve();
      }),
    );
    await Promise.race([listens, exited]);
    exited.catch(() => undefined);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
    process.removeListener("exit", kill);
  };
  await start();
  return {
    url: `${flags.includes("--tls-cert") ? "https" : "http"}://127.0.0.1:${httpPort}`,
    mqttPort,
    mqttsPort: () => told?.mqttsPort ?? null,
    setupPath: () => told?.setupPath ?? null,
    folder,
    start,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    signal: (signal) => child?.kill(signal),
    log: () => output,
    memoryMb: () => {
      const status = readFileSync(`/proc/${child?.pid ?? "self"}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
    remove: async () => {
      await end("SIGTERM");
      rmSync(folder, { recursive: true });
    },
  };
};

/** What the machine of whoever runs the tests has set for a server of its own must not reach this one. */
const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("CUFFWATCH_")));
