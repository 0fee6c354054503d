/** The wire as Socket.IO, to the server that this page came from. */
import { z } from "zod";
import { io, type Socket } from "socket.io-client";
import type { ScreenToServer, ServerToScreen } from "../shared/wire.ts";
import type { Wire } from "./wire.ts";

/** How long a command waits for its answer, in milliseconds. */
const answerWithin = 5000;

/** How often a browser that the server does not know asks again, in milliseconds. */
const refusedEvery = 2000;
/** What the server says to a browser that it does not know. */
const notKnown = z.object({ data: z.object({ kind: z.literal("not-known") }) });

/** Connects, and goes on trying for ever; `test` is called when somebody listens whether this screen is heard. Nothing is kept for later: what cannot be sent now is not sent. */
export const connectWire = (test: () => void): Wire => {
  const socket: Socket<ServerToScreen, ScreenToServer> = io({
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 1500,
    timeout: 4000,
  });
  socket.on("test", test);
  return {
    connected: () => socket.connected,
    hello: (hello) => void socket.volatile.emit("hello", hello),
    sound: (sound) => {
      if (socket.connected) socket.emit("sound", sound);
    },
    command: async (command) => {
      if (!socket.connected) return null;
      try {
        const answer: unknown = await socket.timeout(answerWithin).emitWithAck("command", command);
        return answer;
      } catch {
        return null;
      }
    },
    reopen: () => void socket.disconnect().connect(),
    listen: (heard) => {
      socket.on("connect", heard.connect);
      socket.on("disconnect", (reason) => {
        socket.sendBuffer = [];
        heard.disconnect();
        // Socket.IO does not come back by itself after the server closed the socket.
        if (reason === "io server disconnect") socket.connect();
      });
      socket.on("connect_error", (error) => {
        // Socket.IO does not ask again by itself where the server has answered that it will not.
        if (!socket.active) setTimeout(() => socket.connect(), refusedEvery);
        if (notKnown.safeParse(error).success) heard.refused();
      });
      socket.on("snapshot", heard.snapshot);
      socket.on("patch", heard.patch);
      socket.on("beat", heard.beat);
    },
  };
};
