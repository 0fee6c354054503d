/** An MQTT client for tests that remembers what it heard. */
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { vi } from "vitest";

export type Heard = Readonly<{ topic: string; payload: string; retained: boolean; qos: number }>;
export type TestClient = Readonly<{ mqtt: MqttClient; heard: readonly Heard[]; end: () => Promise<void> }>;

/** Connects to the broker on a port of this machine. */
export const connectClient = async (port: number, options: IClientOptions = {}): Promise<TestClient> => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options });
  const heard: Heard[] = [];
  client.on("message", (topic, payload, packet) => {
    heard.push({ topic, payload: payload.toString(), retained: packet.retain, qos: packet.qos });
  });
  client.on("error", () => {
    // What a broker does to a client that it refuses shows in its connection.
  });
  return { mqtt: client, heard, end: () => client.endAsync(true) };
};

/** Waits until `check` passes: for what crosses a process there is no other sign. */
export const eventually = (check: () => void, timeout = 8000): Promise<void> =>
  vi.waitFor(check, { timeout, interval: 10 });
