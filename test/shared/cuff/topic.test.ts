import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CuffChannel, fromCuff } from "../../../shared/cuff/message.ts";
import {
  commandTopic,
  cuffTopic,
  hostAlarmTopic,
  hostStatusTopic,
  parseTopic,
  siteSubscription,
} from "../../../shared/cuff/topic.ts";
import { cuffId, siteId } from "../../../shared/ids.ts";

const channels = Object.keys(fromCuff) as CuffChannel[];

test.each(channels)("a cuff speaks on %s", (channel) => {
  const topic = cuffTopic(siteId("main"), cuffId("left-1"), channel);
  expect(topic).toBe(`bfr/v1/main/left-1/${channel}`);
  expect(parseTopic(topic)).toEqual({ ok: true, value: { site: "main", cuff: "left-1", channel } });
});

test.each([
  hostStatusTopic(siteId("main")),
  hostAlarmTopic(siteId("main")),
  "bfr/v1/main/host/alarm",
  commandTopic(siteId("main"), cuffId("left-1")),
])("%s is the server's own to say", (topic) => {
  expect(parseTopic(topic)).toEqual({ ok: true, value: null });
});

describe("is no topic of the contract:", () => {
  test.each([
    ["", "Expected bfr/v1"],
    ["bfr/v1/main/left-1", "Expected bfr/v1"],
    ["bfr/v1/main/left-1/data/more", "Expected bfr/v1"],
    ["bfr/v2/main/left-1/data", "Expected bfr/v1"],
    ["bfr/v1//left-1/data", "Expected bfr/v1"],
    ["/bfr/v1/main/left-1/data", "Expected bfr/v1"],
    ["bfr/v1/Main/left-1/data", "site"],
    ["bfr/v1/main/left_1/data", "cuff"],
    [`bfr/v1/main/${"x".repeat(33)}/data`, "cuff"],
    ["bfr/v1/main/left-1/pressure", "status, meta, data, event, backfill, ack"],
    ["bfr/v1/main/left-1/toString", "channel"],
    ["bfr/v1/main/left-1/__proto__", "channel"],
  ])("%j", (topic, words) => {
    const parsed = parseTopic(topic);
    expect(parsed).toMatchObject({ ok: false, error: { kind: "topic" } });
    expect(parsed.ok || parsed.error.detail).toContain(words);
  });
});

test("whatever arrives, parsing a topic gives a value, and what it takes for a cuff's can be said again", () => {
  const part = fc.oneof(
    fc.constantFrom("bfr", "v1", "main", "left-1", "host", "data", "cmd", ""),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join("/")),
      ),
      (topic) => {
        const parsed = parseTopic(topic);
        if (!parsed.ok || parsed.value === null) return;
        const { site, cuff, channel } = parsed.value;
        expect(cuffTopic(site, cuff, channel)).toBe(topic);
      },
    ),
  );
});

test("one subscription covers a site's cuffs", () => {
  expect(siteSubscription(siteId("main"))).toBe("bfr/v1/main/+/+");
});
