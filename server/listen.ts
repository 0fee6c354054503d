/** Takes the ports that the server was given, or says which it cannot have. */
import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { Broker } from "./broker/broker.ts";
import type { Config } from "./config.ts";

export type Ports = Readonly<{ httpPort: number; mqttPort: number; mqttsPort: number | null }>;

/** Ends the start with sentences for the person who started it. */
export class CannotStart extends Error {}

/** Serves the screens and starts the broker: both, or neither. */
export const listen = async (http: HttpServer, broker: Broker, config: Config): Promise<Ports> => {
  const httpPort = await listenHttp(http, config);
  const started = await broker.start();
  if (!started.ok) {
    http.close();
    throw new CannotStart(started.problem);
  }
  return { httpPort, mqttPort: started.port, mqttsPort: started.tlsPort };
};

const listenHttp = async (http: HttpServer, { host, httpPort, demo }: Config): Promise<number> => {
  for (const port of demo ? [httpPort, 0] : [httpPort]) {
    http.listen(port, host);
    try {
      await once(http, "listening");
      const address = http.address();
      return typeof address === "object" && address !== null ? address.port : port;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (demo && code === "EADDRINUSE" && port !== 0) continue;
      throw new CannotStart(whyNotServed(code, host, port));
    }
  }
  throw new CannotStart(whyNotServed("", host, httpPort));
};

const whyNotServed = (code: string, host: string, port: number): string => {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program, so the screens cannot be served there. Stop that program, or choose another port with --http-port.`;
    case "EACCES":
      return `Port ${port} may not be used by this user. Choose one above 1023 with --http-port.`;
    default:
      return `The screens cannot be served at ${host}:${port} (${code}). --host takes an address of this machine.`;
  }
};
