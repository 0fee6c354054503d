/** Screens against the real server process, over real sockets. */
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClassFile } from "../../shared/plan/roster.ts";
import {
  type Answer,
  answerSchema,
  type Command,
  type Patch,
  patchSchema,
  protocolVersion,
  type ScreenToServer,
  type ServerToScreen,
  type Snapshot,
  snapshotSchema,
} from "../../shared/wire.ts";
import { lockedTablet } from "../support/let-in.ts";
import { spokenCuff } from "../support/mosquitto-pub.ts";
import { startServer, type TestServer } from "../support/server.ts";
import type { Visitor } from "../support/visitor.ts";
import { describeWithMosquitto } from "../support/with-mosquitto.ts";

const aClass: ClassFile = {
  version: 1,
  staff: [
    { id: "aidan", name: "Aidan R." },
    { id: "noor", name: "Noor B." },
  ],
  plans: [{ id: "p", name: "P", targetPctLop: 60, limitS: 30 }],
  stations: [
    {
      station: "1",
      patient: "Maya K.",
      plan: "p",
      cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
};

type Screen = Readonly<{
  socket: Socket<ServerToScreen, ScreenToServer>;
  snapshot: () => Snapshot;
  patches: () => readonly Patch[];
  until: <T>(found: () => T | undefined) => Promise<T>;
  asks: (command: unknown) => Promise<Answer>;
}>;

const sockets: Socket[] = [];
let tablet: Visitor;

/** A screen that follows; one that is not `prompt` never says that it has taken a patch in. */
const screenAt = async (
  url: string,
  prompt = true,
  headers: Record<string, string> = {},
): Promise<Screen> => {
  const socket: Screen["socket"] = io(url, {
    transports: ["websocket"],
    reconnection: false,
    extraHeaders: { cookie: tablet.cookie(), ...headers },
  });
  sockets.push(socket);
  let snapshot: Snapshot | undefined;
  const patches: Patch[] = [];
  socket.on("snapshot", (raw) => (snapshot = snapshotSchema.parse(raw)));
  socket.on("patch", (raw, taken) => {
    patches.push(patchSchema.parse(raw));
    if (prompt) taken();
  });
  await new Promise<void>((resolve, reject) => {
    socket.on("connect", () => resolve());
    socket.on("connect_error", reject);
  });
  socket.emit("hello", { protocol: protocolVersion, screen: "wall" });
  const until = async <T>(found: () => T | undefined): Promise<T> => {
    const give = performance.now() + 15_000;
    for (;;) {
      const value = found();
      if (value !== undefined) return value;
      if (performance.now() > give) throw new Error("It did not come within 15 s.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await until(() => snapshot);
  return {
    socket,
    snapshot: () => snapshot ?? expect.fail(),
    patches: () => patches,
    until,
    asks: async (command) =>
      answerSchema.parse(await new Promise((resolve) => socket.emit("command", command, resolve))),
  };
};

describeWithMosquitto("screens", () => {
  let server: TestServer;
  let cuff: ReturnType<typeof spokenCuff>;
  beforeAll(async () => {
    server = await startServer(aClass);
    tablet = await lockedTablet(server);
    cuff = spokenCuff(server.mqttPort, "cuff-1");
  });
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await cuff.end();
    await server.remove();
  });

  /** A command as a screen would send it now. */
  const command = (screen: Screen, what: object): object => {
    const { epoch } = screen.snapshot();
    const seenAt = screen.patches().at(-1)?.now ?? screen.snapshot().now;
    return { by: "Aidan R.", epoch, seq: 1, seenAt, ...what } satisfies Partial<Command>;
  };

  test("patches follow the snapshot without a gap, with readings and their trace", async () => {
    const screen = await screenAt(server.url);
    await screen.until(() => (screen.patches().length > 5 ? true : undefined));
    const seqs = screen.patches().map((p) => p.seq);
    expect(seqs).toEqual(seqs.map((_, i) => screen.snapshot().seq + 1 + i));
    expect(screen.patches().flatMap((p) => p.traces).length).toBeGreaterThan(0);
  });

  test("one that takes nothing in is sent one patch, and another one beside it everything", async () => {
    const [slow, prompt] = [await screenAt(server.url, false), await screenAt(server.url)];
    await prompt.until(() => (prompt.patches().length > 10 ? true : undefined));
    expect(slow.patches()).toHaveLength(1);
  });

  test("two people who answer the same alarm at once: one goes, the other hears who does, both screens show it", async () => {
    cuff.does({ p: 150, phase: "occluded", tgt: 150, occ: 29 });
    const [one, two] = [await screenAt(server.url), await screenAt(server.url)];
    const overrun = await one.until(() =>
      [...one.snapshot().alarms, ...one.patches().flatMap((p) => p.alarms)].find(
        (o) => o.condition === "overrun",
      ),
    );
    const answers = await Promise.all([
      one.asks(command(one, { kind: "acknowledge", alarm: overrun.id })),
      two.asks(command(two, { kind: "acknowledge", alarm: overrun.id, by: "Noor B." })),
    ]);
    expect(answers).toContainEqual({ ok: true, recorded: true });
    expect(answers.filter((a) => !a.ok)).toEqual([expect.objectContaining({ kind: "already" })]);
    for (const screen of [one, two])
      await screen.until(() =>
        screen
          .patches()
          .flatMap((p) => p.alarms)
          .find((o) => o.acknowledged !== null),
      );
  });

  test.each<[string, object, string]>([
    ["older than 5 s", { kind: "cuff-off", cuff: "cuff-1", seenAt: -10_000 }, "stale"],
    ["of before a restart", { kind: "cuff-off", cuff: "cuff-1", epoch: "another" }, "stale"],
    ["of somebody unknown", { kind: "cuff-off", cuff: "cuff-1", by: "Mallory" }, "not-staff"],
    ["for an unknown cuff", { kind: "cuff-off", cuff: "nobody" }, "no-such-cuff"],
    ["for an unknown alarm", { kind: "acknowledge", alarm: "none" }, "no-such-alarm"],
    ["to release what cannot be released from here", { kind: "release", cuff: "cuff-1" }, "cannot-release"],
    ["of an unknown kind", { kind: "inflate", cuff: "cuff-1" }, "malformed"],
    ["without a cuff", { kind: "cuff-off" }, "malformed"],
    ["with numbers for words", { kind: "cuff-off", cuff: 7 }, "malformed"],
  ])("a command %s is refused with a reason", async (_name, what, kind) => {
    const screen = await screenAt(server.url);
    const answer = await screen.asks(command(screen, what));
    expect(answer).toMatchObject({ ok: false, kind });
    expect(answer.ok ? "" : answer.reason).toMatch(/[A-Z].*\.$/);
  });

  test("whatever else a screen sends changes nothing", async () => {
    const screen = await screenAt(server.url);
    for (const noise of [null, [], "x", { v: 1 }]) {
      screen.socket.emit("hello", noise);
      expect(await screen.asks(noise)).toMatchObject({ ok: false, kind: "malformed" });
    }
    expect(screen.socket.connected).toBe(true);
  });

  test("a page of another origin is not let in", async () => {
    await expect(screenAt(server.url, true, { Origin: "http://elsewhere.example" })).rejects.toThrow();
  });
});
