/** Who may do what over the real sockets of the real server. */
import { setTimeout as delay } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { ClassFile } from "../../../shared/plan/roster.ts";
import {
  type Answer,
  answerSchema,
  protocolVersion,
  type Snapshot,
  snapshotSchema,
} from "../../../shared/wire.ts";
import { connectClient, eventually, type TestClient } from "../../support/mqtt-client.ts";
import {
  administrator,
  assistant,
  lockedTablet,
  pairedWall,
  password,
  pin,
  signedIn,
} from "../../support/let-in.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import { type Visitor, visitor } from "../../support/visitor.ts";

const aClass: ClassFile = {
  version: 1,
  staff: [
    { id: "aidan", name: "Aidan R." },
    { id: "noor", name: "Noor B." },
  ],
  plans: [{ id: "p", name: "P", targetPctLop: 60, limitS: 480 }],
  stations: [
    {
      station: "1",
      patient: "Maya K.",
      plan: "p",
      cuffs: [{ cuff: "cuff-1", limb: "thigh", side: "left", lopMmhg: 250 }],
    },
  ],
};

/** A screen that follows the class. */
type Screen = Readonly<{
  socket: Socket;
  snapshot: () => Snapshot | undefined;
  /** Gives a command by a tapped name. */
  asks: (what: object, by?: string) => Promise<Answer>;
}>;

let server: TestServer;
let cuff: TestClient;
let speaking: NodeJS.Timeout;
const open: Socket[] = [];
beforeAll(async () => {
  server = await startServer(aClass);
  cuff = await connectClient(server.mqttPort);
  const began = performance.now();
  let seq = 0;
  speaking = setInterval(() => {
    const passed = Math.round(performance.now() - began);
    const st = { phase: "occluded", tgt: 1500, occMs: 60_000 + passed, ep: 1 };
    const p = [1500 + (seq % 3)];
    cuff.mqtt.publish(
      "bfr/v1/main/cuff-1/data",
      JSON.stringify({ v: 1, boot: "aa", seq: seq++, m0: 100_000 + passed, dt: 100, p, st }),
    );
  }, 250);
});
afterAll(async () => {
  clearInterval(speaking);
  for (const socket of open) socket.close();
  await cuff.end();
  await server.remove();
});

const connected = async (as: Visitor): Promise<Socket> => {
  const socket = io(server.url, {
    ...{ transports: ["websocket"], reconnection: false, forceNew: true },
    extraHeaders: { cookie: as.cookie() },
  });
  open.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.on("connect", () => resolve());
    socket.on("connect_error", reject);
  });
  return socket;
};
const screenOf = async (as: Visitor, page: "wall" | "floor" = "floor"): Promise<Screen> => {
  const socket = await connected(as);
  let snapshot: Snapshot | undefined;
  socket.on("snapshot", (raw) => (snapshot = snapshotSchema.parse(raw)));
  socket.on("patch", (_patch: unknown, taken: () => void) => taken());
  const hello = (): unknown => socket.emit("hello", { protocol: protocolVersion, screen: page });
  hello();
  return {
    socket,
    snapshot: () => snapshot,
    asks: async (what, by = "Aidan R.") => {
      // A fresh snapshot, so that the command is never of too long ago.
      const fresh = new Promise<unknown>((told) => socket.once("snapshot", told));
      hello();
      const { epoch, seq, now: seenAt } = snapshotSchema.parse(await fresh);
      return answerSchema.parse(
        await socket.timeout(5000).emitWithAck("command", { by, epoch, seq, seenAt, ...what }),
      );
    },
  };
};
const isRefused = expect.objectContaining({ ok: false, kind: "not-allowed" }) as unknown;
const done = { ok: true, recorded: true };
const note = (score: number) => ({ kind: "note", cuff: "cuff-1", note: { kind: "pain", score } });
const ends = (socket: Socket): Promise<string> => new Promise((told) => socket.once("disconnect", told));

