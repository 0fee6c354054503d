/** One port to the cuffs, whoever carries their messages: the embedded broker or an external one. */
import { reservedCuff } from "../../shared/cuff/topic.ts";

/** `away` is what people see as "no broker": nothing arrives, and nobody can be told to release. */
export type BrokerState = Readonly<{
  kind: "up" | "away" | "stopped";
  /** A sentence: where the broker is, or why it is away. Holds no password. */
  detail: string;
}>;

export type BrokerFigures = Readonly<{
  /** Messages of the server that nobody could carry, since the start. */
  dropped: number;
  /** Messages and subscriptions of clients that may not say or hear this, since the start; swallowed. */
  refused: number;
  /** Connections that were not let in, since the start. */
  turnedAway: number;
  /** Connections that were ended for a packet larger than any cuff has reason to send. */
  oversized: number;
  /** Connected clients, where that is known. */
  clients: number | null;
}>;

/** `retained`: kept by the broker and replayed on subscription, so it may be of any age. */
export type MessageListener = (topic: string, payload: Uint8Array, retained: boolean) => void;

export type Started =
  | Readonly<{
      ok: true;
      /** The TCP port that cuffs connect to. */ port: number;
      /** The one with TLS beside it. */ tlsPort: number | null;
    }>
  | Readonly<{ ok: false; problem: string }>;

export interface Broker {
  /** Starts to carry messages. A problem is a sentence that ends the start of the server. May be called once. */
  start(): Promise<Started>;
  /** Says something to the cuffs; never throws, never waits, and is dropped and counted while the broker is away. */
  publish(topic: string, payload: string, options: Readonly<{ qos: 0 | 1; retain: boolean }>): void;
  /**
   * Hears these topics too, beside those of the contract: basic cuffs, and one that somebody is just setting up. Gives back how to
   * leave off; a topic that several have asked for is heard until the last of them does. May be called at any time.
   */
  watchTopics(topics: readonly string[]): () => void;
  /** Hears each message of others once. Gives back how to stop listening. */
  onMessage(listener: MessageListener): () => void;
  state(): BrokerState;
  onState(listener: (state: BrokerState) => void): () => void;
  figures(): BrokerFigures;
  /** Delivers what was published, as far as that goes, and ends. */
  stop(): Promise<void>;
}

/** Whether only the server may speak there: its own status and alarm, and commands to cuffs, of any site. */
export const isServersOwn = (topic: string): boolean => {
  const [bfr, version, , cuff, channel] = topic.split("/");
  return bfr === "bfr" && version === "v1" && (cuff === reservedCuff || channel === "cmd");
};

/** Listeners of one kind, told in the order in which they came. */
export class Listeners<Told extends readonly unknown[]> {
  readonly #all = new Set<(...told: Told) => void>();

  add(listener: (...told: Told) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }
  tell(...told: Told): void {
    for (const listener of this.#all) listener(...told);
  }
}
