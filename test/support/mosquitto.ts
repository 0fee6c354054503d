/** A real Mosquitto on a free port, for one test. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { answers, freePort } from "./ports.ts";
import { findProgram, missingMosquitto } from "./programs.ts";

export type Mosquitto = Readonly<{
  port: number;
  url: string;
  /** Ends the broker; `start` brings it back on the same port, with nothing retained. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  /** Has it read its files again. */
  reload: () => void;
  /** Ends it for good and takes its folder away. */
  remove: () => Promise<void>;
}>;

/**
 * Starts a Mosquitto that lets everybody in, unless `settings` say otherwise (lines of mosquitto.conf). Throws a sentence
 * that names the Debian package where there is none.
 */
export const startMosquitto = async (
  settings: readonly string[] = ["allow_anonymous true"],
): Promise<Mosquitto> => {
  const missing = missingMosquitto();
  const program = findProgram("mosquitto");
  if (missing !== null || program === null) throw new Error(missing ?? "Mosquitto is missing.");
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-mosquitto-"));
  const port = await freePort();
  const config = path.join(folder, "mosquitto.conf");
  const lines = [
    `listener ${port} 127.0.0.1`,
    "persistence false",
    "log_dest stderr",
    "log_type error",
    ...settings,
  ];
  // A broker that is started by root changes to a user of its own, who must be able to read its files.
  writeFileSync(config, lines.join("\n") + "\n", { mode: 0o644 });

  let child: ChildProcess | null = null;
  const kill = (): void => {
    child?.kill("SIGKILL");
  };
  const start = async (): Promise<void> => {
    const started = spawn(program, ["-c", config], { stdio: ["ignore", "ignore", "inherit"] });
    child = started;
    process.once("exit", kill);
    for (let attempt = 0; !(await answers(port)); attempt += 1) {
      if (started.exitCode !== null || attempt > 100)
        throw new Error(`Mosquitto did not start on port ${port}.`);
      await delay(20);
    }
  };
  const stop = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    process.removeListener("exit", kill);
  };
  await start();
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    start,
    stop,
    reload: () => void child?.kill("SIGHUP"),
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
};
