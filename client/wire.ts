/** What the link needs of a socket, so that it can be tried without one. */
import type { Command, Hello, SoundState } from "../shared/wire.ts";

/** client/socket.ts makes one of Socket.IO. */
export type Wire = Readonly<{
  connected: () => boolean;
  hello: (hello: Hello) => void;
  /** Sends at once or not at all. */
  sound: (sound: SoundState) => void;
  /** Sends at once or not at all; `null` where no answer came in time. */
  command: (command: Command) => Promise<unknown>;
  /** Drops a connection on which nothing is heard and opens another. */
  reopen: () => void;
  listen: (heard: WireEvents) => void;
}>;
export type WireEvents = Readonly<{
  connect: () => void;
  disconnect: () => void;
  /** The server does not know this browser: it was never let in, or is no longer. */
  refused: () => void;
  snapshot: (payload: unknown) => void;
  patch: (payload: unknown, taken: () => void) => void;
  beat: (payload: unknown) => void;
}>;
