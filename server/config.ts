/**
 * Settings of the server: each by environment variable and by a flag of the same name, parsed once into a frozen object.
 * The flag wins over the variable. One table makes the parser, the sentences about wrong values and the `--help` text.
 */
import path from "node:path";
import { z } from "zod";
import { namePattern, type SiteId, siteId } from "../shared/ids.ts";
import { readSettings, type Setting } from "./settings.ts";

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export type Config = Readonly<{
  /** Port of the screens; 0 takes a free one. */
  httpPort: number;
  /** Port of the embedded broker; 0 takes a free one. Unused with `mqttUrl`. */
  mqttPort: number;
  /** Port of the embedded broker's TLS listener; 0 takes a free one. Unused without TLS. */
  mqttsPort: number;
  /** An external broker instead of the embedded one, with its credentials: never to be logged. */
  mqttUrl: string | null;
  host: string;
  mqttHost: string;
  /** The files for TLS, absolute; both or none. */
  tlsCert: string | null;
  tlsKey: string | null;
  /** The data folder, absolute. */
  data: string;
  site: SiteId;
  /** The class file, absolute, or null. */
  classFile: string | null;
  demo: boolean;
  logLevel: LogLevel;
}>;

export type ConfigResult =
  Readonly<{ ok: true; config: Config }> | Readonly<{ ok: false; problems: readonly string[] }>;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(65_535));
const host = z.string().regex(/^[0-9A-Za-z:._-]{1,255}$/);
const folder = z
  .string()
  .min(1)
  .transform((name) => path.resolve(name));
const yes = z
  .enum(["1", "true", "yes", "0", "false", "no"])
  .transform((word) => word === "1" || word === "true" || word === "yes");

const isBrokerUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "mqtt:" || url.protocol === "mqtts:") && url.hostname !== "";
};

const table = {
  httpPort: {
    flag: "http-port",
    value: port,
    fallback: 8080,
    takes: "PORT",
    must: "a port number from 0 to 65535",
    help: "where the screens are served; 0 takes a free port",
  },
  mqttPort: {
    flag: "mqtt-port",
    value: port,
    fallback: 1883,
    takes: "PORT",
    must: "a port number from 0 to 65535",
    help: "where the embedded broker listens for cuffs; 0 takes a free port",
  },
  mqttsPort: {
    flag: "mqtts-port",
    value: port,
    fallback: 8883,
    takes: "PORT",
    must: "a port number from 0 to 65535",
    help: "where it listens for cuffs that speak TLS, with --tls-cert; 0 takes a free port",
  },
  mqttUrl: {
    flag: "mqtt-url",
    value: z.string().refine(isBrokerUrl),
    fallback: null,
    takes: "URL",
    must: "an address such as mqtt://broker:1883 or mqtts://name:password@broker:8883",
    help: "an external MQTT 3.1.1 broker instead of the embedded one",
    secret: true,
  },
  host: {
    flag: "host",
    value: host,
    fallback: "127.0.0.1",
    takes: "ADDRESS",
    must: "a host name or an IP address",
    help: "on which address the screens are served; 0.0.0.0 lets other machines in",
  },
  mqttHost: {
    flag: "mqtt-host",
    value: host,
    fallback: "127.0.0.1",
    takes: "ADDRESS",
    must: "a host name or an IP address",
    help: "on which address the embedded broker listens; beyond loopback with TLS alone, where that is given",
  },
  tlsCert: {
    flag: "tls-cert",
    value: folder,
    fallback: null,
    takes: "FILE",
    must: "the name of a file",
    help: "a certificate in PEM: the screens are served over HTTPS, and the broker speaks TLS",
  },
  tlsKey: {
    flag: "tls-key",
    value: folder,
    fallback: null,
    takes: "FILE",
    must: "the name of a file",
    help: "its private key in PEM, without a passphrase",
  },
  data: {
    flag: "data",
    value: folder,
    fallback: null,
    takes: "FOLDER",
    must: "the name of a folder",
    help: "where sessions are recorded (./data, or ./data-demo with --demo)",
  },
  site: {
    flag: "site",
    value: z.string().regex(namePattern).transform(siteId),
    fallback: siteId("main"),
    takes: "NAME",
    must: "1 to 32 of a-z, 0-9 and -",
    help: "the site's name in its topics, bfr/v1/NAME/…",
  },
  classFile: {
    flag: "class",
    value: folder,
    fallback: null,
    takes: "FILE",
    must: "the name of a class file",
    help: "who wears what: plans, stations, staff and basic cuffs, as JSON",
  },
  demo: {
    flag: "demo",
    value: yes,
    fallback: false,
    takes: null,
    must: "1 or 0",
    help: "every page says SIMULATED, and data goes to a folder of its own",
  },
  logLevel: {
    flag: "log-level",
    value: z.enum(logLevels),
    fallback: "info",
    takes: "LEVEL",
    must: `one of ${logLevels.join(", ")}`,
    help: "how much is logged",
  },
} as const satisfies Record<keyof Config, Setting>;

/** Whether an address can be reached from this machine only. */
export const isLoopback = (address: string): boolean =>
  address === "localhost" || address === "::1" || /^127(\.\d{1,3}){3}$/.test(address);

/** Where the embedded broker speaks without TLS: beyond this machine only where there is no TLS. */
export const plainMqttHost = ({ mqttHost, tlsCert }: Pick<Config, "mqttHost" | "tlsCert">): string =>
  tlsCert === null || isLoopback(mqttHost) ? mqttHost : "127.0.0.1";

/** Whether the command line asks what can be set. */
export const asksForHelp = (argv: readonly string[]): boolean =>
  argv.includes("--help") || argv.includes("-h");

/**
 * The settings in `env` and `argv` (without node and script), or every sentence that says what is wrong with them.
 * An unknown flag or `CUFFWATCH_` variable is wrong too: a mistyped limit must not be a silent default.
 */
export const parseConfig = (
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): ConfigResult => {
  const { values, problems } = readSettings(table, env, argv);
  const config: Config = { ...values, data: values.data ?? path.resolve(values.demo ? "data-demo" : "data") };
  const all = [...problems, ...halfTls(config)];
  return all.length > 0 ? { ok: false, problems: all } : { ok: true, config: Object.freeze(config) };
};

const halfTls = ({ tlsCert, tlsKey }: Config): readonly string[] => {
  if ((tlsCert === null) === (tlsKey === null)) return [];
  const [given, missing] = tlsCert === null ? ["tls-key", "tls-cert"] : ["tls-cert", "tls-key"];
  return [`--${given} is given without --${missing}; TLS needs the certificate and its key.`];
};

/** What `--help` prints. */
export const helpText = (): string => {
  const rows = Object.values<Setting>(table).map((s): readonly [string, string] => {
    const fallback = s.fallback === null || s.fallback === false ? "" : ` (${String(s.fallback)})`;
    return [`--${s.flag}${s.takes === null ? "" : ` ${s.takes}`}`, `${s.help}${fallback}`];
  });
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return [
    "Usage: npm start -- [settings]",
    "",
    ...rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`),
    "",
    "Each can be given as an environment variable too: --http-port 8080 is CUFFWATCH_HTTP_PORT=8080.",
    "The flag wins. A password is better given in the variable: flags can be seen by everybody on the machine.",
  ].join("\n");
};
