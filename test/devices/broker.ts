/** A broker on a free port, and everything that cuffs told it, in order. */
import { createServer, type Socket } from "node:net";
import { Aedes } from "aedes";

export type Heard = Readonly<{
  cuff: string;
  channel: string;
  qos: number;
  retain: boolean;
  message: Readonly<Record<string, unknown>>;
}>;

export type TestBroker = Readonly<{
  url: string;
  heard: readonly Heard[];
  /** Resolves once what was heard satisfies `enough`. */
  until: (enough: (heard: readonly Heard[]) => boolean) => Promise<void>;
  /** Publishes as the server would. */
  tell: (topic: string, text: string) => void;
  /** Breaks every connection without a word. */
  drop: () => void;
  close: () => Promise<void>;
}>;

export const testBroker = async (): Promise<TestBroker> => {
  const broker = await Aedes.createBroker();
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  broker.on("publish", ({ topic, qos, retain, payload }) => {
    const [, , , cuff = "", channel = ""] = topic.split("/");
    if (!topic.startsWith("bfr/") || channel === "cmd") return;
    const message = JSON.parse(payload.toString()) as Record<string, unknown>;
    heard.push({ cuff, channel, qos, retain, message });
    for (const look of waiting) look();
  });
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
  const address = tcp.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `mqtt://127.0.0.1:${port}`,
    heard,
    until: (enough) =>
      new Promise((resolve) => {
        const look = () => {
          if (!enough(heard)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    tell: (topic, text) => {
      const packet = { cmd: "publish", topic, payload: text, qos: 1, retain: false, dup: false } as const;
      broker.publish(packet, () => undefined);
    },
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        tcp.close();
        broker.close(resolve);
      }),
  };
};

export const on = (heard: readonly Heard[], channel: string): Heard[] =>
  heard.filter((one) => one.channel === channel);
