import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  brokerFlag,
  cuffFlag,
  flagsFrom,
  numberFlag,
  scenarioFlag,
  siteFlag,
  WrongFlag,
} from "../../devices/flags.ts";
import { scenarios } from "../../devices/scenarios.ts";
import { parseRoster } from "../../shared/plan/roster.ts";
import { testBroker } from "./broker.ts";

const script = (name: string) => new URL(`../../devices/${name}.ts`, import.meta.url).pathname;
const run = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, [script(name), ...args], { encoding: "utf8", timeout: 10_000 });

const range = { from: 1, to: 32, whole: true };

test.each([
  [
    "too many",
    () => numberFlag("patients", "33", range),
    '--patients must be a whole number from 1 to 32; it was "33".',
  ],
  ["half a patient", () => numberFlag("patients", "1.5", range), "whole number"],
  ["no number", () => numberFlag("patients", "many", range), '"many"'],
  ["nothing", () => numberFlag("patients", "", range), "whole number"],
  ["a wrong site", () => siteFlag("Main Hall"), "--site must be 1 to 32 of a-z, 0-9 and -"],
  ["a reserved cuff", () => cuffFlag("host"), 'never "host"'],
  ["no cuff", () => cuffFlag(undefined), "it was missing"],
  ["a web address", () => brokerFlag("http://127.0.0.1"), 'mqtt://127.0.0.1:1883; it was "http://127.0.0.1"'],
  ["no address", () => brokerFlag("localhost"), "--url must be"],
  ["an unknown scenario", () => scenarioFlag("toString"), "--scenario must be one of demo, calm, overrun"],
])("%s is refused in a sentence", (_, flag, sentence) => {
  expect(flag).toThrow(WrongFlag);
  expect(flag).toThrow(sentence);
});

test("an error of the program itself is not mistaken for a wrong flag", () => {
  const broken = () =>
    flagsFrom(() => {
      throw new RangeError("broken");
    });
  expect(broken).toThrow(RangeError);
});

test("--help names every scenario", () => {
  const { status, stdout } = run("cli", "--help");
  expect(status).toBe(0);
  for (const name of Object.keys(scenarios)) expect(stdout).toContain(name);
});

test.each([
  ["cli", "--patient", "3"],
  ["cli", "calm"],
  ["demo", "--data", "elsewhere"],
])("%s %s %s ends with code 2, one sentence and no stack", (name, ...args) => {
  const { status, stderr } = run(name, ...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(/--help lists what there is\.\n$/);
  expect(stderr).not.toContain("    at ");
});

test("the cuffs of a scenario reach a broker, and their class file is written", async () => {
  const broker = await testBroker();
  const folder = mkdtempSync(join(tmpdir(), "cuffwatch-cuffs-"));
  try {
    const file = join(folder, "class.json");
    const args = [
      "--url",
      broker.url,
      "--scenario",
      "calm",
      "--patients",
      "3",
      "--class-out",
      file,
      "--seconds",
      "60",
    ];
    const child = spawn(process.execPath, [script("cli"), ...args], { stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    await broker.until(
      (heard) => new Set(heard.filter((h) => h.channel === "data").map((h) => h.cuff)).size === 3,
    );
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(parseRoster(JSON.parse(readFileSync(file, "utf8"))).ok).toBe(true);
    const goodbyes = broker.heard.filter(({ message }) => message["state"] === "offline");
    expect(new Set(goodbyes.map(({ cuff }) => cuff)).size).toBe(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await broker.close();
  }
});

test("cuffs that are ready go up at a line from the keyboard, the one that it names", async () => {
  const broker = await testBroker();
  const cuffs = spawn(process.execPath, [
    script("cli"),
    "--url",
    broker.url,
    "--scenario",
    "ready",
    "--patients",
    "2",
  ]);
  let said = "";
  try {
    await new Promise<void>((resolve, reject) => {
      cuffs.on("error", reject);
      cuffs.on("exit", () => reject(new Error(said)));
      cuffs.stdout.on("data", (some: Buffer) => {
        const before = said;
        said += some.toString();
        if (!before.includes("Press Enter") && said.includes("Press Enter"))
          cuffs.stdin.write("other\ncuff-02\n");
        if (said.includes("inflates to")) resolve();
      });
    });
  } finally {
    cuffs.kill("SIGKILL");
    await broker.close();
  }
  expect(said).toContain('No cuff here is called "other".');
  expect(said).toMatch(/cuff-02 {2}inflates to/);
  expect(said).not.toContain("cuff-01");
}, 10_000);
