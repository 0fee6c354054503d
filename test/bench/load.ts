/**
 * The load generator, in a process of its own: one MQTT client for each cuff, all at one rate with their phases spread
 * evenly, each message noted with the moment at which it was handed to the socket.
 */
import { Socket } from "node:net";
import { connectAsync, type MqttClient } from "mqtt";
import type { DataMessage, MetaMessage, StatusMessage } from "../../shared/cuff/message.ts";
import { cuffTopic } from "../../shared/cuff/topic.ts";
import { cuffId, siteId } from "../../shared/ids.ts";
import { type LoadOrder, type LoadReport, loadRequestSchema } from "./load-order.ts";
import { machineTime } from "./machine-time.ts";
import { leastMmhg, targetMmhg, valuesInCycle } from "./plan.ts";

/** The first message of a cuff holds the ten seconds before, the most that a live batch may span. */
const historySamples = 200;
const historySpacingMs = 50;
const historyMs = historySamples * historySpacingMs;

type LoadCuff = Readonly<{ client: MqttClient; topic: string; boot: string; place: number }>;

const connectCuff = async (order: LoadOrder, name: string, place: number): Promise<LoadCuff> => {
  const cuff = cuffId(name);
  const site = siteId(order.site);
  const boot = place.toString(16).padStart(8, "0");
  const client = await connectAsync(order.url, { clientId: `load-${name}`, protocolVersion: 4 });
  // At 50 Hz the kernel would otherwise hold a message back until the one before is confirmed.
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  const status: StatusMessage = { v: 1, state: "online", boot };
  const meta: MetaMessage = {
    v: 1,
    boot,
    model: "bench",
    hz: order.hz,
    caps: [],
    regulated: false,
    simulated: true,
  };
  const told = { qos: 1, retain: true } as const;
  await client.publishAsync(cuffTopic(site, cuff, "status"), JSON.stringify(status), told);
  await client.publishAsync(cuffTopic(site, cuff, "meta"), JSON.stringify(meta), told);
  return { client, topic: cuffTopic(site, cuff, "data"), boot, place };
};

/** The pressure of a cuff's n-th message: a walk through the band, so that each text differs from the one before. */
const valueAt = (place: number, n: number): number => leastMmhg + ((n + 7 * place) % valuesInCycle);

const messageAt = (cuff: LoadCuff, n: number, mAt: number): DataMessage => {
  const samples = n === 0 ? historySamples : 1;
  const dt = n === 0 ? historySpacingMs : 100;
  const m = Math.round(mAt);
  return {
    v: 1,
    boot: cuff.boot,
    seq: n,
    m0: m - (samples - 1) * dt,
    dt,
    p: Array.from(
      { length: samples },
      (_, i) => 10 * valueAt(cuff.place, n + valuesInCycle * 10 + i + 1 - samples),
    ),
    st: { phase: "occluded", tgt: 10 * targetMmhg, occMs: m, ep: 1, set: 1, rep: 1 },
    bat: { pct: 80 },
    rssi: -60,
  };
};

/** Publishes for `seconds`, each message as near to its own moment as the timers of the process allow. */
const publishAll = async (order: LoadOrder, cuffs: readonly LoadCuff[]): Promise<LoadReport> => {
  const published: [number, number, number][] = [];
  const period = 1000 / order.hz;
  const total = cuffs.length * Math.floor(order.seconds * order.hz);
  const start = machineTime();
  // The k-th message of all comes from cuff k mod n: evenly spread phases are one even stream.
  const dueAt = (k: number): number => start + (k * period) / cuffs.length;
  for (let k = 0; k < total;) {
    for (const now = machineTime(); k < total && dueAt(k) <= now; k++) {
      const cuff = cuffs[k % cuffs.length];
      if (cuff === undefined) throw new Error("There are no cuffs to publish for.");
      const n = Math.floor(k / cuffs.length);
      const payload = JSON.stringify(messageAt(cuff, n, dueAt(k) - start + historyMs));
      published.push([cuff.place, machineTime(), valueAt(cuff.place, n + valuesInCycle * 10)]);
      cuff.client.publish(cuff.topic, payload, { qos: 0 });
    }
    const wait = dueAt(k) - machineTime();
    if (k < total) await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
  }
  return { kind: "done", published };
};

const tell = (report: LoadReport): void => {
  process.send?.(report);
};

let order: LoadOrder | null = null;
let cuffs: readonly LoadCuff[] = [];

process.on("message", (message) => {
  const request = loadRequestSchema.parse(message);
  switch (request.kind) {
    case "load": {
      order = request;
      const { cuffs: names } = request;
      void Promise.all(names.map((name, place) => connectCuff(request, name, place))).then((connected) => {
        cuffs = connected;
        tell({ kind: "ready" });
      });
      break;
    }
    case "go":
      if (order !== null) void publishAll(order, cuffs).then(tell);
  }
});
// Whoever started the load has gone: nobody is left to measure.
process.on("disconnect", () => process.exit());
