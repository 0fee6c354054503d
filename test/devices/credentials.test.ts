/** Simulated cuffs with credentials, at a broker that lets nobody else in. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { withBasicCuffs } from "../../devices/basic-class.ts";
import { check } from "../../devices/check.ts";
import { scenarioFlag, WrongFlag } from "../../devices/flags.ts";
import { passwordsFrom } from "../../devices/passwords.ts";
import { run } from "../../devices/run.ts";
import type { Broker } from "../../server/broker/broker.ts";
import { embeddedBroker } from "../../server/broker/embedded.ts";
import { permitOf } from "../../server/broker/permit.ts";
import { Gate } from "../../server/cuffs/gate.ts";
import { hashOf } from "../../server/cuffs/password.ts";
import { parseRoster } from "../../shared/plan/roster.ts";
import { cuffId, siteId } from "../../shared/ids.ts";
import { eventually } from "../support/mqtt-client.ts";

const site = siteId("main");
const simulated = () =>
  withBasicCuffs(scenarioFlag("calm").build({ patients: 2, seed: 7, hz: 5, samples: 2 }), 1);

let broker: Broker;
let url = "";
let heard = new Set<string>();
beforeEach(async () => {
  heard = new Set();
  const gate = new Gate({
    strangers: "never",
    now: () => performance.now(),
    turnedAway: () => undefined,
    refused: () => undefined,
  });
  gate.set(
    await Promise.all(
      simulated().devices.map(async ({ cuff: { spec }, basicTopic }) => ({
        cuff: spec.cuff,
        hash: await hashOf(`${spec.cuff}-password`),
        permit: permitOf(site, spec.cuff, basicTopic ?? null),
      })),
    ),
  );
  broker = embeddedBroker({ host: "127.0.0.1", port: 0, admission: gate });
  broker.onMessage((topic, payload) => {
    heard.add(topic);
    if (topic.endsWith("pressure/state")) expect(Buffer.from(payload).toString()).toMatch(/^-?\d+\.\d$/);
  });
  const started = await broker.start();
  if (!started.ok) throw new Error(started.problem);
  url = `mqtt://127.0.0.1:${started.port}`;
});
afterEach(() => broker.stop());

const passwords = new Map([1, 2].map((n) => [cuffId(`cuff-0${n}`), `cuff-0${n}-password`]));

test("each comes in with its own password, one of the contract and a basic one", async () => {
  const running = run(simulated(), { url, site, passwords }, () => undefined);
  await eventually(() => {
    expect(heard).toContain("bfr/v1/main/cuff-01/data");
    expect(heard).toContain("cuff-02/sensor/pressure/state");
  });
  expect([...heard].some((topic) => topic.startsWith("bfr/v1/main/cuff-02/"))).toBe(false);
  expect(broker.figures()).toMatchObject({ refused: 0, turnedAway: 0 });
  await running.stop();
});

test("without a password none comes in, and it says so", async () => {
  const said: string[] = [];
  const running = run(simulated(), { url, site }, (cuff, text) => said.push(`${cuff} ${text}`));
  await eventually(() => expect(said.join("\n")).toContain("Not authorized"));
  expect(heard.size).toBe(0);
  await running.stop();
});

test("the checker hears a cuff with that cuff's own credentials", async () => {
  const running = run(simulated(), { url, site, passwords }, () => undefined);
  await eventually(() => expect(heard).toContain("bfr/v1/main/cuff-01/data"));
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(text);
  const args = ["--cuff", "cuff-01", "--url", url, "--seconds", "1"];
  expect(await check([...args, "--password", "cuff-01-password"], say)).not.toBe(2);
  expect(lines.join("\n")).toMatch(/in the \d+ data messages that were heard|departs from the contract/);
  expect(await check([...args, "--password", "wrong"], say)).toBe(2);
  expect(lines.at(-1)).toContain("that lets this in");
  expect(lines.join("\n")).not.toContain("cuff-01-password");
  await running.stop();
}, 20_000);

test("a class with basic cuffs has a class file that fits", () => {
  const { classFile } = simulated();
  const parsed = parseRoster(classFile);
  expect(parsed.ok && parsed.roster.basicCuffs).toMatchObject([
    { cuff: "cuff-02", topic: "cuff-02/sensor/pressure/state", intervalMs: 200 },
  ]);
});

test("passwords are pairs, from the environment or a file, and never repeated in a complaint", () => {
  const some = passwordsFrom(undefined, { CUFF_PASSWORDS: "cuff-01=a=b\n cuff-02=c" });
  expect([...some]).toEqual([
    ["cuff-01", "a=b"],
    ["cuff-02", "c"],
  ]);
  expect(passwordsFrom(undefined, {}).size).toBe(0);
  const wrong = (): unknown => passwordsFrom(undefined, { CUFF_PASSWORDS: "hunter2" });
  expect(wrong).toThrow(WrongFlag);
  expect(wrong).not.toThrow(/hunter2/);
  expect(() => passwordsFrom("/nowhere", {})).toThrow("/nowhere cannot be read");
});
