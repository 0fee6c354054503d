import { beforeEach, describe, expect, test } from "vitest";
import { createLink, type Link, type LinkState, type WireEvents } from "../../client/link.ts";
import { alarmId } from "../../shared/ids.ts";
import { type Command, protocolVersion } from "../../shared/wire.ts";

/** A server and a socket in memory; time passes only when a test says so. */
const createPair = () => {
  let events: WireEvents | undefined;
  let local = 100;
  /** The wall clock, less what has passed by the screen's own. */
  let wall = 1_790_000_000_000;
  /** What the screen's steady clock has not counted. */
  let slept = 0;
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
    /** Lets time pass while the machine sleeps and its steady clock does too: only the wall clock and the server go on. */
    sleep: (ms: number) => {
      wall += ms;
      slept += ms;
    },
    /** Somebody sets the wall clock. */
    setClock: (ms: number) => {
      wall += ms;
    },
    /** The moment on the server's own clock. */
    get site() {
      return local + slept + 50_000;
    },
    connect: () => {
      pair.connected = true;
      events?.connect();
    },
    disconnect: () => {
      pair.connected = false;
      events?.disconnect();
    },
    refuse: () => events?.refused(),
    snapshot: (epoch = "a", seq = 1, more: object = {}) =>
      events?.snapshot({
        protocol: protocolVersion,
        build: "dev",
        ...stamp(epoch, seq),
        site: {
          site: "main",
          room: "Gym",
          class: null,
          listening: 1,
          releasedAll: null,
          staff: [],
          broker: true,
          recording: true,
          unencrypted: false,
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
  const stamp = (epoch: string, seq: number) => ({ epoch, seq, now: local + slept + 50_000, wall: 1 });
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
      clock: { now: () => local, wall: () => wall + local },
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

  test("after three seconds without a word, and is back with the next snapshot", () => {
    pair.pass(link, 3000);
    expect(link.state().kind).toBe("live");
    pair.pass(link, 250);
    expect(link.state()).toEqual({ kind: "lost", since: 100 });
    pair.snapshot("a", 1);
    expect(pair.states).toEqual(["live", "lost", "live"]);
  });

  test("and stays lost until it has the whole class, though the server beats again", () => {
    pair.pass(link, 3250);
    pair.beat(1);
    pair.patch(2);
    expect(link.state().kind).toBe("lost");
    expect(pair.heard).toEqual(["snapshot 1"]);
    expect(pair.hellos).toBe(2);
    pair.snapshot("a", 2);
    expect(link.state().kind).toBe("live");
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

describe("a screen that stood still", () => {
  beforeEach(() => {
    pair.snapshot("a", 1);
    pair.pass(link, 1000);
  });

  test("says so and asks for the class anew, and is back with it, never having lost the link", () => {
    pair.freeze(4000);
    link.look();
    expect(link.state()).toEqual({ kind: "asking", since: 5100, stood: 4000 });
    expect([pair.hellos, pair.reopened]).toEqual([2, 0]);
    pair.pass(link, 500);
    pair.snapshot("a", 7);
    pair.pass(link, 1000);
    expect(pair.states).toEqual(["live", "asking", "live"]);
  });

  test("believes nothing that has waited for it", () => {
    pair.freeze(4000);
    pair.patch(2);
    pair.beat(2);
    pair.snapshot("a", 3);
    expect(pair.heard).toEqual(["snapshot 1", "snapshot 3"]);
    pair.freeze(4000);
    pair.snapshot("a", 4);
    expect(link.state().kind).toBe("asking");
    expect(pair.heard).toEqual(["snapshot 1", "snapshot 3"]);
  });

  test("opens another connection after a long time, since the server has given up the one it had", () => {
    pair.freeze(40_000);
    link.look();
    expect(pair.reopened).toBe(1);
  });

  test("has lost the link when it has listened for two seconds in vain", () => {
    pair.freeze(4000);
    link.look();
    pair.pass(link, 1750);
    expect(link.state().kind).toBe("asking");
    pair.pass(link, 250);
    expect(link.state()).toEqual({ kind: "lost", since: 100 });
  });

  test("again and again listens only once", () => {
    for (let i = 0; i < 2; i++) {
      pair.freeze(60_000);
      link.look();
    }
    expect(link.state().kind).toBe("lost");
  });

  test("did not stand still while it took in what it heard, however seldom it looked", () => {
    for (let s = 0; s < 60; s++) {
      pair.freeze(1000);
      pair.beat(1);
    }
    link.look();
    expect(pair.states).toEqual(["live"]);
  });

  test("is marked before the browser freezes it, and says how long that was when it wakes", () => {
    link.freeze();
    expect(link.state()).toEqual({ kind: "asking", since: 1100, stood: 0 });
    pair.freeze(4000);
    link.look();
    expect(link.state()).toEqual({ kind: "asking", since: 5100, stood: 4000 });
  });

  test("does not keep the clocks of a lost link from running", () => {
    pair.pass(link, 3250);
    const before = link.time.at(pair.local);
    pair.freeze(40_000);
    link.look();
    expect(link.time.at(pair.local)).toBe(before + 40_000);
    expect(link.state()).toEqual({ kind: "lost", since: 100 });
  });
});

describe("a machine that slept, so that only its wall clock went on", () => {
  beforeEach(() => {
    pair.snapshot("a", 1);
    pair.pass(link, 1000);
    pair.sleep(40_000);
  });

  test("asks for the class anew at once, and has its clocks right when the server answers", () => {
    expect(link.look()).toBe(200);
    expect(pair.reopened).toBe(1);
    pair.snapshot("a", 9);
    expect(link.time.at(pair.local)).toBe(pair.site);
    pair.pass(link, 1000);
    expect(pair.states).toEqual(["live"]);
  });

  test("says that it stood still when the answer takes a moment", () => {
    link.look();
    pair.pass(link, 250);
    expect(link.state()).toEqual({ kind: "asking", since: 1100, stood: 40_000 });
    pair.snapshot("a", 9);
    expect(pair.states).toEqual(["live", "asking", "live"]);
  });

  test("has lost a server that does not answer, since before it slept, and its clocks do not lag", () => {
    link.look();
    pair.pass(link, 2000);
    expect(link.state()).toEqual({ kind: "lost", since: 100 - 40_000 });
    expect(link.time.at(pair.local)).toBe(pair.site);
    expect(pair.reopened).toBe(1);
  });

  test("counts a second sleep too, while the link is lost", () => {
    link.look();
    pair.pass(link, 2000);
    pair.sleep(600_000);
    link.look();
    expect(link.time.at(pair.local)).toBe(pair.site);
    expect(link.state()).toEqual({ kind: "lost", since: 100 - 640_000 });
  });
});

describe("a wall clock that is set", () => {
  const hour = 3_600_000;
  beforeEach(() => {
    pair.snapshot("a", 1);
    pair.pass(link, 1000);
  });

  test.each([
    ["forward", hour],
    ["forward a little", 3000],
    ["back", 0 - hour],
  ])("%s changes nothing while the server is heard", (_, by) => {
    pair.setClock(by);
    for (let s = 0; s < 10; s++) {
      link.look();
      // The server answers whoever asks, and beats.
      if (pair.hellos > 1) pair.snapshot("a", 1);
      pair.beat(1);
      expect(link.time.at(pair.local)).toBe(pair.site);
      pair.pass(link, 1000);
    }
    expect(pair.states).toEqual(["live"]);
  });

  test("forward while the link is lost counts as time that has passed, until the server is heard", () => {
    pair.pass(link, 3250);
    pair.setClock(hour);
    link.look();
    expect(link.time.at(pair.local)).toBe(pair.site + hour);
    pair.snapshot("a", 5);
    expect(link.time.at(pair.local)).toBe(pair.site);
  });

  test("back while the link is lost sets no clock of the class back", () => {
    pair.pass(link, 3250);
    pair.setClock(0 - hour);
    link.look();
    expect(link.time.at(pair.local)).toBe(pair.site);
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
    expect(pair.commands).toEqual([{ ...request, epoch: "a", seq: 2, seenAt: pair.site }]);
  });

  test("of a page that hangs carry what it showed, not when it came to send them", async () => {
    pair.snapshot("a", 1);
    pair.pass(link, 250);
    const shown = pair.site;
    pair.freeze(1200);
    await link.send(request);
    expect(pair.commands).toMatchObject([{ seenAt: shown }]);
  });

  test.each([
    ["is the first thing after a standstill", () => pair.freeze(4000)],
    ["is the first thing after a sleep", () => pair.sleep(4000)],
    [
      "comes before the class of now",
      () => {
        pair.freeze(4000);
        link.look();
      },
    ],
    ["comes while the browser is about to stop the page", () => link.freeze()],
  ])("are not sent, and the person is told why, where one %s", async (_, happens) => {
    pair.snapshot("a", 1);
    pair.pass(link, 250);
    happens();
    expect(await link.send(request)).toEqual({ ok: false, kind: "stood-still" });
    expect(pair.commands).toEqual([]);
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

describe("somebody else signs in", () => {
  beforeEach(() => pair.snapshot("a", 3));
  const reconnect = (): void => {
    pair.disconnect();
    pair.pass(link, 250);
    pair.connect();
  };

  test("another connection is opened, and no link is said to be lost", async () => {
    const done = link.renew();
    expect(pair.reopened).toBe(1);
    reconnect();
    pair.snapshot("a", 1);
    await done;
    pair.pass(link, 1000);
    expect(pair.states).toEqual(["live"]);
  });

  test("what is sent meanwhile waits for it, and is sent as the person saw it", async () => {
    const seen = pair.site;
    link.look();
    void link.renew();
    const sent = link.send({ kind: "pause-sound", by: "Aidan R." });
    reconnect();
    expect(pair.commands).toEqual([]);
    pair.snapshot("a", 1);
    expect(await sent).toEqual({ ok: true, recorded: true });
    expect(pair.commands).toMatchObject([{ epoch: "a", seq: 1, seenAt: seen }]);
  });

  test("where no connection comes the link is lost as ever, and nobody waits for it for good", async () => {
    const done = link.renew();
    const sent = link.send({ kind: "pause-sound", by: "Aidan R." });
    pair.disconnect();
    pair.pass(link, 2000);
    await done;
    expect(link.state().kind).toBe("lost");
    expect(await sent).toEqual({ ok: false, kind: "no-link" });
  });

  test("on a screen without a link only another connection is opened", async () => {
    pair.pass(link, 3500);
    await link.renew();
    expect(pair.reopened).toBe(1);
  });
});

describe("a browser that the server does not know", () => {
  test("is told apart from one that has lost its link, however long it lasts", () => {
    pair.disconnect();
    pair.refuse();
    pair.pass(link, 10_000);
    expect(link.state()).toEqual({ kind: "not-known", since: 100, seen: false });
    expect(pair.states).toEqual(["not-known"]);
  });

  test("knows that it showed the class until then, and sends nothing more", async () => {
    pair.snapshot("a", 1);
    pair.disconnect();
    pair.refuse();
    pair.refuse();
    expect(pair.states).toEqual(["live", "not-known"]);
    expect(link.state()).toMatchObject({ kind: "not-known", seen: true });
    expect(await link.send({ kind: "pause-sound", by: "Aidan R." })).toEqual({ ok: false, kind: "no-link" });
  });

  test("is live with the first snapshot once it is let in, its clocks begun anew", () => {
    pair.snapshot("a", 1);
    pair.disconnect();
    pair.refuse();
    pair.sleep(600_000);
    link.look();
    pair.connect();
    pair.snapshot("a", 9);
    expect(link.state().kind).toBe("live");
    expect(link.time.at(pair.local)).toBe(pair.site);
  });
});
