/**
 * A simulated cuff on a real MQTT connection: plain 3.1.1 over TCP, last will, retained status and meta, its own memory of
 * what it could not say. Nothing is queued by the MQTT client but what is in flight; the cuff decides what is sent again.
 */
import { setTimeout as wait } from "node:timers/promises";
import { connect, type MqttClient } from "mqtt";
import {
  type AckMessage,
  type CommandMessage,
  commandMessage,
  type CuffChannel,
  type CuffPayload,
  type DataMessage,
  type EventMessage,
  parseJson,
} from "../shared/cuff/message.ts";
import { commandTopic, cuffTopic } from "../shared/cuff/topic.ts";
import type { CuffId, SiteId } from "../shared/ids.ts";
import { begun, type Cuff, metaOf, rebooted, refusal, released, type Said, step } from "./cuff.ts";
import { History } from "./history.ts";
import { eventText, mishapText, reason } from "./words.ts";
import { edgesWithin, type Mishap, mishapAt, type MishapKind } from "./mishap.ts";

/** A cuff as a scenario hands it over: where it is in its session, and what will happen to it. */
export type Device = Readonly<{
  cuff: Cuff;
  mishaps: readonly Mishap[];
  /** By how much its clock runs fast, in parts per million. */
  driftPpm: number;
  /** Where it says plain numbers and nothing else, as a basic cuff does; left out for one that speaks the contract. */
  basicTopic?: string;
}>;

export type Link = Readonly<{
  url: string;
  site: SiteId;
  /** The password of each cuff, whose user name is its own name; one that is not in it comes without. */
  passwords?: ReadonlyMap<CuffId, string>;
}>;

/** What a cuff says of itself when it connects. */
export const credentialsOf = (
  { passwords }: Link,
  cuff: CuffId,
): Readonly<{ username?: string; password?: string }> => {
  const password = passwords?.get(cuff);
  return password === undefined ? {} : { username: cuff, password };
};

/** One notable thing, in words. */
export type Note = (cuff: CuffId, text: string) => void;

/** QoS and retain of each channel (devices/contract.md). */
const delivery = {
  status: { qos: 1, retain: true },
  meta: { qos: 1, retain: true },
  data: { qos: 0, retain: false },
  event: { qos: 1, retain: false },
  backfill: { qos: 1, retain: false },
  ack: { qos: 1, retain: false },
} as const satisfies Record<CuffChannel, { qos: 0 | 1; retain: boolean }>;

const reconnectMs = 1000;
/** How long a goodbye may take. */
const goodbyeMs = 1000;
/** Events that wait for the link; a cuff has little memory. */
const waitingEvents = 64;

export class Publisher {
  readonly #device: Device;
  readonly #link: Link;
  readonly #note: Note;
  #cuff: Cuff;
  #startMs: number | null = null;
  #lastMs = 0;
  #mishap: MishapKind | null = null;
  #client: MqttClient | null = null;
  #history = new History();
  #waiting: EventMessage[] = [];
  /** What a hung connection has yet to deliver. */
  #hung: (() => void)[] = [];

  constructor(device: Device, link: Link, note: Note) {
    this.#device = device;
    this.#link = link;
    this.#note = note;
    this.#cuff = device.cuff;
  }

  /** The cuff as it is now; its true pressure is what a bench judges by. */
  get cuff(): Cuff {
    return this.#cuff;
  }

  /** Sends the cuff up, where it is down and waits. */
  begin(): void {
    this.#cuff = begun(this.#cuff);
  }

