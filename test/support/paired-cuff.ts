/** A cuff with credentials of its own, as its maker would build it: it speaks five times a second and lets itself be vented. */
import mqtt from "mqtt";
import type { DataMessage, MetaMessage } from "../../shared/cuff/message.ts";

export type Paired = Readonly<{ user: string; password: string }>;

const options = ({ user, password }: Paired) => ({ username: user, password, reconnectPeriod: 0 });

export type PairedCuff = Readonly<{
  /** Goes up to this pressure, or down. */
  to: (mmhg: number) => void;
  /** Falls silent, as with an empty battery. */
  end: () => Promise<void>;
}>;

/** Connects a cuff of the contract to the broker on a port of this machine. */
export const pairedCuff = async (
  port: number,
  paired: Paired,
  caps: MetaMessage["caps"] = [],
): Promise<PairedCuff> => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, options(paired));
  const topic = (channel: string): string => `bfr/v1/main/${paired.user}/${channel}`;
  const [born, boot] = [performance.now(), "0badcafe"];
  let [seq, ep, pressure, upSince] = [0, 0, 0, born];
  const meta = {
    v: 1,
    boot,
    model: "Test",
    serial: paired.user,
    fw: "1.0",
    hz: 10,
    caps,
    rangeMmhg: [0, 400],
  };
  await client.publishAsync(topic("meta"), JSON.stringify(meta), { qos: 1, retain: true });
  const speak = (): void => {
    const now = performance.now();
    const up = pressure > 20;
    const message: DataMessage = {
      ...{ v: 1, boot, seq: seq++, m0: Math.round(now - born), dt: 100 },
      // A sensor on a living limb never reads exactly the same for long.
      p: [Math.round(pressure * 10) + (seq % 2)],
      st: {
        ...{ phase: up ? "occluded" : "idle", tgt: up ? 1200 : 0, ep },
        occMs: up ? Math.round(now - upSince) : 0,
      },
    };
    client.publish(topic("data"), JSON.stringify(message));
  };
  const to = (mmhg: number): void => {
    if (mmhg > 20 && pressure <= 20) [ep, upSince] = [ep + 1, performance.now()];
    pressure = mmhg;
    speak();
  };
  await client.subscribeAsync(topic("cmd"), { qos: 1 });
  client.on("message", (_, payload) => {
    const { id, kind } = JSON.parse(payload.toString()) as { id: string; kind: string };
    client.publish(topic("ack"), JSON.stringify({ v: 1, id, ok: true }), { qos: 1 });
    if (kind === "release") to(2);
  });
  const timer = setInterval(speak, 200);
  speak();
  return {
    to,
    end: async () => {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
};

/** A sensor with credentials that says plain numbers twice a second, and nothing else. */
export const pairedSensor = async (port: number, paired: Paired, topic: string): Promise<PairedCuff> => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, options(paired));
  let [pressure, said] = [0, 0];
  const speak = (): void => void client.publish(topic, String(pressure + (said++ % 2) / 10));
  const timer = setInterval(speak, 500);
  return {
    to: (mmhg) => {
      pressure = mmhg;
      speak();
    },
    end: async () => {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
};
