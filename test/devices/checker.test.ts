import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../devices/check.ts";
import { answerFindings } from "../../devices/checker/announcement.ts";
import type { Arrived, Hearing } from "../../devices/checker/finding.ts";
import { review } from "../../devices/checker.ts";
import { joined, metaOf, occMs, step } from "../../devices/cuff.ts";
import { Publisher } from "../../devices/publisher.ts";
import { siteId } from "../../shared/ids.ts";
import type { DataMessage } from "../../shared/cuff/message.ts";
import { type TestBroker, testBroker } from "./broker.ts";
import { dataOf, someCuff } from "./some-cuff.ts";

const listenedMs = 12_000;
const inflated = joined(someCuff({ readyMs: 0 }), (cuff) => occMs(cuff) >= 12_000);
const heardData = dataOf(step(inflated, inflated.atMs + listenedMs).said);
const retained = (channel: string, message: object): Arrived => ({
  atMs: 0,
  channel,
  qos: 1,
  text: JSON.stringify(message),
});
const status = retained("status", { v: 1, state: "online", boot: inflated.boot });
const meta = retained("meta", metaOf(inflated));

/** A sound cuff on a link of 5 ms, with its data changed by `change`. */
const hearing = (
  change: (message: DataMessage, index: number) => object = (message) => message,
): Hearing => ({
  live: heardData.map((message, index) => ({
    atMs: message.m0 - (heardData[0]?.m0 ?? 0) + 105,
    channel: "data",
    qos: 0,
    text: JSON.stringify(change(message, index)),
  })),
  retained: [status, meta],
  listenedMs,
});
const texts = (heard: Hearing) => review(heard).map(({ kind, text }) => `${kind}: ${text}`);

