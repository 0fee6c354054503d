/** The parts of the server as the settings want them; each ends the start with a sentence where it cannot be had. */
import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { Epoch } from "../shared/ids.ts";
import type { Monotonic } from "../shared/units.ts";
import type { ScreenToServer, ServerToScreen } from "../shared/wire.ts";
import { createDoor, type Door, type DoorOptions } from "./auth/door.ts";
import type { Admission } from "./broker/admission.ts";
import type { Broker } from "./broker/broker.ts";
import { embeddedBroker } from "./broker/embedded.ts";
import { externalBroker } from "./broker/external.ts";
import { readClassFile } from "./class-file.ts";
import { type Config, isLoopback, plainMqttHost } from "./config.ts";
import { externalAddress } from "./cuffs/addresses.ts";
import { type CuffBook, openCuffBook, strangersOf } from "./cuffs/desk.ts";
import { mosquittoFiles } from "./cuffs/mosquitto.ts";
import { isMeantForLoopback, isSameOrigin } from "./http/same-origin.ts";
import { CannotStart } from "./listen.ts";
import type { Log } from "./log.ts";
import type { Sockets } from "./push.ts";
import type { Register } from "./register/register.ts";
import { readTls, type Tls } from "./tls.ts";

/** The largest message that a screen may send, in bytes; a command is a few hundred. */
const largestFromScreen = 16 * 1024;

/** The class file that the settings name, if they do. */
export const classFileOf = async (config: Config) => {
  if (config.classFile === null) return null;
  const read = await readClassFile(config.classFile);
  if (!read.ok) throw new CannotStart(read.problems.join("\n"));
  return read;
};

/** The credentials of the cuffs, and the files that a Mosquitto needs of them. */
export const cuffBookOf = async (
  config: Config,
  parts: Readonly<{ register: Register; now: () => Monotonic; log: Log }>,
): Promise<CuffBook> => {
  const { site, data } = config;
  const address = config.mqttUrl === null ? "mqtt://127.0.0.1:1883" : externalAddress(config.mqttUrl);
  const files = mosquittoFiles({ data, site, address, log: parts.log });
  const opened = await openCuffBook({ ...parts, site, strangers: strangersOf(config), changed: files.write });
  if (!opened.ok) throw new CannotStart(opened.error.detail);
  return opened.value;
};

/** Who may come in. */
export const doorOf = async (options: DoorOptions): Promise<Door> => {
  const opened = await createDoor(options);
  if (!opened.ok) throw new CannotStart(opened.error.detail);
  return opened.value;
};

/** The certificate that the settings name, if they do. */
export const tlsOf = ({ tlsCert, tlsKey }: Config): Tls | null => {
  if (tlsCert === null || tlsKey === null) return null;
  const read = readTls(tlsCert, tlsKey, Date.now());
  if (!read.ok) throw new CannotStart(read.problem);
  if (read.warning !== null) complain(read.warning);
  return read.tls;
};

/** The broker inside of this process, or the one that the settings name. */
export const brokerOf = (
  config: Config,
  { epoch, admission, tls }: Readonly<{ epoch: Epoch; admission: Admission; tls: Tls | null }>,
): Broker =>
  config.mqttUrl === null
    ? embeddedBroker({
        host: plainMqttHost(config),
        port: config.mqttPort,
        ...{ orFree: config.demo, admission },
        secure: tls === null ? undefined : { host: config.mqttHost, port: config.mqttsPort, tls },
      })
    : externalBroker({ url: config.mqttUrl, site: config.site, epoch });

/** The sockets of the screens, closed to pages of other origins. */
export const socketsOf = (http: HttpServer, config: Config): Sockets =>
  new Server<ScreenToServer, ServerToScreen>(http, {
    serveClient: false,
    maxHttpBufferSize: largestFromScreen,
    // A screen whose connection broke without a word counts as listening until it is found out.
    ...{ pingInterval: 5000, pingTimeout: 5000 },
    allowRequest: ({ headers }, done) =>
      done(null, isSameOrigin(headers) && (!isLoopback(config.host) || isMeantForLoopback(headers.host))),
  });

/** Says something to the person who started the server. */
export const complain = (...lines: readonly string[]): void => {
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
};
