/** The broker inside the server: a clinic needs no other. Cuffs connect to it over TCP. */
import { type EventEmitter, once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { setTimeout as delay } from "node:timers/promises";
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket } from "aedes";
import { parseTopic } from "../../shared/cuff/topic.ts";
import type { Admission } from "./admission.ts";
import type { Tls } from "../tls.ts";
import {
  type Broker,
  type BrokerState,
  isServersOwn,
  Listeners,
  type MessageListener,
  type Started,
} from "./broker.ts";
import { Doorkeeper } from "./doorkeeper.ts";
import { packetGuard } from "./packet-guard.ts";
import { RetainedBudget } from "./retained-budget.ts";

export type EmbeddedOptions = Readonly<{
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Take a free port where `port` is taken, as the demonstration does. */
  orFree?: boolean;
  /** Who is let in, and what each may do. */
  admission: Admission;
  /** Another listener beside the plain one, for cuffs that speak TLS. */
  secure?: Readonly<{ host: string; port: number; tls: Tls }> | undefined;
}>;

/** A larger packet ends its connection; payloads over 64 KiB still arrive, to be counted. */
const largestPacket = 256 * 1024;
const mostConnections = 8192;
/** A connection that does not say who it is within this time is ended, in milliseconds. */
const connectTimeout = 5000;
/** A subscriber that takes nothing for this long is ended, since a publisher waits for it, in milliseconds. */
const drainTimeout = 2000;
/** A subscriber that is this many bytes behind gets no more messages of QoS 0 until it has caught up. */
const farBehind = 32 * 1024;
/** How long the last messages may take at the end, in milliseconds. */
const lastWordsMs = 500;

/** What is swallowed goes here, where nobody listens: ending the connection would silence every cuff of a gateway. */
const nowhere = "$SYS/refused";

