/** A server process and a simulated class, started and ended together. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { SiteId } from "../shared/ids.ts";
import { run, type Running } from "./run.ts";
import type { SimulatedClass } from "./scenarios.ts";
import { handOver, type WeeksWanted } from "./weeks/handing-over.ts";

export type Demonstration = Readonly<{
  simulated: SimulatedClass;
  site: SiteId;
  serverScript: URL;
  serverFlags: readonly string[];
  /** The weeks before today that the clinic is given a history of; null for a bare one. */
  history: WeeksWanted | null;
  /** Emptied at the start. Another one beside it is used while a demonstration is running in this one. */
  folder: string;
  /** Say what each cuff does. */
  verbose: boolean;
  say: (text: string) => void;
}>;

/** What the server says over its channel once it can be reached. */
const listening = z.object({
  kind: z.literal("listening"),
  /** Where the screens are, as a browser writes it. */
  web: z.string(),
  mqttHost: z.string(),
  mqttPort: z.int(),
});
type Listening = z.infer<typeof listening>;

/** How long the server may take to end before it is made to. */
const patienceMs = 8000;

/** Runs until the server ends or the process is told to stop; the exit code of the whole. */
export const demonstrate = async (wanted: Demonstration): Promise<number> => {
  const folder = freshFolder(wanted.folder);
  const classFile = join(folder, "class.json");
  writeFileSync(classFile, `${JSON.stringify(wanted.simulated.classFile, null, 2)}\n`);
  wanted.say(`A fresh demonstration in ./${folder}: nothing is left of an earlier one.`);

  const server = fork(
    wanted.serverScript,
    ["--demo", "--class", classFile, "--data", folder, ...wanted.serverFlags],
    { env: environment(), stdio: ["ignore", "inherit", "inherit", "ipc"], serialization: "advanced" },
  );
  const endHistory = wanted.history === null ? null : handOver(server, wanted.history, wanted.say);
  const running: Running[] = [];
  server.on("message", (message) => {
    const parsed = listening.safeParse(message);
    if (parsed.success && running.length === 0) running.push(started(wanted, parsed.data));
  });

  const told = new AbortController();
  const stop = () => told.abort();
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // The cuffs first, so that they can still say goodbye.
  told.signal.addEventListener("abort", () => {
    endHistory?.();
    void Promise.all(running.map((cuffs) => cuffs.stop())).then(() => end(server));
  });
  const ended: unknown[] = await once(server, "exit");
  process.off("SIGINT", stop);
  process.off("SIGTERM", stop);
  endHistory?.();
  await Promise.all(running.map((cuffs) => cuffs.stop()));
  rmSync(join(folder, processFile), { force: true });
  const code = typeof ended[0] === "number" ? ended[0] : null;
  if (told.signal.aborted) return code ?? 0;
  wanted.say(`The server ended by itself (${code === null ? String(ended[1]) : `exit code ${code}`}).`);
  return code ?? 1;
};

/** The cuffs, once there is a broker to speak to. */
const started = (wanted: Demonstration, server: Listening): Running => {
  const { web } = server;
  wanted.say(
    [
      "",
      `  The wall    ${web}/wall`,
      `  The floor   ${web}/floor   (tablet or phone)`,
      `  The alarms  ${web}/alarms  (the log)`,
      ...(wanted.history === null
        ? []
        : [`  Before      ${web}/sessions (${wanted.history.weeks} weeks of history, the newest first)`]),
      `  Everybody's PIN is 1234: nobody has to be let in here.`,
      "",
      `  ${wanted.simulated.devices.length} simulated cuffs are joining a class that is under way. Ctrl+C ends it.`,
      "",
    ].join("\n"),
  );
  const link = { url: `mqtt://${reachable(server.mqttHost)}:${server.mqttPort}`, site: wanted.site };
  return run(wanted.simulated, link, (cuff, text) => {
    if (wanted.verbose) wanted.say(`${cuff}  ${text}`);
  });
};

/** A server that listens everywhere is reached at home. */
const reachable = (host: string): string => {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
};

const end = (server: ChildProcess): void => {
  server.kill("SIGTERM");
  setTimeout(() => server.kill("SIGKILL"), patienceMs).unref();
};

/** Simulated cuffs never go to a clinic's own broker, and its records are never a demonstration's. */
const environment = (): NodeJS.ProcessEnv => {
  const env = { ...process.env };
  delete env["CUFFWATCH_MQTT_URL"];
  delete env["CUFFWATCH_DATA"];
  return env;
};

const processFile = "demonstration.pid";

/** An empty folder of this name, or of the next one where a demonstration is running in it. */
const freshFolder = (name: string): string => {
  let folder = name;
  for (let next = 2; isInUse(folder); next++) folder = `${name}-${next}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, processFile), String(process.pid));
  return folder;
};

const isInUse = (folder: string): boolean => {
  try {
    process.kill(Number(readFileSync(join(folder, processFile), "utf8")), 0);
    return true;
  } catch {
    return false;
  }
};
