/** What whoever started the server wants to know first, beside the log. */
import os from "node:os";
import { type Config, isLoopback } from "./config.ts";
import type { Ports } from "./listen.ts";
import type { Roster } from "../shared/plan/roster.ts";

/** Where the screens are, as a person on another machine would write it. */
export const webAddress = ({ host, tlsCert }: Config, port: number): string =>
  `${tlsCert === null ? "http" : "https"}://${reachable(host)}:${port}`;

/** Whether patients' names and passwords travel to other machines in the clear. */
export const isUnencrypted = ({ host, tlsCert }: Config): boolean => !isLoopback(host) && tlsCert === null;

export type Welcome = Readonly<{
  config: Config;
  ports: Ports;
  roster: Roster;
  /** The path of the link by which the first person comes in; null once somebody has. */
  setupPath: string | null;
}>;

/** By which the first person comes in: the last that is said, with space around it, since all else can wait. */
export const wayIn = ({ config, ports, setupPath }: Omit<Welcome, "roster">): readonly string[] =>
  setupPath === null
    ? []
    : [
        "",
        "Nobody can sign in yet. Open this link once, to become the first administrator:",
        `  ${webAddress(config, ports.httpPort)}${setupPath}`,
        "",
      ];

/** The demonstration says where its screens are by itself. */
export const welcome = ({ config, ports, roster }: Omit<Welcome, "setupPath">): readonly string[] => {
  const web = webAddress(config, ports.httpPort);
  const worn = new Set(roster.stations.flatMap((s) => s.cuffs.map((c) => c.cuff)));
  const moved = ports.httpPort !== config.httpPort && config.httpPort !== 0;
  return [
    ...(moved ? [`Port ${config.httpPort} is taken by another program, so the screens are at ${web}.`] : []),
    ...(config.demo ? [] : [`The wall is at ${web}/wall, the floor at ${web}/floor.`]),
    ...(isUnencrypted(config) ? [unencrypted] : []),
    ...(isLoopback(config.mqttHost) || config.tlsCert !== null || config.mqttUrl !== null
      ? []
      : [plainCuffs]),
    ...(roster.stations.length > 0
      ? []
      : ["Nobody is in the class yet: start one on the floor, or name a class file with --class."]),
    ...roster.basicCuffs
      .filter((b) => !worn.has(b.cuff))
      .map((b) => `The basic cuff ${b.cuff} is at no station of the class file: is its name right?`),
  ];
};

const unencrypted =
  "Other machines reach the screens, and there is no TLS: on the way anybody on that network can read patients' names and the staff's " +
  "passwords, and can act with them. Do this on a network of the clinic's own only, or give a certificate with --tls-cert and --tls-key.";
const plainCuffs =
  "Other machines reach the cuffs' broker, and there is no TLS: on the way anybody on that network can read what cuffs publish and " +
  "their passwords. No patient's name is among it. A certificate with --tls-cert and --tls-key ends that.";

/** A server that listens everywhere is reached at one of this machine's own addresses. */
const reachable = (host: string): string => {
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? (ownAddress() ?? "localhost") : host;
  return name.includes(":") ? `[${name}]` : name;
};

const ownAddress = (): string | undefined =>
  Object.values(os.networkInterfaces())
    .flat()
    .find((one) => one !== undefined && !one.internal && one.family === "IPv4")?.address;
