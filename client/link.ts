/**
 * A screen's end of the wire: takes in snapshots, patches and beats in order, asks anew after a gap, knows when the link is
 * gone, and sends commands only while it is there. The socket and the clock are handed in.
 */
import type { z } from "zod";
import type { Monotonic } from "../shared/units.ts";
import {
  type Answer,
  answerSchema,
  type Beat,
  beatSchema,
  type Command,
  type Hello,
  linkLostAfter,
  type Patch,
  patchSchema,
  protocolVersion,
  type Snapshot,
  snapshotSchema,
  type SoundState,
} from "../shared/wire.ts";
import { createServerTime, type ServerTime } from "./server-time.ts";

/** What the link needs of a socket; client/socket.ts makes one of Socket.IO. */
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
  snapshot: (payload: unknown) => void;
  patch: (payload: unknown, taken: () => void) => void;
  beat: (payload: unknown) => void;
}>;

/** The screen's steady clock, in milliseconds. */
export type LocalClock = Readonly<{ now: () => number }>;

/** Where what was heard goes. */
export type Receiver = Readonly<{
  snapshot: (snapshot: Snapshot) => void;
  patch: (patch: Patch) => void;
  state: (state: LinkState) => void;
  /** Which build of the screens the server has; told also of a snapshot that this build cannot read. */
  build: (build: string) => void;
  /** Something heard could not be taken in: a bug of this screen, which must not stop it from following. */
  failed: (error: unknown) => void;
}>;

/** `since` is local time: when the link was last known to be well. Never before the first snapshot. */
export type LinkState =
  | Readonly<{ kind: "live" }>
  | Readonly<{ kind: "lost"; since: number }>
  | Readonly<{ kind: "never"; since: number }>;

/** A command as a page gives it; the link adds which state of the class the person was looking at. */
export type Request =
  | Readonly<{ kind: "acknowledge" | "take-back"; by: string; alarm: Snapshot["alarms"][number]["id"] }>
  | Readonly<{
      kind: "release" | "cuff-off";
      by: string;
      cuff: Snapshot["stations"][number]["cuffs"][number]["cuff"];
    }>;

/** What became of a command: the server's answer, or why there is none. */
export type Outcome = Answer | Readonly<{ ok: false; kind: "no-link" | "no-answer" | "not-understood" }>;

/** A pause between two looks at the clock that is longer than this means that the tab itself stood still. */
const frozenAfter = 1500;
/** A connection that was closed, as by a server that died, is gone for good after this long without another. */
const closedFor = 1500;
/** A tab that stood still listens for this long before it says that the server is gone. */
const listenFor = 1000;
/** A connection that has been silent for this long is given up for a new one. */
const reopenAfter = 5000;
/** How often a snapshot is asked for, at most. */
const helloEvery = 1000;

export type Link = Readonly<{
  time: ServerTime;
  state: () => LinkState;
  /** To be called several times a second; all judging of time happens here. */
  look: () => void;
  /** Tells the server whether this screen's sound is heard: now, and again after each snapshot. */
  sound: (armed: boolean) => void;
  send: (request: Request) => Promise<Outcome>;
}>;