describe("the checker", () => {
  test("finds nothing in a sound cuff", () => {
    expect(heardData).toHaveLength(60);
    expect(texts(hearing())).toEqual([]);
  });

  test("says so when there is nothing to be heard", () => {
    expect(texts({ live: [], retained: [], listenedMs })).toEqual([
      "departs: Nothing was heard. Is the cuff switched on, and are site, cuff name and broker right?",
    ]);
  });

  const only = hearing();
  const spoilt: readonly (readonly [string, Hearing, string])[] = [
    [
      "a payload that does not parse",
      hearing((m, i) => (i < 2 ? { ...m, p: ["high"] } : m)),
      "departs: 2 × refused: data – p.0:",
    ],
    ["another version", hearing((m) => ({ ...m, v: 2 })), "departs: 60 × refused: data – Contract version 2"],
    [
      "an unknown channel",
      { ...only, live: [...only.live, retained("pressure", {})] },
      'departs: 1 × refused: there is no channel "pressure"',
    ],
    ["status that is not retained", { ...only, retained: [meta] }, "departs: status is not retained"],
    [
      "data that is retained",
      { ...only, retained: [status, meta, retained("data", heardData[0] ?? {})] },
      "departs: data is retained",
    ],
    [
      "an event at QoS 0",
      {
        ...only,
        live: [
          ...only.live,
          { ...retained("event", { v: 1, boot: inflated.boot, eseq: 1, m: 1, kind: "button" }), qos: 0 },
        ],
      },
      "departs: event comes with QoS 0",
    ],
    [
      "data at QoS 1",
      { ...only, live: only.live.map((one) => ({ ...one, qos: 1 })) },
      "advice: data comes with QoS 1",
    ],
    [
      "a status left from another boot",
      { ...only, retained: [retained("status", { v: 1, state: "online", boot: "0" }), meta] },
      "departs: status has boot 0",
    ],
    [
      "offline while it speaks",
      { ...only, retained: [retained("status", { v: 1, state: "offline", boot: inflated.boot }), meta] },
      "departs: status says offline",
    ],
    [
      "a meta left from another boot",
      { ...only, retained: [status, retained("meta", { ...metaOf(inflated), boot: "0" })] },
      "departs: meta has boot 0",
    ],
    [
      "capabilities nobody knows",
      { ...only, retained: [status, retained("meta", { ...metaOf(inflated), caps: ["inflate"] })] },
      "advice: meta.caps has inflate",
    ],
    [
      "a rate that is not kept",
      { ...only, retained: [status, retained("meta", { ...metaOf(inflated), hz: 50 })] },
      "departs: meta promises 50 samples a second; 10.0 came.",
    ],
    [
      "a pause",
      { ...only, live: only.live.filter((_, i) => i < 20 || i > 40) },
      "departs: data is due at least once a second; the longest pause was 4.4 s.",
    ],
    ["falling silent", { ...only, live: only.live.slice(0, 30) }, "the longest pause was 6"],
    [
      "few messages",
      { ...only, live: only.live.filter((_, i) => i % 5 === 0) },
      "advice: data comes 1.0 times a second",
    ],
    [
      "a seq that stands still",
      hearing((m) => ({ ...m, seq: 7 })),
      "departs: seq does not go up: 7 came after 7. (59 times)",
    ],
    ["a lost message", { ...only, live: only.live.filter((_, i) => i !== 9) }, "advice: seq jumped"],
    [
      "samples that do not join up",
      hearing((m) => ({ ...m, dt: 50 })),
      "departs: m0 went on by 200 ms over 2 samples of dt 50 ms",
    ],
    [
      "an inflation number that goes back",
      hearing((m, i) => ({ ...m, st: { ...m.st, ep: i < 30 ? 2 : 1 } })),
      "departs: st.ep went back from 2 to 1",
    ],
    [
      "an occlusion time that goes back",
      hearing((m, i) => ({ ...m, st: { ...m.st, occMs: i < 30 ? 90_000 : 5000 } })),
      "departs: st.occMs went back from 90000 to 5000",
    ],
    [
      "an occlusion time in seconds",
      hearing((m) => ({
        ...m,
        st: { ...m.st, occMs: Math.floor(m.st.occMs / 1000) },
        m0: m.m0 * 4,
        dt: 400,
      })),
      "departs: st.occMs went on by",
    ],
    [
      "no occlusion time",
      hearing((m) => ({ ...m, st: { ...m.st, occMs: 0 } })),
      "departs: st.occMs is 0 although",
    ],
    ["hist on data", hearing((m) => ({ ...m, hist: true })), "departs: a message on data says hist"],
    [
      "a frozen pressure",
      hearing((m) => ({ ...m, p: [1200, 1200] })),
      "advice: The pressure did not change by 0.1 mmHg for 11.9 s",
    ],
    [
      "a clock that runs fast",
      { ...only, live: only.live.map((one) => ({ ...one, atMs: one.atMs * 0.97 })) },
      "departs: Its clock runs fast: 11.8 s in 11.4 s.",
    ],
    [
      "late messages",
      {
        ...only,
        live: only.live.map((one, i) => (i >= 20 && i < 30 ? { ...one, atMs: one.atMs + 5000 } : one)),
      },
      "advice: 10 messages came more than 2 s late",
    ],
    ["two boots", hearing((m, i) => (i < 30 ? m : { ...m, boot: "ab" })), "departs: 2 boots were heard"],
    [
      "backfill that is not marked",
      { ...only, live: [...only.live, retained("backfill", heardData[0] ?? {})] },
      'departs: a message on backfill lacks "hist":true',
    ],
    [
      "events out of turn",
      {
        ...only,
        live: [
          ...only.live,
          ...[1, 3].map((eseq) =>
            retained("event", { v: 1, boot: inflated.boot, eseq, m: 1, kind: "button" }),
          ),
        ],
      },
      "departs: eseq does not go up by one: 3",
    ],
  ];
  test.each(spoilt)("tells of %s", (_, heard, text) => {
    expect(texts(heard).join("\n")).toContain(text);
  });

  test("wants refusals as much as obedience", () => {
    const command = { v: 1, id: "a", kind: "identify", boot: "0", ep: 1, m: 0, ttlMs: 1 } as const;
    const tried = (wanted: boolean, ok: boolean | null) =>
      answerFindings([
        { command, because: "for another boot", wanted, answer: ok === null ? null : { v: 1, id: "a", ok } },
      ]).map(({ text }) => text);
    expect(tried(false, false)).toEqual([]);
    expect(tried(true, true)).toEqual([]);
    expect(tried(false, true)).toEqual(["A command for another boot was obeyed; it must be refused."]);
    expect(tried(true, false)).toEqual(["A command for another boot was refused (no code)."]);
    expect(tried(true, null)).toEqual(["A command for another boot was not answered within 2 s."]);
  });
});

describe("npm run cuffs -- check", () => {
  let broker: TestBroker;
  beforeEach(async () => {
    broker = await testBroker();
  });
  afterEach(() => broker.close());

  const checked = async (...args: string[]): Promise<{ code: number; said: string }> => {
    const said: string[] = [];
    const code = await check(["--url", broker.url, "--seconds", "0.6", ...args], (text) => said.push(text));
    return { code, said: said.join("\n") };
  };

  test("passes a simulated cuff, commands included", async () => {
    const publisher = new Publisher(
      { cuff: inflated, mishaps: [], driftPpm: 0 },
      { url: broker.url, site: siteId("main") },
      () => undefined,
    );
    const timer = setInterval(() => publisher.tick(performance.now()), 20);
    try {
      const { code, said } = await checked("--cuff", "cuff-01", "--commands");
      expect(said).toContain("cuff-01 keeps the contract");
      expect(code).toBe(0);
    } finally {
      clearInterval(timer);
      await publisher.stop();
    }
  });

  test("ends with 1 for a cuff that is not there", async () => {
    const { code, said } = await checked("--cuff", "cuff-99");
    expect(said).toContain("Nothing was heard.");
    expect(code).toBe(1);
  });

  test("ends with 2 and a sentence where there is no broker", async () => {
    const { code, said } = await checked("--cuff", "cuff-01", "--url", "mqtt://127.0.0.1:1");
    expect(said).toContain(
      "There is no broker at mqtt://127.0.0.1:1 that lets this in: connect ECONNREFUSED",
    );
    expect(code).toBe(2);
  });
});
