/** Under which addresses a cuff reaches the broker: what somebody types into it. */
import os from "node:os";
import { type Config, plainMqttHost } from "../config.ts";
import type { Ports } from "../listen.ts";

/** All of them, with TLS first where there is any. */
export const brokerAddresses = (
  { mqttUrl, mqttHost, ...config }: Pick<Config, "mqttUrl" | "mqttHost" | "tlsCert">,
  { mqttPort, mqttsPort }: Pick<Ports, "mqttPort" | "mqttsPort">,
): readonly string[] => {
  if (mqttUrl !== null) return [externalAddress(mqttUrl)];
  const secure = mqttsPort === null ? [] : embeddedAddresses(mqttHost, mqttsPort, "mqtts");
  return [...secure, ...embeddedAddresses(plainMqttHost({ mqttHost, ...config }), mqttPort)];
};

/** The embedded broker's; where it listens everywhere, one for each address of this machine that others can reach. */
export const embeddedAddresses = (
  host: string,
  port: number,
  scheme: "mqtt" | "mqtts" = "mqtt",
): readonly string[] => {
  const addressOf = (name: string): string =>
    `${scheme}://${name.includes(":") ? `[${name}]` : name}:${port}`;
  if (host !== "0.0.0.0" && host !== "::") return [addressOf(host)];
  const reachable = Object.values(os.networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter((one) => !one.internal && one.family === "IPv4")
    .map((one) => addressOf(one.address));
  return reachable.length > 0 ? reachable : [addressOf("127.0.0.1")];
};

/** An external broker's, without the server's own name and password. */
export const externalAddress = (url: string): string => {
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${hostname}:${port === "" ? (protocol === "mqtts:" ? "8883" : "1883") : port}`;
};
