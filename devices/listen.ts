/** Listens to one cuff on a broker and tries commands on it, for the checker. */
import { setTimeout as wait } from "node:timers/promises";
import { connectAsync } from "mqtt";
import { type AckMessage, type CommandMessage, parsePayload } from "../shared/cuff/message.ts";
import { commandTopic, cuffTopic } from "../shared/cuff/topic.ts";
import type { CuffId, SiteId } from "../shared/ids.ts";
import type { Arrived, Hearing, Readings, Tried } from "./checker/finding.ts";

export type Ear = Readonly<{
  url: string;
  site: SiteId;
  cuff: CuffId;
  /** With which name and password, where the broker asks for them. */
  login?: Readonly<{ username?: string; password?: string }>;
}>;

const options = { protocolVersion: 4, reconnectPeriod: 0, connectTimeout: 5000 } as const;

/** How long a broker may take to hand out what it retains. */
const retainedMs = 500;

/** Everything that the cuff says in `listenMs`, and what is retained of it afterwards. Rejects when there is no broker. */
export const listen = async (ear: Ear, listenMs: number): Promise<Hearing> => {
  const live = await hear(ear, listenMs, false);
  const retained = await hear(ear, retainedMs, true);
  return { live, retained, listenedMs: listenMs };
};

const hear = async ({ url, site, cuff, login }: Ear, forMs: number, wanted: boolean): Promise<Arrived[]> => {
  const client = await connectAsync(url, { ...options, ...login });
  try {
    const arrived: Arrived[] = [];
    const startMs = performance.now();
    client.on("message", (topic, payload, { qos, retain }) => {
      // Only retained messages are flagged as such to a new subscriber.
      if (retain !== wanted) return;
      const channel = topic.split("/").at(-1) ?? "";
      arrived.push({ atMs: performance.now() - startMs, channel, qos, text: payload.toString("utf8") });
    });
    await client.subscribeAsync(cuffTopic(site, cuff, "data").replace(/data$/, "+"), { qos: 1 });
    await wait(forMs);
    return arrived;
  } finally {
    await client.endAsync(true);
  }
};

const answerMs = 2000;

/**
 * Tries commands that do no harm: `identify` for another power-up and one that is long expired, which a cuff must refuse, and
 * one that it must obey if it says that it can.
 */
export const tryCommands = async (
  { url, site, cuff, login }: Ear,
  { data, meta }: Readings,
): Promise<Tried[]> => {
  const last = data.at(-1);
  if (last === undefined) return [];
  const { boot, m0, st } = last.message;
  const base = { v: 1, kind: "identify", boot, ep: st.ep, m: m0, ttlMs: 60_000 } as const;
  const obeys = meta?.caps.includes("identify") ?? false;
  const tries: readonly Omit<Tried, "answer">[] = [
    {
      command: { ...base, id: "check-boot", boot: boot === "0" ? "1" : "0" },
      because: "for another boot",
      wanted: false,
    },
    {
      command: { ...base, id: "check-expired", m: 0, ttlMs: 1 },
      because: "that had expired",
      wanted: false,
    },
    { command: { ...base, id: "check-identify" }, because: "to identify itself", wanted: obeys },
  ];
  const client = await connectAsync(url, { ...options, ...login });
  try {
    const answers = new Map<string, AckMessage>();
    client.on("message", (_topic, payload) => {
      const parsed = parsePayload("ack", payload.toString("utf8"));
      if (parsed.ok) answers.set(parsed.value.id, parsed.value);
    });
    await client.subscribeAsync(cuffTopic(site, cuff, "ack"), { qos: 1 });
    for (const { command } of tries)
      await client.publishAsync(commandTopic(site, cuff), text(command), { qos: 1 });
    const untilMs = performance.now() + answerMs;
    while (answers.size < tries.length && performance.now() < untilMs) await wait(20);
    return tries.map((one) => ({ ...one, answer: answers.get(one.command.id) ?? null }));
  } finally {
    await client.endAsync(true);
  }
};

const text = (command: CommandMessage): string => JSON.stringify(command);
