import path from "node:path";
import { describe, expect, test } from "vitest";
import { asksForHelp, type Config, helpText, parseConfig } from "../../server/config.ts";

const configOf = (env: Record<string, string>, argv: readonly string[] = []): Config => {
  const result = parseConfig(env, argv);
  if (!result.ok) throw new Error(result.problems.join("\n"));
  return result.config;
};
const problemsOf = (env: Record<string, string>, argv: readonly string[] = []): readonly string[] => {
  const result = parseConfig(env, argv);
  return result.ok ? [] : result.problems;
};

describe("settings", () => {
  test("stand at their defaults where nothing is given", () => {
    expect(configOf({})).toEqual({
      httpPort: 8080,
      mqttPort: 1883,
      mqttUrl: null,
      host: "127.0.0.1",
      mqttHost: "127.0.0.1",
      mqttsPort: 8883,
      tlsCert: null,
      tlsKey: null,
      data: path.resolve("data"),
      site: "main",
      classFile: null,
      demo: false,
      logLevel: "info",
    });
  });

  test("come from the environment", () => {
    const config = configOf({
      CUFFWATCH_HTTP_PORT: "9000",
      CUFFWATCH_MQTT_PORT: "0",
      CUFFWATCH_MQTT_URL: "mqtts://cuffs:secret@broker.clinic:8883",
      CUFFWATCH_DATA: "/srv/cuffwatch",
      CUFFWATCH_SITE: "north-2",
      CUFFWATCH_CLASS: "class.json",
      CUFFWATCH_LOG_LEVEL: "warn",
      PATH: "/usr/bin",
    });
    expect(config).toMatchObject({
      httpPort: 9000,
      mqttPort: 0,
      mqttUrl: "mqtts://cuffs:secret@broker.clinic:8883",
      data: "/srv/cuffwatch",
      site: "north-2",
      classFile: path.resolve("class.json"),
      logLevel: "warn",
    });
  });

  test.each([[["--http-port", "9001"]], [["--http-port=9001"]]])("the flag wins: %j", (argv) => {
    expect(configOf({ CUFFWATCH_HTTP_PORT: "9000" }, argv).httpPort).toBe(9001);
  });

  test("a variable that is set to nothing counts as not set", () => {
    expect(configOf({ CUFFWATCH_MQTT_URL: "", CUFFWATCH_HTTP_PORT: "" })).toMatchObject({
      mqttUrl: null,
      httpPort: 8080,
    });
  });

  test("a demonstration records into a folder of its own, unless one is named", () => {
    expect(configOf({}, ["--demo"]).data).toBe(path.resolve("data-demo"));
    expect(configOf({}, ["--demo", "--data", "/tmp/x"]).data).toBe("/tmp/x");
  });

  test("cannot be changed afterwards", () => {
    expect(Object.isFrozen(configOf({}))).toBe(true);
  });

  test("the variable of the browser that tests use is no setting and no mistake", () => {
    expect(problemsOf({ CUFFWATCH_CHROMIUM: "/usr/bin/chromium" })).toEqual([]);
  });
});

describe("a wrong setting is named with what it must be and what it was", () => {
  test.each<[Record<string, string>, readonly string[], string]>([
    [
      { CUFFWATCH_HTTP_PORT: "eighty" },
      [],
      'CUFFWATCH_HTTP_PORT must be a port number from 0 to 65535; it was "eighty".',
    ],
    [{}, ["--mqtt-port", "65536"], '--mqtt-port must be a port number from 0 to 65535; it was "65536".'],
    [
      { CUFFWATCH_SITE: "Main Street" },
      [],
      'CUFFWATCH_SITE must be 1 to 32 of a-z, 0-9 and -; it was "Main Street".',
    ],
    [{ CUFFWATCH_DEMO: "perhaps" }, [], 'CUFFWATCH_DEMO must be 1 or 0; it was "perhaps".'],
    [
      {},
      ["--log-level", "loud"],
      '--log-level must be one of fatal, error, warn, info, debug, trace, silent; it was "loud".',
    ],
    [{}, ["--host", "a b"], '--host must be a host name or an IP address; it was "a b".'],
    [{}, ["--data"], "--data must be the name of a folder; nothing was given."],
    [{}, ["--data", "--demo"], "--data must be the name of a folder; nothing was given."],
    [{}, ["--site", "a", "--site=b"], "--site must be given once; it was given twice."],
    [{}, ["--http-prot", "1"], 'There is no setting "--http-prot"; the nearest is --http-port. See --help.'],
    [
      { CUFFWATCH_MQTTPORT: "1884" },
      [],
      "There is no setting CUFFWATCH_MQTTPORT; the nearest is CUFFWATCH_MQTT_PORT. Correct the name or unset it.",
    ],
  ])("%j %j", (env, argv, sentence) => {
    expect(problemsOf(env, argv)).toContain(sentence);
  });

  test("a wrong broker address is not repeated, since it may hold a password", () => {
    const problems = problemsOf({ CUFFWATCH_MQTT_URL: "http://me:hunter2@broker" });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^CUFFWATCH_MQTT_URL must be an address such as mqtt:/);
    expect(problems[0]).not.toContain("hunter2");
  });

  test("all of them are told at once", () => {
    expect(problemsOf({ CUFFWATCH_HTTP_PORT: "x", CUFFWATCH_SITE: "X" }, ["--nonsense"])).toHaveLength(3);
  });
});

test.each([
  ["--tls-cert", "tls-key"],
  ["--tls-key", "tls-cert"],
])("%s alone is half of what TLS needs", (flag, missing) => {
  const problems = problemsOf({}, [flag, "some.pem"]);
  expect(problems).toEqual([expect.stringContaining(`without --${missing}`)]);
  expect(problemsOf({}, [flag, "some.pem", `--${missing}`, "other.pem"])).toEqual([]);
});

test("the help names every setting with its default", () => {
  expect(asksForHelp(["--help"])).toBe(true);
  expect(asksForHelp(["--demo"])).toBe(false);
  const help = helpText();
  for (const flag of [
    "--http-port PORT",
    "--mqtt-url URL",
    "--tls-cert FILE",
    "--class FILE",
    "--log-level LEVEL",
  ])
    expect(help).toContain(flag);
  expect(help).toContain("(8080)");
});
