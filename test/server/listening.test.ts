/** How many screens sound, told by real screens over real sockets. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Push, type Sockets } from "../../server/push.ts";
import { newState } from "../../shared/engine.ts";
import { deviceId, siteId } from "../../shared/ids.ts";
import { monotonic, wallTime } from "../../shared/units.ts";
import { protocolVersion } from "../../shared/wire.ts";

let sockets: Sockets;
let push: Push;
let url: string;
let counts: number[];
let screens: Socket[];

beforeEach(async () => {
  [counts, screens] = [[], []];
  const http = createServer();
  sockets = new Server(http, { serveClient: false });
  push = new Push({
    sockets,
    epoch: "e",
    build: "dev",
    now: () => monotonic(performance.now()),
    wall: () => wallTime(0),
    site: () => ({
      site: "main",
      room: "Gym",
      class: null,
      listening: 1,
      releasedAll: null,
      staff: [],
      broker: true,
      recording: true,
      duty: { holder: null, offered: null },
      pause: null,
      unencrypted: false,
      demo: false,
    }),
    state: () => newState(siteId("main")),
    who: () => () => ({ kind: "tablet", device: deviceId("tablet") }),
    command: () => Promise.resolve({ ok: true, recorded: true }),
    listening: (count) => counts.push(count),
  });
  push.start();
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const screen of screens) screen.close();
  push.stop();
  await sockets.close();
});

/** A screen that has its snapshot. */
const screenThere = async (): Promise<Socket> => {
  const screen = io(url, { transports: ["websocket"], reconnection: false });
  screens.push(screen);
  await new Promise<void>((resolve) => {
    screen.on("snapshot", () => resolve());
    screen.emit("hello", { protocol: protocolVersion, screen: "wall" });
  });
  return screen;
};
const told = (expected: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(counts).toEqual(expected), { timeout: 5000, interval: 10 });
/** Until everything that this screen has sent so far was taken in. */
const settled = (screen: Socket): Promise<unknown> => screen.timeout(5000).emitWithAck("command", {});

test("a screen sounds once it has said so, and no longer when it says so or is gone", async () => {
  const [one, two] = [await screenThere(), await screenThere()];
  await settled(two);
  expect(counts).toEqual([]);
  one.emit("sound", { armed: true });
  await told([1]);
  two.emit("sound", { armed: true });
  await told([1, 2]);
  one.emit("sound", { armed: false });
  await told([1, 2, 1]);
  two.close();
  await told([1, 2, 1, 0]);
});

test("what is said twice counts once, and a screen that never sounded takes nothing away when it goes", async () => {
  const [one, two] = [await screenThere(), await screenThere()];
  for (const armed of [false, true, true]) one.emit("sound", { armed });
  await settled(one);
  two.close();
  one.emit("hello", { protocol: protocolVersion, screen: "wall" });
  one.emit("sound", { armed: true });
  await settled(one);
  expect(counts).toEqual([1]);
});

test("a connection that broke without a word counts until it is found out, and not after", async () => {
  const one = await screenThere();
  one.emit("sound", { armed: true });
  await told([1]);
  one.io.engine.close();
  await told([1, 0]);
});

test("what does not say it plainly is not heard, and harms nobody", async () => {
  const one = await screenThere();
  for (const noise of [null, undefined, true, [], "armed", {}, { armed: "yes" }, { armed: 1 }])
    one.emit("sound", noise);
  one.emit("sound");
  await settled(one);
  expect(counts).toEqual([]);
  one.emit("sound", { armed: true });
  await told([1]);
});

test("whoever has not said hello is no screen", async () => {
  const stranger = io(url, { transports: ["websocket"], reconnection: false });
  screens.push(stranger);
  stranger.emit("sound", { armed: true });
  await settled(stranger);
  expect(counts).toEqual([]);
});
