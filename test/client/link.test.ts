import { beforeEach, describe, expect, test } from "vitest";
import { createLink, type Link, type LinkState, type WireEvents } from "../../client/link.ts";
import { alarmId } from "../../shared/ids.ts";
import { type Command, protocolVersion } from "../../shared/wire.ts";

/** A server and a socket in memory; time passes only when a test says so. */
const createPair = () => {
  let events: WireEvents | undefined;
  let local = 100;
  const heard: string[] = [];
  const builds: string[] = [];
  const failures: unknown[] = [];
  const states: LinkState["kind"][] = [];
  const pair = {
    connected: true,
    hellos: 0,
    reopened: 0,
    sounds: [] as boolean[],
    commands: [] as Command[],
    answer: { ok: true, recorded: true } as unknown,
    heard,
    builds,
    failures,
    breaks: false,
    states,
    taken: 0,
    get local() {
      return local;
    },
    /** Lets time pass with the page looking four times a second, as it does. */
    pass: (link: Link, ms: number) => {
      for (let t = 0; t < ms; t += 250) {
        local += 250;
        link.look();
      }
    },
    /** Lets time pass while the tab is frozen. */
    freeze: (ms: number) => {
      local += ms;
    },
    connect: () => {
      pair.connected = true;
      events?.connect();
    },
    disconnect: () => {
      pair.connected = false;
      events?.disconnect();
    },
    snapshot: (epoch = "a", seq = 1, more: object = {}) =>
      events?.snapshot({
        protocol: protocolVersion,
        build: "dev",
        ...stamp(epoch, seq),
        site: {
          site: "main",
          room: "Gym",
          staff: [],
          broker: true,
          recording: true,
          open: false,
          demo: false,
          duty: { holder: null, offered: null },
          pause: null,
        },
        stations: [],
        alarms: [],
        traces: [],
        ...more,
      }),
    patch: (seq: number, epoch = "a") =>
      events?.patch(
        { ...stamp(epoch, seq), cuffs: [], readings: [], alarms: [], traces: [] },
        () => pair.taken++,
      ),
    beat: (seq: number, epoch = "a") => events?.beat(stamp(epoch, seq)),
    garbage: () => events?.patch({ nonsense: true }, () => pair.taken++),
  };
  const stamp = (epoch: string, seq: number) => ({ epoch, seq, now: local + 50_000, wall: 1 });
  const link = createLink(
    {
      connected: () => pair.connected,
      hello: () => {
        pair.hellos++;
      },
      sound: ({ armed }) => pair.sounds.push(armed),
      command: (command) => {
        pair.commands.push(command);
        return Promise.resolve(pair.answer);
      },
      reopen: () => {
        pair.reopened++;
      },
      listen: (given) => {
        events = given;
      },
    },
    {
      screen: "wall",
      clock: { now: () => local },
      receiver: {
        snapshot: (s) => heard.push(`snapshot ${s.seq}`),
        patch: (p) => {
          if (pair.breaks) throw new Error("a bug of the page");
          heard.push(`patch ${p.seq}`);
        },
        state: (s) => states.push(s.kind),
        build: (build) => builds.push(build),
        failed: (error) => failures.push(error),
      },
    },
  );
  return { pair, link };
};

let pair: ReturnType<typeof createPair>["pair"];
let link: Link;
beforeEach(() => {
  ({ pair, link } = createPair());
  pair.connect();
});

describe("in step", () => {
  test("a page that fails to take a patch in says so, answers it, and asks for the class anew", () => {
    pair.snapshot("a", 1);
    pair.breaks = true;
    pair.pass(link, 1500);
    pair.patch(2);
    expect(pair).toMatchObject({ taken: 1, hellos: 2, failures: [new Error("a bug of the page")] });
    pair.breaks = false;
    pair.snapshot("a", 3);
    pair.patch(4);
    expect(pair.heard).toEqual(["snapshot 1", "snapshot 3", "patch 4"]);
  });
  test("a snapshot that this build cannot read still says which build the server has, and is no link", () => {
    pair.snapshot("a", 1, { build: "newer", alarms: [{ condition: "unheard-of" }] });
    pair.pass(link, 5000);
    expect(pair.builds).toEqual(["newer"]);
    expect(link.state().kind).toBe("never");
  });
  test("says hello once, takes the snapshot and the patches that follow it, and says so of each", () => {
    pair.snapshot("a", 4);
    pair.patch(5);
    pair.patch(6);
    expect(pair.hellos).toBe(1);
    expect(pair.heard).toEqual(["snapshot 4", "patch 5", "patch 6"]);
    expect(pair.taken).toBe(2);
    expect(pair.states).toEqual(["live"]);
  });

  test.each([
    ["a number is missing", () => pair.patch(7)],
    ["a number comes twice", () => pair.patch(4)],
    ["another process speaks", () => pair.patch(5, "b")],
    ["a beat tells of a patch that never came", () => pair.beat(6)],
    ["another process beats", () => pair.beat(4, "b")],
    ["a message does not parse", () => pair.garbage()],
  ])("asks for a whole snapshot when %s, and takes nothing until it is there", (_, happens) => {
    pair.snapshot("a", 4);
    pair.pass(link, 1000);
    happens();
    expect(pair.hellos).toBe(2);
    pair.patch(8);
    expect(pair.heard).toEqual(["snapshot 4"]);
    expect(pair.taken).toBe(0);
    pair.snapshot("b", 1);
    pair.patch(2, "b");
    expect(pair.heard).toEqual(["snapshot 4", "snapshot 1", "patch 2"]);
  });

  test("asks at most once a second, and goes on asking", () => {
    pair.snapshot("a", 4);
    pair.pass(link, 1000);
    for (let i = 0; i < 20; i++) pair.patch(9 + i);
    expect(pair.hellos).toBe(2);
    pair.pass(link, 2000);
    expect(pair.hellos).toBe(4);
  });
});

