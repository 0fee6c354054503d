/**
 * A screen's end of the wire: takes in snapshots, patches and beats in order, asks anew after a gap, knows when the link is
 * gone or the screen itself stood still, and sends commands only while all is well. The socket and the clocks are handed in.
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
} from "../shared/wire.ts";
import { isSame, type LinkState } from "./link-state.ts";
import { createServerTime, type ServerTime } from "./server-time.ts";
import { createStandstillWatch, type LocalClock } from "./standstill.ts";
import type { Wire } from "./wire.ts";

export type { LinkState } from "./link-state.ts";
export type { Wire, WireEvents } from "./wire.ts";

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

/** A command as a page gives it; the link adds which state of the class the person was looking at. */
export type Request = Without<Command, "epoch" | "seq" | "seenAt">;
type Without<C, K extends PropertyKey> = C extends unknown ? Omit<C, K> : never;

/** What became of a command: the server's answer, or why there is none. */
export type Outcome =
  Answer | Readonly<{ ok: false; kind: "no-link" | "stood-still" | "no-answer" | "not-understood" }>;

/** A connection that was closed, as by a server that died, is gone for good after this long without another. */
const closedFor = 1500;
/** A screen that stood still, or may have, waits this long for the class of now before it says that the server is gone. */
const listenFor = 2000;
/** Where only the wall clock says that it slept, its pressures count as new for this long: an answer takes less. */
const doubtFor = 200;
/** A connection that has been silent for this long is given up for a new one. */
const reopenAfter = 5000;
/** How often a snapshot is asked for, at most. */
const helloEvery = 1000;