describe("a stranger", () => {
  test("gets no connection, and a reason that a program can read", async () => {
    await expect(connected(visitor(server.url))).rejects.toMatchObject({ data: { kind: "not-known" } });
    const forged = visitor(server.url);
    await expect(
      connected({ ...forged, cookie: () => `cuffwatch-device=${"A".repeat(43)}` }),
    ).rejects.toMatchObject({ data: { kind: "not-known" } });
  });
});

describe("a wall", () => {
  test("is shown the class and can do nothing in it, whatever name it gives", async () => {
    const wall = await screenOf(await pairedWall(server), "wall");
    await eventually(() => expect(wall.snapshot()?.stations[0]?.patient).toBe("Maya K."));
    for (const what of [
      { kind: "acknowledge", alarm: "any" },
      { kind: "cuff-off", cuff: "cuff-1" },
      { kind: "release", cuff: "cuff-1" },
      { kind: "pause-sound" },
      note(9),
      { kind: "take-duty" },
    ])
      expect(await wall.asks(what), what.kind).toEqual(isRefused);
  });

  test("is given no page from which one acts", async () => {
    const wall = await screenOf(await pairedWall(server), "floor");
    await delay(300);
    expect(wall.snapshot()).toBeUndefined();
    expect(wall.socket.connected).toBe(true);
  });

  test("that is shut out loses its connection at once, and gets no other", async () => {
    const visiting = await pairedWall(server);
    const wall = await screenOf(visiting, "wall");
    const { who } = z
      .object({ who: z.object({ device: z.string() }) })
      .parse((await visiting.ask("GET", "/api/me")).body);
    const ended = ends(wall.socket);
    const admin = await administrator(server);
    expect((await admin.ask("DELETE", `/api/devices/${who.device}`)).status).toBe(204);
    expect(await ended).toBe("io server disconnect");
    await expect(connected(visiting)).rejects.toMatchObject({ data: { kind: "not-known" } });
  });
});

describe("a tablet on which nobody is signed in", () => {
  test("answers at the cuff by a tapped name, unverified, and does nothing else", async () => {
    const tablet = await screenOf(await lockedTablet(server));
    expect(await tablet.asks(note(9))).toEqual(done);
    let stop = "";
    await vi.waitFor(async () => {
      await tablet.asks({ kind: "acknowledge", alarm: "none" });
      stop = tablet.snapshot()?.alarms.find((o) => o.condition === "stop-advised")?.id ?? "";
      expect(stop).not.toBe("");
    });
    expect(await tablet.asks({ kind: "acknowledge", alarm: stop })).toEqual(done);
    await tablet.asks({ kind: "acknowledge", alarm: "none" });
    expect(tablet.snapshot()?.alarms.find((o) => o.id === stop)?.acknowledged).toMatchObject({
      by: "Aidan R.",
      verified: false,
    });
    // A release is refused by what this cuff can, not by who asks.
    expect(await tablet.asks({ kind: "release", cuff: "cuff-1" })).toMatchObject({ kind: "cannot-release" });
    expect(await tablet.asks({ kind: "cuff-off", cuff: "cuff-1" })).toEqual(done);
    expect(await tablet.asks(note(1), "Mallory")).toMatchObject({ ok: false, kind: "not-staff" });
    expect(await tablet.asks({ kind: "take-duty" })).toEqual(isRefused);
  });

  test("still does after six wrong PINs", async () => {
    const visiting = await lockedTablet(server);
    await administrator(server);
    const people = z.array(z.object({ staff: z.string(), hasPin: z.boolean() }));
    const staff = people.parse((await visiting.ask("GET", "/api/people")).body).find((p) => p.hasPin)?.staff;
    for (let i = 0; i < 6; i++) await visiting.ask("POST", "/api/pin", { staff, pin: "0000" });
    expect((await visiting.ask("POST", "/api/pin", { staff, pin })).status).toBe(403);
    const tablet = await screenOf(visiting);
    expect(await tablet.asks(note(3), "Noor B.")).toEqual(done);
  });
});

