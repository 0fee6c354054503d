/** Any MQTT 3.1.1 broker instead of the embedded one, over mqtt.js. */
import { randomUUID } from "node:crypto";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { HostStatusMessage } from "../../shared/cuff/message.ts";
import { hostStatusTopic, siteSubscription } from "../../shared/cuff/topic.ts";
import type { Epoch, SiteId } from "../../shared/ids.ts";
import { type Broker, type BrokerState, isServersOwn, Listeners, type MessageListener } from "./broker.ts";

export type ExternalOptions = Readonly<{
  /** `mqtt://` or `mqtts://`, with name and password where the broker asks for them. */
  url: string;
  site: SiteId;
  epoch: Epoch;
}>;

/** Waits before the next attempt, in milliseconds; the last one is repeated for as long as it takes. */
const retryMs = [1000, 2000, 3000, 4000, 5000] as const;
const connectTimeout = 5000;
/** A broker that hangs is noticed after one and a half of this, in seconds. */
const keepalive = 4;
/** How long the last messages may take at the end, in milliseconds. */
const lastWordsMs = 500;

export const externalBroker = ({ url, site, epoch }: ExternalOptions): Broker => {
  const messages = new Listeners<Parameters<MessageListener>>();
  const states = new Listeners<[BrokerState]>();
  const address = shownAddress(url);
  /** Topics beside the contract's own, with how many have asked for each. */
  const watched = new Map<string, number>();
  let state: BrokerState = { kind: "stopped", detail: "The broker has not been connected to." };
  let client: MqttClient | null = null;
  let retry: NodeJS.Timeout | null = null;
  let attempts = 0;
  let dropped = 0;

  const setState = (kind: BrokerState["kind"], detail: string): void => {
    if (state.kind === kind && state.detail === detail) return;
    state = { kind, detail };
    states.tell(state);
  };

  /** A basic cuff's topic that the broker keeps back is that cuff's trouble; every other one is heard all the same. */
  const subscribe = (mine: MqttClient, topic: string): void => {
    mine.subscribe(topic, { qos: 1 }, (error, granted) => {
      if (client !== mine || !mine.connected || !watched.has(topic)) return;
      if (error !== null || granted?.some((g) => g.qos >= 128) === true)
        setState(
          "up",
          `Connected to the broker ${address}, which does not let this server subscribe to ${topic}.`,
        );
    });
  };

  const ignore = (topic: string): void => {
    const asked = (watched.get(topic) ?? 1) - 1;
    if (asked > 0) {
      watched.set(topic, asked);
      return;
    }
    watched.delete(topic);
    if (client?.connected === true) client.unsubscribe(topic);
  };

  /**
   * A client for one connection only: mqtt.js would send again after a reconnect what was not confirmed before it, and a
   * release that was meant for a minute ago must not reach a cuff now.
   */
  const connect = (): void => {
    const mine = mqtt.connect(url, options(site, epoch));
    client = mine;
    let why = `The broker ${address} does not answer.`;
    mine.on("connect", () => {
      mine.subscribe(siteSubscription(site), { qos: 1 }, (error, granted) => {
        if (error !== null || granted?.some((g) => g.qos >= 128) === true) {
          why = `The broker ${address} does not let this server subscribe to ${siteSubscription(site)}.`;
          mine.end(true);
          return;
        }
        attempts = 0;
        why = `The connection to the broker ${address} is lost.`;
        setState("up", `Connected to the broker ${address}.`);
        for (const topic of watched.keys()) subscribe(mine, topic);
      });
    });
    mine.on("message", (topic, payload, packet) => {
      if (!isServersOwn(topic)) messages.tell(topic, payload, packet.retain);
    });
    mine.on("error", (error) => {
      why = `The broker ${address} cannot be reached (${reasonOf(error)}).`;
    });
    mine.once("close", () => {
      mine.removeAllListeners("connect");
      mine.end(true);
      if (client !== mine) return;
      client = null;
      const wait = retryMs[Math.min(attempts, retryMs.length - 1)] ?? 1000;
      attempts += 1;
      setState("away", why);
      retry = setTimeout(connect, wait);
    });
  };

  return {
    start: () => {
      const wrong = whyUnusable(url);
      if (wrong !== null) return Promise.resolve({ ok: false, problem: wrong });
      setState("away", `Connecting to the broker ${address}.`);
      connect();
      return Promise.resolve({ ok: true, port: portOf(url), tlsPort: null });
    },
    publish: (topic, payload, { qos, retain }) => {
      if (client === null || !client.connected) {
        dropped += 1;
        return;
      }
      client.publish(topic, payload, { qos, retain }, (error) => {
        if (error) dropped += 1;
      });
    },
    watchTopics: (topics) => {
      for (const topic of topics) {
        const asked = watched.get(topic) ?? 0;
        watched.set(topic, asked + 1);
        if (asked === 0 && client?.connected === true && state.kind === "up") subscribe(client, topic);
      }
      let watching = true;
      return () => {
        if (watching) topics.forEach(ignore);
        watching = false;
      };
    },
    onMessage: (listener) => messages.add(listener),
    state: () => state,
    onState: (listener) => states.add(listener),
    figures: () => ({ dropped, refused: 0, turnedAway: 0, oversized: 0, clients: null }),
    stop: async () => {
      if (retry !== null) clearTimeout(retry);
      const last = client;
      client = null;
      setState("stopped", `Disconnected from the broker ${address}.`);
      if (last === null) return;
      const late = setTimeout(() => last.end(true), lastWordsMs);
      await last.endAsync(!last.connected);
      clearTimeout(late);
    },
  };
};

const options = (site: SiteId, epoch: Epoch): IClientOptions => ({
  protocolVersion: 4,
  clean: true,
  // A name of its own for each connection: a second server with the same name would throw this one out.
  clientId: `cuffwatch-${randomUUID().slice(0, 8)}`,
  connectTimeout,
  keepalive,
  reconnectPeriod: 0,
  resubscribe: false,
  queueQoSZero: false,
  will: {
    topic: hostStatusTopic(site),
    payload: Buffer.from(JSON.stringify({ v: 1, state: "offline", epoch } satisfies HostStatusMessage)),
    qos: 1,
    retain: true,
  },
});

const whyUnusable = (url: string): string | null => {
  const parsed = URL.parse(url);
  return parsed !== null &&
    (parsed.protocol === "mqtt:" || parsed.protocol === "mqtts:") &&
    parsed.hostname !== ""
    ? null
    : "The address of the broker must look like mqtt://broker:1883 or mqtts://name:password@broker:8883 " +
        "(--mqtt-url, CUFFWATCH_MQTT_URL); it is something else.";
};

const portOf = (url: string): number => {
  const parsed = URL.parse(url);
  return Number(parsed?.port) || (parsed?.protocol === "mqtts:" ? 8883 : 1883);
};

/** The address without name and password. */
const shownAddress = (url: string): string => `${URL.parse(url)?.hostname ?? "(unknown)"}:${portOf(url)}`;

const reasonOf = (error: Error): string =>
  // Several addresses of one name were tried: the error as a whole has no message of its own.
  error instanceof AggregateError
    ? error.errors.map((e) => (e instanceof Error ? e.message : String(e))).join(", ")
    : error.message;