  /** Lives on to `nowMs` of any clock that never steps; the first call is the start of the simulation. */
  tick(nowMs: number): void {
    if (this.#startMs === null) {
      this.#startMs = nowMs;
      this.#connect();
      this.#change(mishapAt(this.#device.mishaps, 0));
    }
    const sinceMs = nowMs - this.#startMs;
    for (const edgeMs of edgesWithin(this.#device.mishaps, this.#lastMs, sinceMs)) {
      this.#live(edgeMs);
      this.#change(mishapAt(this.#device.mishaps, edgeMs));
    }
    this.#live(sinceMs);
  }

  #live(sinceMs: number): void {
    const ownMs = this.#device.cuff.atMs + sinceMs * (1 + this.#device.driftPpm / 1_000_000);
    const { cuff, said } = step(this.#cuff, ownMs);
    this.#cuff = cuff;
    if (this.#mishap !== "reboot") for (const one of said) this.#say(one);
    if (this.#mishap === null && this.#client?.connected === true)
      for (const message of this.#history.due(sinceMs - this.#lastMs)) this.#publish("backfill", message);
    this.#lastMs = sinceMs;
  }

  /** Says goodbye and closes the connection; resolves when it is closed. */
  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    if (client.connected) {
      const offline = JSON.stringify({ v: 1, state: "offline", boot: this.#cuff.boot });
      client.publish(this.#topic("status"), offline, delivery.status);
      // A broker that ends at the same moment never acknowledges.
      const enough = new AbortController();
      const closed = new Promise<void>((resolve) => void client.once("close", resolve));
      const patience = wait(goodbyeMs, undefined, { signal: enough.signal }).catch(() => undefined);
      await Promise.race([client.endAsync(), closed, patience]);
      enough.abort();
    }
    await client.endAsync(true);
  }

  #topic(channel: CuffChannel): string {
    return cuffTopic(this.#link.site, this.#cuff.spec.cuff, channel);
  }

  #connect(): void {
    const { cuff, boot } = { cuff: this.#cuff.spec.cuff, boot: this.#cuff.boot };
    const client = connect(this.#link.url, {
      protocolVersion: 4,
      ...credentialsOf(this.#link, cuff),
      clientId: `${cuff}-${boot}`,
      clean: true,
      keepalive: 5,
      connectTimeout: 5000,
      reconnectPeriod: reconnectMs,
      queueQoSZero: false,
      will: {
        topic: this.#topic("status"),
        payload: Buffer.from(JSON.stringify({ v: 1, state: "offline", boot })),
        ...delivery.status,
      },
    });
    this.#client = client;
    let complained = false;
    client.on("connect", () => {
      this.#publish("status", { v: 1, state: "online", boot: this.#cuff.boot });
      this.#publish("meta", metaOf(this.#cuff));
      client.subscribe(commandTopic(this.#link.site, cuff), { qos: 1 });
      this.#sendWaiting();
      complained = false;
    });
    client.on("error", (error) => {
      if (!complained && this.#client === client)
        this.#note(cuff, `has no broker at ${this.#link.url}: ${reason(error)}`);
      complained = true;
    });
    client.on("message", (_topic, payload) => {
      this.#told(payload.toString("utf8"));
    });
  }

  #say(one: Said): void {
    if (one.channel === "data") {
      this.#history.keep(one.message);
      this.#send(one.message);
      return;
    }
    this.#note(this.#cuff.spec.cuff, eventText(this.#cuff, one.message));
    this.#waiting = [...this.#waiting, one.message].slice(-waitingEvents);
    this.#sendWaiting();
  }

  #sendWaiting(): void {
    if (!this.#reachable()) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const event of waiting) this.#deliver(() => this.#publish("event", event));
  }

  #send(message: DataMessage): void {
    if (this.#reachable()) this.#deliver(() => this.#publish("data", message));
    else this.#history.missed(message);
  }

  #reachable(): boolean {
    return this.#client?.connected === true && this.#mishap !== "silent";
  }

  /** At once, or with everything else when a hung connection comes free. */
  #deliver(send: () => void): void {
    if (this.#mishap === "hung") this.#hung.push(send);
    else send();
  }

  #publish<C extends CuffChannel>(channel: C, message: CuffPayload<C>): void {
    this.#client?.publish(this.#topic(channel), JSON.stringify(message), delivery[channel]);
  }

  #change(mishap: MishapKind | null): void {
    const before = this.#mishap;
    if (mishap === before) return;
    this.#mishap = mishap;
    if (before !== null) this.#over(before);
    if (mishap === null) return;
    this.#note(this.#cuff.spec.cuff, mishapText[mishap]);
    if (mishap === "cut" || mishap === "reboot") {
      // Without a goodbye, so that the broker publishes the will.
      this.#client?.end(true);
      this.#client = null;
    }
  }

  #over(mishap: MishapKind): void {
    const { cuff } = this.#cuff.spec;
    switch (mishap) {
      case "silent":
        this.#sendWaiting();
        this.#note(cuff, "speaks again");
        return;
      case "hung": {
        const late = this.#hung;
        this.#hung = [];
        for (const send of late) send();
        this.#note(cuff, `delivers ${late.length} late messages at once`);
        return;
      }
      case "cut":
        this.#connect();
        this.#note(cuff, `has its link back and owes ${this.#history.owed} messages`);
        return;
      case "reboot":
        this.#cuff = rebooted(this.#cuff);
        this.#history = new History();
        this.#waiting = [];
        this.#connect();
        this.#note(cuff, `is back with boot ${this.#cuff.boot}`);
        return;
    }
  }

  /** Something arrived on the command topic. What is no command is left unanswered: there is no id to answer to. */
  #told(text: string): void {
    if (this.#mishap === "silent") return;
    const json = parseJson(text);
    const parsed = commandMessage.safeParse(json.ok ? json.value : undefined);
    if (!parsed.success) {
      this.#note(this.#cuff.spec.cuff, "was sent something that is no command");
      return;
    }
    const ack = this.#obey(parsed.data);
    this.#deliver(() => this.#publish("ack", ack));
    const outcome = ack.ok ? "obeys" : `refuses (${ack.code ?? ""})`;
    this.#note(this.#cuff.spec.cuff, `is told "${parsed.data.kind}" and ${outcome}`);
  }

  #obey(command: CommandMessage): AckMessage {
    const { id } = command;
    if (this.#cuff.answered?.id === id) return { v: 1, ...this.#cuff.answered };
    const code = refusal(this.#cuff, command) ?? this.#act(command);
    const answered = code === null ? { id, ok: true } : { id, ok: false, code };
    this.#cuff = { ...this.#cuff, answered };
    return { v: 1, ...answered };
  }

  /** Does what was asked; a code when it cannot. */
  #act({ kind, from, to }: CommandMessage): string | null {
    switch (kind) {
      case "identify":
        return null;
      case "release": {
        const { cuff, said } = released(this.#cuff);
        this.#cuff = cuff;
        for (const one of said) this.#say(one);
        return null;
      }
      case "backfill":
        if (from === undefined || to === undefined || from > to) return "range";
        return this.#history.ask(from, to) ? null : "forgotten";
    }
  }
}
