import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Refused } from "../../client/desk/ask.ts";
import { Pairing } from "../../client/wall/pairing.svelte.ts";

const refused = (status: number, detail: string, retryAfterS: number | null = null): Refused => ({
  ...{ ok: false, status, detail, retryAfterS },
  errors: [],
});
const silence = refused(0, "no answer");

/** A server in memory that gives codes and says of each what a test says. */
class Door {
  state: "waiting" | "paired" | "expired" = "waiting";
  trouble: Refused | null = null;
  given = 0;
  opened = 0;
  readonly pairing = new Pairing(() => (this.opened += 1), {
    begin: () => {
      if (this.trouble !== null) return Promise.resolve(this.trouble);
      this.given += 1;
      this.state = "waiting";
      return Promise.resolve({
        ...{ ok: true, version: null },
        value: { code: `CODE${this.given}`, expiresAt: 600_000 },
      } as const);
    },
    mine: () =>
      Promise.resolve(
        this.trouble ?? ({ ...{ ok: true, version: null }, value: { state: this.state } } as const),
      ),
  });
}

let door: Door;
let stop: () => void;
beforeEach(async () => {
  vi.useFakeTimers();
  door = new Door();
  stop = door.pairing.start();
  await vi.advanceTimersByTimeAsync(10);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const shown = (): string => {
  const { shown } = door.pairing;
  return shown.kind === "code" ? shown.code : shown.kind;
};

describe("a screen that nobody knows", () => {
  test("shows one code for as long as it is good, and another once it is not", async () => {
    await pass(60_000);
    expect([shown(), door.given]).toEqual(["CODE1", 1]);
    door.state = "expired";
    await pass(2000);
    expect(shown()).toBe("CODE2");
  });

  test("opens its connection once it was let in, and asks for nothing more while the class comes", async () => {
    door.state = "paired";
    await pass(2000);
    expect([shown(), door.opened]).toEqual(["confirmed", 1]);
    stop();
    await pass(60_000);
    expect([door.given, door.opened]).toEqual([1, 1]);
  });

  test("begins anew where no class comes though it was let in", async () => {
    door.state = "paired";
    await pass(2000);
    await pass(10_000);
    expect(shown()).toBe("CODE2");
  });

  test("keeps its code while the server does not answer for a moment", async () => {
    door.trouble = silence;
    await pass(20_000);
    expect(shown()).toBe("CODE1");
    door.trouble = null;
    await pass(2000);
    expect([shown(), door.given]).toEqual(["CODE1", 1]);
  });

  test("says why it is given no code, and asks again no sooner than it was told", async () => {
    door.trouble = refused(429, "Too many screens ask.", 30);
    await pass(2000);
    expect(door.pairing.shown).toEqual({ kind: "refused", detail: "Too many screens ask." });
    door.trouble = null;
    await pass(28_000);
    expect(shown()).toBe("refused");
    await pass(3000);
    expect(shown()).toBe("CODE2");
  });
});

test("without a server it says so, and has a code soon after it is there", async () => {
  stop();
  door = new Door();
  door.trouble = silence;
  stop = door.pairing.start();
  await pass(5000);
  expect(shown()).toBe("no-server");
  door.trouble = null;
  await pass(2000);
  expect(shown()).toBe("CODE1");
});
