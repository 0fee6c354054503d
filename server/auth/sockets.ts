/** The door of the sockets: whom the clinic does not know gets no connection, and whoever is shut out loses theirs at once. */
import type { Sockets } from "../push.ts";
import type { Caller } from "./browsers.ts";
import type { Door } from "./door.ts";

/** Why there is no connection, for a program to read: the screen says what to do. */
class NotKnown extends Error {
  readonly data = { kind: "not-known" } as const;
}

/** Stands at the door. Gives back how to leave. */
export const guardSockets = (
  sockets: Sockets,
  door: Pick<Door, "caller" | "whoIs" | "onShutOut">,
): (() => void) => {
  const callers = new WeakMap<object, Caller>();
  sockets.use((socket, next) => {
    const caller = door.caller(socket.handshake.headers);
    callers.set(socket, caller);
    const known = door.whoIs(caller, false).kind !== "stranger";
    next(known ? undefined : new NotKnown("The clinic does not know this browser."));
  });
  return door.onShutOut((concerns) => {
    for (const socket of sockets.sockets.sockets.values()) {
      const caller = callers.get(socket);
      if (caller !== undefined && concerns(caller)) socket.disconnect(true);
    }
  });
};
