/** Free TCP ports, so that tests can run beside each other and beside a server. */
import { once } from "node:events";
import net from "node:net";

/** A port of the loopback address that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("The system gave no port.");
  return address.port;
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