export const embeddedBroker = ({
  host,
  port,
  orFree = false,
  admission,
  secure,
}: EmbeddedOptions): Broker => {
  const messages = new Listeners<Parameters<MessageListener>>();
  const states = new Listeners<[BrokerState]>();
  const retained = new RetainedBudget();
  const onTheirWay = new Set<Promise<void>>();
  const door = new Doorkeeper(admission);
  let state: BrokerState = { kind: "stopped", detail: "The embedded broker has not been started." };
  let dropped = 0;
  let refused = 0;
  let oversized = 0;

  const aedes = new Aedes({
    connectTimeout,
    drainTimeout,
    // Without a bound a subscriber that is slow holds back its own messages only.
    concurrency: 0,
    queueLimit: 1000,
    preConnect: (_client, packet, done) => {
      // No session outlives its connection: a queue for an absent client would grow without end and deliver late.
      packet.clean = true;
      done(null, true);
    },
    authenticate: door.authenticate,
    authorizeSubscribe: (client, subscription, done) => {
      const allowed = door.maySubscribe(client, subscription.topic);
      if (!allowed) refused += 1;
      done(null, allowed ? subscription : null);
    },
    authorizePublish: (client, packet, done) => {
      if (!isClients(packet.topic) || !door.mayPublish(client, packet)) {
        if (!door.hasPutOut(client)) refused += 1;
        packet.topic = nowhere;
        packet.payload = "";
        packet.retain = false;
      } else if (packet.retain)
        packet.retain =
          mayBeRetained(packet.topic) && retained.allows(packet.topic, Buffer.byteLength(packet.payload));
      done(null);
    },
    authorizeForward: (client: Client, packet: AedesPublishPacket) =>
      packet.qos === 0 && isFarBehind(client, packet) ? null : packet,
  });

  // The hook is told of each publish once, before any subscriber is served, and never of a replay: what arrives here is
  // first-hand, whatever the publisher's retain bit says (contract, "Live, late, historic, retained").
  const hear = (packet: AedesPublishPacket, done: () => void): void => {
    if (isFromClient(packet) && state.kind === "up") messages.tell(packet.topic, bytesOf(packet), false);
    done();
  };

  const sockets = new Set<net.Socket>();
  const track = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  };
  const receive = (socket: net.Socket): void => {
    track(socket);
    socket.setNoDelay(true);
    aedes.handle(socket);
    const guard = packetGuard(largestPacket);
    socket.on("data", (chunk: Buffer) => {
      if (guard(chunk)) return;
      oversized += 1;
      socket.destroy();
    });
  };
  const plain = net.createServer(receive);
  const secured =
    secure === undefined
      ? null
      : tls.createServer({ ...secure.tls, handshakeTimeout: connectTimeout }, receive);
  // A handshake that fails ends its own connection and nothing else.
  secured?.on("tlsClientError", (_error, socket) => socket.destroy()).on("connection", track);
  const servers: readonly net.Server[] = [plain, ...(secured === null ? [] : [secured])];
  for (const server of servers) server.maxConnections = mostConnections;

  const setState = (next: BrokerState): void => {
    state = next;
    states.tell(next);
  };

  const listen = async (
    server: net.Server,
    at: string,
    on: number,
  ): Promise<number | NodeJS.ErrnoException> => {
    try {
      server.listen({ host: at, port: on });
      await once(server, "listening");
      const address = server.address();
      return typeof address === "object" && address !== null ? address.port : on;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };

  return {
    start: async (): Promise<Started> => {
      await aedes.listen();
      // A client that breaks the protocol loses its connection; this is the broker's own trouble, which it must survive.
      const emitter: EventEmitter = aedes;
      emitter.on("error", (error: Error) =>
        setState({ kind: state.kind, detail: `The embedded broker reports: ${error.message}.` }),
      );
      await new Promise<void>((resolve) => aedes.subscribe("#", hear, resolve));
      const bind = async (
        server: net.Server,
        at: string,
        on: number,
      ): Promise<number | NodeJS.ErrnoException> => {
        const bound = await listen(server, at, on);
        return typeof bound !== "number" && bound.code === "EADDRINUSE" && orFree
          ? listen(server, at, 0)
          : bound;
      };
      const bound = await bind(plain, host, port);
      if (typeof bound !== "number") {
        aedes.close();
        return { ok: false, problem: whyNot(host, port, bound) };
      }
      const boundTls =
        secure === undefined || secured === null ? null : await bind(secured, secure.host, secure.port);
      if (boundTls !== null && typeof boundTls !== "number") {
        plain.close();
        aedes.close();
        return {
          ok: false,
          problem: whyNot(secure?.host ?? host, secure?.port ?? port, boundTls, "mqtts-port"),
        };
      }
      for (const server of servers)
        server.on("error", (error) =>
          setState({
            kind: state.kind,
            detail: `The embedded broker cannot take a connection (${error.message}).`,
          }),
        );
      const andTls = boundTls === null ? "" : `, and with TLS on ${secure?.host ?? host}, port ${boundTls}`;
      setState({ kind: "up", detail: `The embedded broker listens on ${host}, port ${bound}${andTls}.` });
      return { ok: true, port: bound, tlsPort: boundTls };
    },
    publish: (topic, payload, { qos, retain }) => {
      if (state.kind !== "up") {
        dropped += 1;
        return;
      }
      const sent = new Promise<void>((resolve) =>
        aedes.publish({ cmd: "publish", topic, payload, qos, retain, dup: false }, () => resolve()),
      );
      onTheirWay.add(sent);
      void sent.then(() => onTheirWay.delete(sent));
    },
    // It hears all that passes through it.
    watchTopics: () => () => undefined,
    onMessage: (listener) => messages.add(listener),
    state: () => state,
    onState: (listener) => states.add(listener),
    figures: () => ({
      ...{ dropped, refused, oversized },
      ...{ clients: aedes.connectedClients, turnedAway: admission.turnedAway },
    }),
    stop: async () => {
      if (state.kind === "stopped") return;
      // Before the connections end, so that the wills of cuffs that lose their broker are not taken for their word.
      setState({ kind: "stopped", detail: "The embedded broker has been stopped." });
      await Promise.race([Promise.all(onTheirWay), delay(lastWordsMs)]);
      door.close();
      const closed = Promise.all(servers.map((server) => once(server, "close")));
      for (const server of servers) server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

const isClients = (topic: string): boolean =>
  topic !== "" && !topic.startsWith("$") && !/[+#]/.test(topic) && !isServersOwn(topic);

/** Of the contract's own channels only the two that are retained by contract may be: kept data would look like news. */
const mayBeRetained = (topic: string): boolean => {
  if (!topic.startsWith("bfr/")) return true;
  const parsed = parseTopic(topic);
  return parsed.ok && (parsed.value?.channel === "status" || parsed.value?.channel === "meta");
};

const isFarBehind = ({ conn }: Client, { payload }: PublishPacket): boolean =>
  conn.writableLength > 0 && conn.writableLength + Buffer.byteLength(payload) > farBehind;

const isFromClient = (packet: AedesPublishPacket): boolean =>
  "clientId" in packet && typeof packet.clientId === "string" && !packet.topic.startsWith("$");

const bytesOf = (packet: PublishPacket): Uint8Array =>
  typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;

const whyNot = (
  host: string,
  port: number,
  error: NodeJS.ErrnoException,
  flag: "mqtt-port" | "mqtts-port" = "mqtt-port",
): string => {
  const setting = `--${flag} (CUFFWATCH_${flag.toUpperCase().replace("-", "_")})`;
  switch (error.code) {
    case "EADDRINUSE":
      return (
        `Port ${port} on ${host} is taken, most likely by another MQTT broker. Stop that one, choose another port with ` +
        `${setting}, or use that broker with --mqtt-url ${flag.slice(0, -5)}://${host}:${port}.`
      );
    case "EACCES":
      return `Port ${port} may not be used by this user. Choose one above 1023 with ${setting}.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine. Correct --mqtt-host (CUFFWATCH_MQTT_HOST).`;
    default:
      return `The embedded broker cannot listen on ${host}, port ${port} (${error.message}).`;
  }
};