export type Link = Readonly<{
  time: ServerTime;
  state: () => LinkState;
  /** To be called several times a second; all judging of time happens here. Returns in how many ms it must be called again. */
  look: () => number;
  /** Tells the server whether this screen's sound is heard: now, and again after each snapshot. */
  sound: (armed: boolean) => void;
  /** The browser is about to stop this page: what it shows will be old when it is seen again. */
  freeze: () => void;
  /**
   * Opens another connection, by which the server learns who is signed in here now; resolved once the class has come over it, or
   * does not. What is sent meanwhile waits for it.
   */
  renew: () => Promise<void>;
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
  let epoch = "";
  let heardAt = clock.now();
  /** The site time that the page last showed, and with it what a person has decided upon. */
  let seenAt = time.at(heardAt);
  const stoodStill = createStandstillWatch(clock);
  /** Since when it waits for the class of now after a standstill of `stood`, `missed` of which only the wall clock tells. */
  let waking: Readonly<{ at: number; stood: number; missed: number }> | null = null;
  let skipped = false;
  let closedAt: number | null = null;
  let helloAt = -Infinity;
  let reopenedAt = heardAt;
  let state: LinkState = { kind: "never", since: heardAt };
  let armed = false;
  let renewal: PromiseWithResolvers<void> | null = null;

  const become = (next: LinkState): void => {
    if (isSame(state, next)) return;
    state = next;
    if (state.kind !== "live" && state.kind !== "asking") renewed();
    receiver.state(state);
  };
  const renewed = (): void => {
    renewal?.resolve();
    renewal = null;
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
  };
  /** Counts what was slept as time that has passed: that can make an overrun early, and never late. */
  const skip = (missed: number): void => {
    if (missed === 0) return;
    time.skip(missed);
    heardAt -= missed;
    skipped = true;
    if (state.kind === "lost") become({ kind: "lost", since: heardAt });
  };
  const reopen = (): void => {
    reopenedAt = clock.now();
    wire.reopen();
  };
  /** Whether the screen has just woken; then what arrives has waited for nobody knows how long, and is asked for anew. */
  const wakes = (): boolean => {
    const { stood, missed } = stoodStill();
    if (state.kind === "lost") skip(missed);
    if (state.kind === "lost" || state.kind === "not-known" || !known || (stood === null && missed === 0))
      return false;
    waking ??= { at: clock.now(), stood: 0, missed: 0 };
    waking = {
      ...waking,
      stood: waking.stood + (stood ?? 0) + missed,
      missed: waking.missed + missed,
    };
    position = null;
    if (stood !== null) become({ kind: "asking", since: waking.at, stood: waking.stood });
    // After so long the server, or Socket.IO itself, gives up the connection; what is left of it tells only of then.
    if ((stood ?? 0) + missed > reopenAfter && wire.connected()) reopen();
    else hello();
    return true;
  };

  const onSnapshot = (snapshot: Snapshot): void => {
    if (snapshot.epoch !== epoch || skipped) time.reset();
    // Before it is taken in, so that the page never shows a new class at an old time.
    time.heard(snapshot.now, clock.now());
    // A screen that cannot take it in has no link, and says so.
    if (!taken(() => receiver.snapshot(snapshot))) return;
    ({ epoch } = snapshot);
    position = { epoch, seq: snapshot.seq };
    known = true;
    skipped = false;
    waking = null;
    heardAt = clock.now();
    become({ kind: "live" });
    renewed();
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

  /** Whether the link is still there at `now`. */
  const judge = (now: number): void => {
    if (state.kind === "not-known") return;
    if (waking !== null && now - waking.at < listenFor) {
      if (now - waking.at >= doubtFor) become({ kind: "asking", since: waking.at, stood: waking.stood });
      return;
    }
    const closed = closedAt !== null && now - closedAt > closedFor;
    if (waking === null && now - heardAt <= linkLostAfter && !closed) return;
    skip(waking?.missed ?? 0);
    waking = null;
    // Nothing less than the whole class makes it live again: what stands on it must not go before what replaces it has come.
    position = null;
    become(known ? { kind: "lost", since: heardAt } : { kind: "never", since: heardAt });
    if (wire.connected() && now - Math.max(heardAt, reopenedAt) > reopenAfter) reopen();
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
    refused: () => {
      // Who is let in again begins anew, whatever was slept meanwhile.
      skipped = true;
      waking = null;
      position = null;
      if (state.kind !== "not-known") become({ kind: "not-known", since: clock.now(), seen: known });
    },
    snapshot: (payload) => {
      const build = buildSchema.safeParse(payload);
      if (build.success) receiver.build(build.data.build);
      if (!wakes()) parsed(snapshotSchema, payload, onSnapshot, hello);
    },
    patch: (payload, taken) => {
      if (!wakes()) parsed(patchSchema, payload, (patch) => onPatch(patch, taken), hello);
    },
    beat: (payload) => {
      if (!wakes()) parsed(beatSchema, payload, onBeat, hello);
    },
  });

  return {
    time,
    state: () => state,
    look: () => {
      wakes();
      const now = clock.now();
      if (wire.connected() && position === null) hello();
      judge(now);
      seenAt = time.at(now);
      return waking !== null && now < waking.at + doubtFor ? waking.at + doubtFor - now : Infinity;
    },
    freeze: () => {
      wakes();
      if (!known || state.kind !== "live") return;
      position = null;
      become({ kind: "asking", since: clock.now(), stood: 0 });
    },
    sound: (now) => {
      armed = now;
      if (wire.connected() && position !== null) wire.sound({ armed });
    },
    renew: () => {
      if (state.kind !== "live") {
        reopen();
        return Promise.resolve();
      }
      renewal ??= Promise.withResolvers();
      const { promise } = renewal;
      position = null;
      reopen();
      return promise;
    },
    send: async (request) => {
      // Whoever gave it looked at the class of before: the tap may have waited with everything else.
      if (wakes() || waking !== null || state.kind === "asking") return { ok: false, kind: "stood-still" };
      const seen = seenAt;
      await renewal?.promise;
      if (state.kind !== "live" || position === null || !wire.connected())
        return { ok: false, kind: "no-link" };
      const answer = await wire.command({ ...request, ...position, seenAt: seen });
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
