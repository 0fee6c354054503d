/**
 * A server with nothing behind it: gives the built screens and plays them made-up classes over the real wire. What screens
 * send is kept, and answered as a test says.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Router } from "express";
import helmet from "helmet";
import { Server } from "socket.io";
import { type CuffId } from "../../shared/ids.ts";
import { type Monotonic, monotonic } from "../../shared/units.ts";
import {
  type Answer,
  type Command,
  commandSchema,
  type CuffOnScreen,
  protocolVersion,
  soundSchema,
} from "../../shared/wire.ts";
import type { Scene, SceneAt } from "./scenes.ts";

const dist = new URL("../../client/dist/", import.meta.url).pathname;

/** A kiosk is started like this, so that its sound needs no tap. */
export const kioskArg = "--autoplay-policy=no-user-gesture-required";

export type Stage = Readonly<{
  url: string;
  /** The site time of this stage. */
  now: () => Monotonic;
  /** Plays a class from now on, to screens that are there and to those that come. */
  show: (scene: SceneAt) => void;
  /** Sends one patch to every screen. */
  patch: (change: Record<string, unknown>) => void;
  /** Stops saying anything, without closing a connection, or goes on. */
  mute: (muted: boolean) => void;
  /** The server's clock shows another time from now on, by so many milliseconds. */
  shiftClock: (by: number) => void;
  /** From now on another process of the server speaks. */
  restart: () => void;
  /** The zero of the stage's clock, in milliseconds since 1970. */
  zero: () => number;
  /** What screens said of their sound, in order. */
  sounds: readonly boolean[];
  commands: readonly Command[];
  /** How many patches screens said they have taken in. */
  taken: () => number;
  answer: (answer: Answer) => void;
  /** Whether screens are let in from now on; where not, those that are there are shut out. */
  letIn: (known: boolean) => void;
  /** How many connections were made. */
  connections: () => number;
  close: () => Promise<void>;
}>;

const pages = ["/", "/wall", "/floor", "/alarms", "/sign-in", "/setup", "/setup/:part"];

/** Opens a stage on a free port; `api` answers what pages ask over HTTP. */
export const openStage = async (first: SceneAt, api?: Router): Promise<Stage> => {
  const app = express();
  app.use(helmet({ hsts: false }));
  if (api !== undefined) app.use(api);
  app.use(express.static(dist, { index: false }));
  app.get(pages, (_request, response) => response.sendFile("index.html", { root: dist }));
  const http = createServer(app);
  const io = new Server(http, { serveClient: false });
  let ahead = 5_000_000;
  let epoch = 1;
  const now = (): Monotonic => monotonic(performance.now() + ahead);
  const sounds: boolean[] = [];
  const commands: Command[] = [];
  let scene: Scene = first(now());
  let muted = false;
  let seq = 1;
  let taken = 0;
  let known = true;
  let connections = 0;
  let reply: Answer = { ok: true, recorded: true };

  const stamp = (): Record<string, unknown> => ({
    epoch: `stage ${epoch}`,
    seq,
    now: now(),
    wall: Date.now(),
  });
  const snapshot = (): unknown => ({
    protocol: protocolVersion,
    build: "dev",
    ...stamp(),
    ...scene,
    stations: scene.stations.map((s) => ({
      ...s,
      cuffs: s.cuffs.map((c) => (isLive(c) ? { ...c, pressureAt: now() } : c)),
    })),
  });
  io.use((_socket, next) => {
    connections += 1;
    next(known ? undefined : Object.assign(new Error("not known"), { data: { kind: "not-known" } }));
  });
  io.on("connection", (socket) => {
    socket.on("hello", () => {
      if (!muted) socket.emit("snapshot", snapshot());
    });
    socket.on("sound", (sound: unknown) => sounds.push(soundSchema.parse(sound).armed));
    socket.on("command", (command: unknown, answered: (answer: Answer) => void) => {
      const asked = commandSchema.parse(command);
      commands.push(asked);
      if (asked.kind === "test-sound") io.emit("test");
      if (!muted) answered(reply);
    });
  });

  const patch = (change: Record<string, unknown>): void => {
    if (muted) return;
    seq++;
    for (const socket of io.sockets.sockets.values())
      socket.emit(
        "patch",
        { ...stamp(), cuffs: [], readings: [], alarms: [], traces: [], ...change },
        () => taken++,
      );
  };
  /** Cuffs that were live when the scene began go on being read. */
  const isLive = (c: CuffOnScreen): boolean => c.pressureAt !== null && began - c.pressureAt < 1000;
  const live = (): readonly (readonly [CuffId, number])[] =>
    scene.stations.flatMap((s) => s.cuffs.filter(isLive).map((c) => [c.cuff, c.pressure ?? 0] as const));
  let began = now();
  const timer = setInterval(() => {
    const readings = live();
    patch({
      readings: readings.map(([cuff, pressure]) => [cuff, now(), pressure]),
      traces: readings.map(([cuff, pressure]) => ({ cuff, points: [[now(), pressure]] })),
    });
    if (!muted) io.emit("beat", stamp());
  }, 500);

  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    now,
    show: (next) => {
      began = now();
      scene = next(began);
      io.emit("snapshot", snapshot());
    },
    patch,
    mute: (silent) => {
      muted = silent;
    },
    shiftClock: (by) => {
      ahead += by;
    },
    restart: () => {
      epoch += 1;
    },
    zero: () => performance.timeOrigin - ahead,
    sounds,
    commands,
    taken: () => taken,
    answer: (answer) => {
      reply = answer;
    },
    letIn: (isKnown) => {
      known = isKnown;
      if (!known) io.disconnectSockets(true);
    },
    connections: () => connections,
    close: async () => {
      clearInterval(timer);
      await io.close();
    },
  };
};
