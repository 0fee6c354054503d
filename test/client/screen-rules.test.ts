import { describe, expect, test } from "vitest";
import { shouldReload } from "../../client/build.ts";
import { mostUrgentFirst } from "../../client/tablet/order.ts";
import { outcomeText } from "../../client/tablet/outcome.ts";
import { chooseTheme } from "../../client/ui/theme.ts";
import { cuffDown, cuffUp, now, occurrence, station } from "../support/on-screen.ts";

describe("a screen of an old build", () => {
  const calm = { alarms: [], tried: null };
  test.each([
    ["reloads while all is calm", "old", "new", calm, true],
    ["stays when it is the server's own", "new", "new", calm, false],
    ["stays in development", "dev", "new", calm, false],
    ["stays with a server in development", "old", "dev", calm, false],
    ["stays when reloading brought the old one back", "old", "new", { ...calm, tried: "new" }, false],
    ["stays while a medium alarm stands", "old", "new", { ...calm, alarms: [occurrence()] }, false],
    [
      "stays while one stands that is over and unanswered",
      "old",
      "new",
      { ...calm, alarms: [occurrence({ clearedAt: now })] },
      false,
    ],
    ["reloads under a low one", "old", "new", { ...calm, alarms: [occurrence({ priority: "low" })] }, true],
  ] as const)("%s", (_, own, servers, seen, reload) => {
    expect(shouldReload(own, servers, seen)).toBe(reload);
  });
});

test("the tablet's list is most urgent first: alarms, then the next release, then places on the wall", () => {
  const place = (
    name: string,
    cuff: ReturnType<typeof cuffUp>,
    ...alarms: readonly ReturnType<typeof occurrence>[]
  ) => ({
    key: name,
    station: station(name, cuff),
    alarms,
  });
  const order = mostUrgentFirst([
    place("1", cuffDown()),
    place("2", cuffUp(100)),
    place("3", cuffUp(494), occurrence({ priority: "medium" })),
    place("4", cuffUp(300)),
    place("5", cuffUp(560), occurrence({ priority: "high" })),
    place("6", cuffDown()),
  ]);
  expect(order).toEqual(["5", "3", "4", "2", "1", "6"]);
});

describe("what became of a command", () => {
  test.each([
    [{ ok: true, recorded: true }, "Done"],
    [{ ok: true, recorded: false }, "Done, but it could not be recorded"],
    [{ ok: false, kind: "no-link" }, "Not sent: there is no link to the server."],
    [
      { ok: false, kind: "stood-still" },
      "Not sent: this screen had stood still. Look at it again, then decide.",
    ],
    [{ ok: false, kind: "already", reason: "Lena is going already." }, "Lena is going already."],
  ] as const)("%j is said as a sentence", (outcome, text) => {
    expect(outcomeText(outcome).text).toBe(text);
  });

  test("that somebody else was first, or that it is over, does not look like a failure", () => {
    const tone = (kind: "already" | "no-such-alarm" | "stale") =>
      outcomeText({ ok: false, kind, reason: "" }).tone;
    expect([tone("already"), tone("no-such-alarm"), tone("stale")]).toEqual(["known", "known", "refused"]);
  });
});

describe("the theme", () => {
  const none = { light: false, contrast: false };
  test.each([
    ["of a wall is dark, though its browser says light", "wall", null, { ...none, light: true }, "dark"],
    ["of a wall is what its address says", "wall", "light", none, "light"],
    ["of a wall follows its browser when it is told to", "wall", "auto", { ...none, light: true }, "light"],
    ["of a tablet is what its browser prefers", "page", null, { ...none, light: true }, "light"],
    ["has high contrast where it is preferred", "wall", null, { ...none, contrast: true }, "contrast"],
    ["has high contrast in light too", "page", null, { light: true, contrast: true }, "contrast-light"],
    ["is dark when nobody knows better", "page", "purple", none, "dark"],
  ] as const)("%s", (_, page, asked, prefers, theme) => {
    expect(chooseTheme(page, asked, prefers)).toBe(theme);
  });
});