describe("the link is lost", () => {
  beforeEach(() => pair.snapshot("a", 1));

  test("after three seconds without a word, and is back with the next one", () => {
    pair.pass(link, 3000);
    expect(link.state().kind).toBe("live");
    pair.pass(link, 250);
    expect(link.state()).toEqual({ kind: "lost", since: 100 });
    pair.beat(1);
    expect(pair.states).toEqual(["live", "lost", "live"]);
  });

  test("not while beats come, though nothing changes", () => {
    for (let i = 0; i < 10; i++) {
      pair.pass(link, 1000);
      pair.beat(1);
    }
    expect(pair.states).toEqual(["live"]);
  });

  test("when all that comes is out of step", () => {
    for (let i = 0; i < 4; i++) {
      pair.pass(link, 1000);
      pair.beat(9);
    }
    expect(link.state().kind).toBe("lost");
  });

  test("sooner, when the connection was closed and does not come back", () => {
    pair.disconnect();
    pair.pass(link, 1500);
    expect(link.state().kind).toBe("live");
    pair.pass(link, 250);
    expect(link.state().kind).toBe("lost");
  });

  test("not because the tab stood still: it listens for one second first", () => {
    pair.freeze(60_000);
    link.look();
    expect(link.state().kind).toBe("live");
    pair.pass(link, 500);
    pair.beat(1);
    pair.pass(link, 1000);
    expect(pair.states).toEqual(["live"]);
  });

  test("but it is when the tab has listened and heard nothing, even a tab that is frozen again and again", () => {
    pair.freeze(60_000);
    link.look();
    pair.freeze(60_000);
    link.look();
    expect(link.state().kind).toBe("lost");
  });

  test("and a connection that says nothing is given up for another, every five seconds", () => {
    pair.pass(link, 5250);
    expect(pair.reopened).toBe(1);
    pair.pass(link, 5250);
    expect(pair.reopened).toBe(2);
  });
});

describe("whether the screen's sound is heard", () => {
  test("is said after the snapshot, and at every change", () => {
    link.sound(true);
    expect(pair.sounds).toEqual([]);
    pair.snapshot();
    link.sound(false);
    expect(pair.sounds).toEqual([true, false]);
  });

  test("is not armed until it is known to be", () => {
    pair.snapshot();
    expect(pair.sounds).toEqual([false]);
  });

  test("is kept for nobody while there is no link, and said as it is then to whoever answers", () => {
    pair.snapshot();
    pair.disconnect();
    link.sound(true);
    link.sound(false);
    link.sound(true);
    expect(pair.sounds).toEqual([false]);
    pair.connect();
    pair.snapshot("b", 1);
    expect(pair.sounds).toEqual([false, true]);
  });

  test("is said again with each whole snapshot after a gap", () => {
    pair.snapshot();
    link.sound(true);
    pair.pass(link, 1000);
    pair.patch(9);
    pair.snapshot("a", 9);
    expect(pair.sounds).toEqual([false, true, true]);
  });
});

test("a screen that has never heard the server says that, and not that it has lost it", () => {
  pair.pass(link, 3250);
  expect(link.state().kind).toBe("never");
});

describe("commands", () => {
  const request = { kind: "acknowledge", by: "Aidan R.", alarm: alarmId("x") } as const;

  test("carry what the person was looking at", async () => {
    pair.snapshot("a", 1);
    pair.patch(2);
    pair.pass(link, 250);
    expect(await link.send(request)).toEqual({ ok: true, recorded: true });
    expect(pair.commands).toEqual([{ ...request, epoch: "a", seq: 2, seenAt: pair.local + 50_000 }]);
  });

  test.each([
    ["before the first snapshot", () => undefined],
    [
      "while the link is lost",
      () => {
        pair.snapshot();
        pair.pass(link, 3500);
      },
    ],
    [
      "while disconnected, however recently",
      () => {
        pair.snapshot();
        pair.disconnect();
      },
    ],
    [
      "while a snapshot is waited for",
      () => {
        pair.snapshot();
        pair.patch(9);
      },
    ],
  ])("are refused here, and never kept for later, %s", async (_, happens) => {
    happens();
    expect(await link.send(request)).toEqual({ ok: false, kind: "no-link" });
    expect(pair.commands).toEqual([]);
  });

  test.each([
    ["no answer", null, "no-answer"],
    ["an answer that nobody understands", { fine: true }, "not-understood"],
  ])("say so when there is %s", async (_, answer, kind) => {
    pair.snapshot();
    pair.answer = answer;
    expect(await link.send(request)).toEqual({ ok: false, kind });
  });

  test("hand on why the server refused", async () => {
    pair.snapshot();
    pair.answer = { ok: false, kind: "already", reason: "Lena is going already." };
    expect(await link.send(request)).toMatchObject({ ok: false, reason: "Lena is going already." });
  });
});