export const createLink = (
  wire: Wire,
  options: Readonly<{ screen: Hello["screen"]; clock: LocalClock; receiver: Receiver }>,
): Link => {
  const { clock, receiver, screen } = options;
  const time = createServerTime();
  /** The epoch and number that the next patch must follow; null while a snapshot is waited for. */
  let position: Readonly<{ epoch: string; seq: number }> | null = null;
  let known = false;
  let heardAt = clock.now();
  let lookedAt = heardAt;
  let listenUntil = 0;
  /** What had been heard last when the tab was given time to listen: it is given that once for each silence. */
  let listenedSince = -Infinity;
  let closedAt: number | null = null;
  let helloAt = -Infinity;
  let reopenedAt = heardAt;
  let state: LinkState = { kind: "never", since: heardAt };
  let armed = false;

  const become = (next: LinkState): void => {
    if (next.kind === state.kind) return;
    state = next;
    receiver.state(state);
  };
  const hello = (): void => {
    position = null;
    if (!wire.connected() || clock.now() - helloAt < helloEvery) return;
    helloAt = clock.now();
    wire.hello({ protocol: protocolVersion, screen });
  };
  const heard = (now: Monotonic): void => {
    heardAt = clock.now();
    time.heard(now, heardAt);
    become({ kind: "live" });
  };

  const onSnapshot = (snapshot: Snapshot): void => {
    time.reset();
    // A screen that cannot take it in has no link, and says so.
    if (!taken(() => receiver.snapshot(snapshot))) return;
    position = { epoch: snapshot.epoch, seq: snapshot.seq };
    known = true;
    heard(snapshot.now);
    // The server may be another that has been told nothing.
    wire.sound({ armed });
  };
  /** Whether `take` went well; where it did not, the class is asked for anew. */
  const taken = (take: () => void): boolean => {
    try {
      take();
      return true;
    } catch (error) {
      receiver.failed(error);
      hello();
      return false;
    }
  };
  const onPatch = (patch: Patch, answer: () => void): void => {
    if (position === null) return;
    if (patch.epoch !== position.epoch || patch.seq !== position.seq + 1) return hello();
    position = { epoch: patch.epoch, seq: patch.seq };
    if (taken(() => receiver.patch(patch))) heard(patch.now);
    answer();
  };
  const onBeat = (beat: Beat): void => {
    if (position === null || beat.epoch !== position.epoch || beat.seq > position.seq) return hello();
    heard(beat.now);
  };

  wire.listen({
    connect: () => {
      closedAt = null;
      helloAt = -Infinity;
      hello();
    },
    disconnect: () => {
      closedAt ??= clock.now();
      position = null;
    },
    snapshot: (payload) => {
      const build = buildSchema.safeParse(payload);
      if (build.success) receiver.build(build.data.build);
      parsed(snapshotSchema, payload, onSnapshot, hello);
    },
    patch: (payload, taken) => parsed(patchSchema, payload, (patch) => onPatch(patch, taken), hello),
    beat: (payload) => parsed(beatSchema, payload, onBeat, hello),
  });

  return {
    time,
    state: () => state,
    look: () => {
      const now = clock.now();
      if (now - lookedAt > frozenAfter && listenedSince !== heardAt) {
        listenUntil = now + listenFor;
        listenedSince = heardAt;
      }
      lookedAt = now;
      if (wire.connected() && position === null) hello();
      const closed = closedAt !== null && now - closedAt > closedFor;
      if ((now - heardAt <= linkLostAfter && !closed) || now < listenUntil) return;
      become(known ? { kind: "lost", since: heardAt } : { kind: "never", since: heardAt });
      if (wire.connected() && now - Math.max(heardAt, reopenedAt) > reopenAfter) {
        reopenedAt = now;
        wire.reopen();
      }
    },
    sound: (now) => {
      armed = now;
      if (wire.connected() && position !== null) wire.sound({ armed });
    },
    send: async (request) => {
      if (state.kind !== "live" || position === null || !wire.connected())
        return { ok: false, kind: "no-link" };
      const answer = await wire.command({ ...request, ...position, seenAt: time.at(clock.now()) });
      if (answer === null) return { ok: false, kind: "no-answer" };
      const understood = answerSchema.safeParse(answer);
      return understood.success ? understood.data : { ok: false, kind: "not-understood" };
    },
  };
};

/** All that every build of the screens can read of every snapshot. */
const buildSchema = snapshotSchema.pick({ build: true });

/** A message that does not parse counts as not heard: the screen asks for a whole snapshot, and says so if none comes. */
const parsed = <T>(
  schema: z.ZodType<T>,
  payload: unknown,
  take: (value: T) => void,
  refuse: () => void,
): void => {
  const result = schema.safeParse(payload);
  if (result.success) take(result.data);
  else refuse();
};
