/** A simulated basic cuff: the same physics, and all that is said of it is a plain number on one topic. */
import { connect, type MqttClient } from "mqtt";
import { begun, type Cuff, step } from "./cuff.ts";
import { credentialsOf, type Device, type Link, type Note } from "./publisher.ts";
import { reason } from "./words.ts";

const reconnectMs = 1000;

export class BasicPublisher {
  readonly #device: Device & Readonly<{ basicTopic: string }>;
  readonly #link: Link;
  readonly #note: Note;
  #cuff: Cuff;
  #startMs: number | null = null;
  #client: MqttClient | null = null;

  constructor(device: Device & Readonly<{ basicTopic: string }>, link: Link, note: Note) {
    this.#device = device;
    this.#link = link;
    this.#note = note;
    this.#cuff = device.cuff;
  }

  get cuff(): Cuff {
    return this.#cuff;
  }

  /** Sends the cuff up, where it is down and waits. */
  begin(): void {
    this.#cuff = begun(this.#cuff);
  }

  /** Lives on to `nowMs` of any clock that never steps. */
  tick(nowMs: number): void {
    if (this.#startMs === null) {
      this.#startMs = nowMs;
      this.#connect();
    }
    const { cuff, said } = step(this.#cuff, this.#device.cuff.atMs + (nowMs - this.#startMs));
    this.#cuff = cuff;
    for (const one of said) {
      const tenths = one.channel === "data" ? one.message.p.at(-1) : undefined;
      // What cannot be said now is not said at all: such a cuff has no memory.
      if (typeof tenths === "number" && this.#client?.connected === true)
        this.#client.publish(this.#device.basicTopic, (tenths / 10).toFixed(1), { qos: 0 });
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.endAsync(true);
  }

  #connect(): void {
    const { cuff } = this.#cuff.spec;
    const client = connect(this.#link.url, {
      ...credentialsOf(this.#link, cuff),
      ...{ protocolVersion: 4, clean: true, keepalive: 5, connectTimeout: 5000 },
      ...{ reconnectPeriod: reconnectMs, queueQoSZero: false },
      clientId: `${cuff}-${this.#cuff.boot}`,
    });
    this.#client = client;
    let complained = false;
    client.on("connect", () => (complained = false));
    client.on("error", (error) => {
      if (!complained && this.#client === client)
        this.#note(cuff, `has no broker at ${this.#link.url}: ${reason(error)}`);
      complained = true;
    });
  }
}
