import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Refused } from "../../client/desk/ask.ts";
import { destination, signInFor } from "../../client/door/destination.ts";
import { loginOf } from "../../client/door/login-of.ts";
import { offered } from "../../client/door/people.ts";
import { Pin } from "../../client/door/pin.svelte.ts";
import { Try } from "../../client/door/try.svelte.ts";
import { Wait } from "../../client/door/wait.svelte.ts";

const refused = (more: Partial<Refused> = {}): Refused => ({
  ...{ ok: false, status: 401, detail: "That is not the PIN.", errors: [], retryAfterS: null },
  ...more,
});

describe("where somebody goes once they have signed in", () => {
  test.each([
    ["/floor", "/floor"],
    ["/patients?text=Ana#top", "/patients?text=Ana#top"],
    ["/plans/é", "/plans/%C3%A9"],
  ])("to %s, a page of this server", (to, there) => expect(destination(to, "/")).toBe(there));

  test.each([
    ...["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"],
    ...[
      "/%0a/../\n/evil.example",
      "javascript:alert(1)",
      "floor",
      "",
      "/.//evil.example",
      "/a/..//evil.example",
    ],
    "/sign-in?to=/floor",
  ])("never to %j", (to) => expect(destination(to, "/here")).toBe("/here"));

  test("to the page before it, whole", () => {
    const at = { pathname: "/plans/7", search: "?a=1&b=2" };
    const { searchParams } = new URL(signInFor(at), "http://x.invalid");
    expect(destination(searchParams.get("to"), "/")).toBe("/plans/7?a=1&b=2");
    expect(signInFor({ pathname: "/", search: "" })).toBe("/sign-in");
  });
});

test.each([
  ["Aidan R.", "aidan"],
  ["  Søren Ø.", "soren"],
  ["Élodie-Anne B.", "elodieanne"],
  ["李 明", ""],
])("for %s the login %j is proposed", (name, login) => expect(loginOf(name)).toBe(login));

describe("a try to get in", () => {
  let now = 0;
  beforeEach(() => {
    vi.useFakeTimers();
    now = 0;
    return () => vi.useRealTimers();
  });
  const pass = (ms: number): void => {
    now += ms;
    vi.advanceTimersByTime(ms);
  };

  test("that is barred counts the seconds down, takes nothing meanwhile, and says when it may be tried again", async () => {
    const attempt = new Try(new Wait(() => now));
    await attempt.go(() => Promise.resolve(refused({ status: 429, detail: "Locked.", retryAfterS: 30 })));
    expect(attempt.problem).toContain("30 s");
    expect(attempt.spoken).toBe("Locked.");
    pass(10_250);
    expect(attempt.problem).toContain("20 s");
    expect(await attempt.go(() => Promise.resolve(null))).toBe(false);
    pass(20_000);
    expect([attempt.barred, attempt.problem]).toEqual([false, "You can try again now."]);
    expect(await attempt.go(() => Promise.resolve(null))).toBe(true);
    expect(attempt.problem).toBeNull();
  });

  test("that meets a busy server waits as well, in the server's own words", async () => {
    const attempt = new Try(new Wait(() => now));
    await attempt.go(() => Promise.resolve(refused({ status: 503, detail: "Busy.", retryAfterS: 2 })));
    expect([attempt.barred, attempt.problem]).toEqual([true, "Busy."]);
  });

  test("says what the server said of it, field by field", async () => {
    const attempt = new Try();
    const errors = [{ field: "login", detail: "must be given" }];
    expect(await attempt.go(() => Promise.resolve(refused({ errors })))).toBe(false);
    expect([attempt.problem, attempt.errors]).toEqual(["That is not the PIN.", errors]);
  });
});

describe("a PIN", () => {
  const typed = (send: (pin: string) => Promise<Refused | null>): Pin => new Pin(send, new Try());

  test("is typed by finger or keys, digits only and eight at most", () => {
    const pin = typed(() => Promise.resolve(null));
    pin.type("1a2 3");
    for (const digit of "456789") pin.press(digit);
    expect(pin.digits).toBe("12345678");
    pin.back();
    expect(pin.digits).toBe("1234567");
  });

  test("is not sent while it is too short", async () => {
    const send = vi.fn(() => Promise.resolve(null));
    const pin = typed(send);
    pin.type("123");
    expect(await pin.enter()).toBe(false);
    expect(send).not.toHaveBeenCalled();
    expect([pin.digits, pin.attempt.problem]).toEqual(["123", "A PIN has 4 digits at least."]);
  });

  test("that was wrong is taken away, and why is said", async () => {
    const pin = typed((digits) => Promise.resolve(digits === "1234" ? null : refused()));
    pin.type("4321");
    expect(await pin.enter()).toBe(false);
    expect([pin.digits, pin.attempt.problem]).toEqual(["", "That is not the PIN."]);
    pin.type("1234");
    expect(await pin.enter()).toBe(true);
  });
});

test("a tablet offers the people of the class, each with what the server knows of their PIN, and then the others", () => {
  const known = [
    { staff: "s1", name: "Aidan R.", hasPin: true },
    { staff: "s2", name: "Lena M.", hasPin: false },
    { staff: "s3", name: "Ada A.", hasPin: true },
  ];
  const staff = [
    { id: "s2", name: "Lena M." },
    { id: "aidan", name: "Aidan R." },
    { id: "tom", name: "Tom S." },
  ];
  expect(offered(staff, known)).toEqual([
    { staff: "s2", name: "Lena M.", hasPin: false },
    { staff: "s1", name: "Aidan R.", hasPin: true },
    { staff: "tom", name: "Tom S.", hasPin: false },
    { staff: "s3", name: "Ada A.", hasPin: true },
  ]);
});
