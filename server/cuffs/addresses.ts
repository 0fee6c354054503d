/** Under which addresses a cuff reaches the broker: what somebody types into it. */
import os from "node:os";

/** The embedded broker's; where it listens everywhere, one for each address of this machine that others can reach. */
export const embeddedAddresses = (host: string, port: number): readonly string[] => {
  if (host !== "0.0.0.0" && host !== "::") return [addressOf(host, port)];
  const reachable = Object.values(os.networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter((one) => !one.internal && one.family === "IPv4")
    .map((one) => addressOf(one.address, port));
  return reachable.length > 0 ? reachable : [addressOf("127.0.0.1", port)];
};

/** An external broker's, without the server's own name and password. */
export const externalAddress = (url: string): string => {
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${hostname}:${port === "" ? (protocol === "mqtts:" ? "8883" : "1883") : port}`;
};

const addressOf = (host: string, port: number): string =>
  `mqtt://${host.includes(":") ? `[${host}]` : host}:${port}`;
