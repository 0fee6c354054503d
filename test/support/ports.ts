/** Free TCP ports, so that tests can run beside each other and beside a server. */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import net from "node:net";

/** Below the ports that systems give to outgoing connections, any of which could take a free one before it is used. */
const ports = { from: 10_240, to: 32_768 };

/** A port of the loopback address on which nobody listens, and that two tests side by side hardly ever both draw. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(ports.from, ports.to);
    if (await canListen(port)) return port;
  }
};

const canListen = async (port: number): Promise<boolean> => {
  const server = net.createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
};

/** Whether somebody listens on a port of the loopback address. */
export const answers = async (port: number): Promise<boolean> => {
  const socket = net.connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};
