import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const script = new URL("./demonstrate.ts", import.meta.url).pathname;

describe("a demonstration", () => {
  let folder = "";
  let child: ChildProcess | null = null;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cuffwatch-demo-"));
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  type Ended = Readonly<{ code: number | null; output: string }>;

  /** Starts it, lets `look` see all that it printed so far, and waits for its end. */
  const demonstration = (env: Record<string, string>, look: (output: string) => void): Promise<Ended> =>
    new Promise((resolve) => {
      const started = spawn(process.execPath, [script], { cwd: folder, env: { ...process.env, ...env } });
      child = started;
      let output = "";
      const hear = (text: Buffer) => {
        output += text.toString();
        look(output);
      };
      started.stdout.on("data", hear);
      started.stderr.on("data", hear);
      started.on("close", (code) => resolve({ code, output }));
    });

  test("starts a server with the class's file, brings its cuffs, says where to look and ends with the server's code", async () => {
    mkdirSync(join(folder, "data-demo"));
    writeFileSync(join(folder, "data-demo", "old-clocks.sqlite"), "");
    const { code, output } = await demonstration({ STAND_IN_EXIT: "3" }, () => undefined);
    expect(code).toBe(3);
    expect(output).toContain("http://127.0.0.1:8123/wall");
    expect(output).toContain("http://127.0.0.1:8123/floor");
    expect(output).toContain("The server ended by itself (exit code 3).");
    const standIn: unknown = JSON.parse(/STAND-IN (.*)/.exec(output)?.[1] ?? "null");
    expect(standIn).toMatchObject({
      patients: 2,
      files: ["class.json", "demonstration.pid"],
      args: ["--demo", "--class", "data-demo/class.json", "--data", "data-demo", "--http-port", "8123"],
    });
  });

  test("never takes simulated cuffs to the clinic's own broker", async () => {
    const env = { STAND_IN_EXIT: "0", CUFFWATCH_MQTT_URL: "mqtt://127.0.0.1:1" };
    const { output } = await demonstration(env, () => undefined);
    expect(output).toContain('"broker":"own"');
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends with its server and its cuffs on %s", async (signal) => {
    let told = false;
    const { code, output } = await demonstration({}, (so) => {
      if (!told && so.includes("STAND-IN")) told = child?.kill(signal) ?? false;
    });
    expect(code).toBe(0);
    expect(output).not.toContain("ended by itself");
    expect(existsSync(join(folder, "data-demo", "demonstration.pid"))).toBe(false);
  });

  test("hands the server the weeks before today, what was written down first and the last class next", async () => {
    let told = false;
    const { output } = await demonstration({ STAND_IN_PATIENT: "maya" }, (so) => {
      if (!told && so.includes("is complete")) told = child?.kill("SIGTERM") ?? false;
    });
    expect(output).toContain("The history of one week is complete.");
    const parcels = [...output.matchAll(/PARCEL (.*)/g)].map(([, what]) => what);
    expect(parcels.slice(0, 2)).toEqual(["documents", "demo-3"]);
    expect(parcels.at(-1)).toBe("demo-1");
  });

  test("leaves the folder of another demonstration that is running alone", async () => {
    mkdirSync(join(folder, "data-demo"));
    writeFileSync(join(folder, "data-demo", "demonstration.pid"), String(process.pid));
    const { output } = await demonstration({ STAND_IN_EXIT: "0" }, () => undefined);
    expect(output).toContain("A fresh demonstration in ./data-demo-2");
    expect(existsSync(join(folder, "data-demo", "demonstration.pid"))).toBe(true);
  });
});