describe("somebody who is signed in", () => {
  const physio = { name: "Pia Physio", login: "pia", roles: ["physiotherapist"] } as const;

  test("acts by their own name, whatever name is sent", async () => {
    const tablet = await screenOf(await signedIn(server, physio));
    expect(await tablet.asks({ kind: "take-duty" }, "Mallory")).toEqual(done);
    await tablet.asks({ kind: "acknowledge", alarm: "none" });
    expect(tablet.snapshot()?.site.duty.holder).toBe("Pia Physio");
  });

  test("as an assistant notes, and neither treats nor plans", async () => {
    const asha = await assistant(server);
    const tablet = await screenOf(asha);
    expect(await tablet.asks(note(2))).toEqual(done);
    expect(await tablet.asks({ kind: "take-duty" })).toEqual(isRefused);
    expect((await asha.ask("POST", "/api/staff", {})).status).toBe(403);
  });

  test("has at the next command what rights an administrator has left them", async () => {
    const visiting = await signedIn(server, { name: "Sent Away", login: "sent", roles: ["physiotherapist"] });
    const tablet = await screenOf(visiting);
    expect(await tablet.asks({ kind: "decline-duty" })).not.toEqual(isRefused);
    await signedIn(server, { name: "Sent Away", login: "sent", roles: ["assistant"] });
    expect(await tablet.asks({ kind: "decline-duty" })).toEqual(isRefused);
    expect(await tablet.asks(note(2))).toEqual(done);
  });

  test("ends the connections of their browser by signing out, and those of no other", async () => {
    const visiting = await signedIn(server, physio);
    const [one, two] = [await screenOf(visiting), await screenOf(visiting, "wall")];
    const other = await screenOf(await signedIn(server, physio));
    const ended = Promise.all([ends(one.socket), ends(two.socket)]);
    await visiting.ask("POST", "/api/sign-out");
    expect(await ended).toEqual(["io server disconnect", "io server disconnect"]);
    expect(other.socket.connected).toBe(true);
    const again = await screenOf(visiting);
    expect(await again.asks({ kind: "take-duty" })).toEqual(isRefused);
  });

  test("leaves a locked tablet its connection, which is nobody's from then on", async () => {
    const visiting = await signedIn(server, physio);
    const tablet = await screenOf(visiting);
    await visiting.ask("POST", "/api/lock");
    expect(await tablet.asks({ kind: "decline-duty" })).toEqual(isRefused);
    expect(await tablet.asks(note(2))).toEqual(done);
    expect(tablet.socket.connected).toBe(true);
  });

  test("is known to every page of the browser soon after signing in on one of them", async () => {
    const visiting = await lockedTablet(server);
    const old = await screenOf(visiting);
    const ended = ends(old.socket);
    await signedIn(server, physio);
    await visiting.ask("POST", "/api/sign-in", { login: physio.login, password });
    const fresh = await screenOf(visiting);
    expect(await ended).toBe("io server disconnect");
    expect(fresh.socket.connected).toBe(true);
    expect(await fresh.asks({ kind: "decline-duty" })).not.toEqual(isRefused);
  });
});

test("two tablets that answer at once are told apart, each by whoever is at it", async () => {
  const [aidan, pia] = [
    await screenOf(await lockedTablet(server)),
    await screenOf(await signedIn(server, { name: "Pia Physio", login: "pia", roles: ["physiotherapist"] })),
  ];
  const answers = await Promise.all([aidan.asks({ kind: "pause-sound" }), pia.asks({ kind: "pause-sound" })]);
  expect(answers.filter((a) => a.ok)).toHaveLength(1);
  const [refused] = answers.filter((a) => !a.ok);
  expect(refused?.ok === false ? refused.reason : "").toMatch(
    /^(Aidan R\.|Pia Physio) has just paused the sound/,
  );
});
