import { beforeEach, describe, expect, test } from "vitest";
import type { Refused } from "../../client/desk/ask.ts";
import type { Person } from "../../client/door/people.ts";
import { createAutoLock, lockAfter } from "../../client/tablet/auto-lock.ts";
import { Me } from "../../client/tablet/me.svelte.ts";
import { may, type Right, type Role, type SignedIn } from "../../shared/clinic/rights.ts";
import { staffId } from "../../shared/ids.ts";

const wrong: Refused = { ok: false, status: 401, detail: "wrong", errors: [], retryAfterS: null };
const aidan: Person = { staff: "aidan", name: "Aidan R.", hasPin: true };
const noor: Person = { staff: "noor", name: "Noor B.", hasPin: true };
const tom: Person = { staff: "tom", name: "Tom S.", hasPin: false };
const roleOf: Readonly<Record<string, Role>> = { aidan: "physiotherapist", noor: "assistant" };

/** A server in memory that knows two PINs, and a place for names. */
class Tablet {
  who: SignedIn | null = null;
  reachable = true;
  readonly done: string[] = [];
  readonly kept = new Map<string, string>();
  readonly me: Me;

  constructor() {
    const nameNow = (): string | null => this.who?.name ?? null;
    this.me = new Me({
      identity: {
        get name() {
          return nameNow();
        },
        may: (right: Right) => this.who !== null && may(this.who, right),
        enterPin: (staff, pin) => {
          const role = roleOf[staff];
          if (pin !== "1234" || role === undefined) return Promise.resolve(wrong);
          const { name } = staff === "aidan" ? aidan : noor;
          this.who = { kind: "staff", staff: staffId(staff), name, roles: [role] };
          return Promise.resolve(null);
        },
        lock: () => {
          if (!this.reachable) return Promise.resolve(wrong);
          this.who = null;
          return Promise.resolve(null);
        },
      },
      renew: () => {
        this.done.push(`seen as ${nameNow() ?? "nobody"}`);
        return Promise.resolve();
      },
      names: {
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, name) => void this.kept.set(key, name),
        removeItem: (key) => void this.kept.delete(key),
      },
    });
  }

  readonly act = (name: string): void => void this.done.push(name);

  /** Types a PIN as the pad does. */
  async pin(digits: string): Promise<Refused | null> {
    const refused = await this.me.enterPin(digits);
    if (refused === null) await this.me.signedInNow();
    return refused;
  }
}

let tablet: Tablet;
let me: Me;
beforeEach(() => {
  tablet = new Tablet();
  ({ me } = tablet);
});

describe("an alarm is answered", () => {
  test("by a tapped name, at once, whether or not it has a PIN; and under that name from then on", () => {
    me.as(tablet.act);
    expect([me.question?.kind, tablet.done]).toEqual(["name", []]);
    me.tap(aidan);
    me.as(tablet.act);
    expect(tablet.done).toEqual(["Aidan R.", "Aidan R."]);
    expect([me.question, me.signedInAs, me.name]).toEqual([null, null, "Aidan R."]);
  });

  test("after a mistyped PIN too", async () => {
    me.change();
    me.tap(aidan);
    expect(await tablet.pin("9999")).toBe(wrong);
    me.dismiss();
    me.as(tablet.act);
    me.tap(aidan);
    expect(tablet.done).toEqual(["Aidan R."]);
  });

  test("on a locked tablet too", async () => {
    me.change();
    me.tap(aidan);
    await tablet.pin("1234");
    await me.lock();
    me.as(tablet.act);
    expect(me.question?.kind).toBe("name");
    me.tap(tom);
    expect(tablet.done).toEqual(["seen as Aidan R.", "seen as nobody", "Tom S."]);
  });

  test("in the name of who is signed in, without a question", async () => {
    me.change();
    me.tap(noor);
    await tablet.pin("1234");
    me.as(tablet.act);
    expect(tablet.done).toEqual(["seen as Noor B.", "Noor B."]);
  });
});

describe("what a tapped name may not do", () => {
  test("waits for a PIN, and is done once the server has seen who it is", async () => {
    expect(me.allowed("treat")).toBe("once-signed-in");
    expect(me.allowed("answer")).toBe("now");
    me.signedIn("treat", tablet.act);
    me.tap(aidan);
    await tablet.pin("1234");
    expect(tablet.done).toEqual(["seen as Aidan R.", "Aidan R."]);
    expect([me.question, me.allowed("treat")]).toEqual([null, "now"]);
    me.signedIn("treat", tablet.act);
    expect(tablet.done.at(-1)).toBe("Aidan R.");
  });

  test("is not done by somebody without the right: another is asked for", async () => {
    me.signedIn("treat", tablet.act);
    me.tap(noor);
    await tablet.pin("1234");
    expect(tablet.done).toEqual(["seen as Noor B."]);
    expect([me.question, me.pinOf]).toEqual([{ kind: "right", right: "treat", missing: "Noor B." }, null]);
    expect(me.allowed("treat")).toBe("not");
    me.tap(aidan);
    await tablet.pin("1234");
    expect(tablet.done.at(-1)).toBe("Aidan R.");
  });

  test("is not done by a name without a PIN", () => {
    me.signedIn("treat", tablet.act);
    me.tap(tom);
    expect([tablet.done, me.question?.kind]).toEqual([[], "right"]);
  });
});

describe("an alarm comes", () => {
  test.each(["high", "medium"] as const)(
    "of %s priority: the PIN goes, and with it what waited for it",
    async (priority) => {
      me.signedIn("treat", tablet.act);
      me.tap(aidan);
      me.makeWay(priority);
      expect([me.question, me.pinOf]).toEqual([null, null]);
      me.change();
      me.tap(aidan);
      await tablet.pin("1234");
      expect(tablet.done).toEqual(["seen as Aidan R."]);
    },
  );

  test("the question whose name an answer bears stays", () => {
    me.as(tablet.act);
    for (const priority of ["high", "medium"] as const) me.makeWay(priority);
    me.tap(tom);
    expect(tablet.done).toEqual(["Tom S."]);
  });

  test("of low priority: nobody is disturbed in typing a PIN", () => {
    me.signedIn("treat", tablet.act);
    me.tap(aidan);
    me.makeWay("low");
    expect(me.pinOf).toBe(aidan);
  });
});

describe("a name without its PIN", () => {
  test("is forgotten once somebody signs in, and when it is no longer on the staff", async () => {
    me.as(tablet.act);
    me.tap(tom);
    me.keepIf((name) => name === "Tom S.");
    expect(me.name).toBe("Tom S.");
    me.keepIf(() => false);
    expect([me.name, tablet.kept.size]).toEqual([null, 0]);
    me.change();
    me.tap(aidan);
    await tablet.pin("1234");
    expect([me.name, tablet.kept.size]).toEqual(["Aidan R.", 0]);
  });

  test("is never taken under another's sign-in: that ends first, or nothing changes", async () => {
    me.change();
    me.tap(aidan);
    await tablet.pin("1234");
    tablet.reachable = false;
    me.change();
    await me.choose("Tom S.");
    expect(me.name).toBe("Aidan R.");
    tablet.reachable = true;
    await me.choose("Tom S.");
    expect([me.name, me.signedInAs]).toEqual(["Tom S.", null]);
  });
});

describe("a tablet that nobody touches", () => {
  test("is locked after five minutes, counted from the last touch", () => {
    const lock = createAutoLock(0);
    lock.down(60_000);
    lock.up(61_000);
    expect(lock.due(60_000 + lockAfter)).toBe(false);
    expect(lock.due(61_000 + lockAfter)).toBe(true);
  });
  test("is not locked under a finger that holds", () => {
    const lock = createAutoLock(0);
    lock.down(0);
    expect(lock.due(2 * lockAfter)).toBe(false);
    lock.up(2 * lockAfter);
    expect(lock.due(2 * lockAfter + 1)).toBe(false);
  });
  test("is tried again after a while where the server could not be told", () => {
    const lock = createAutoLock(0);
    expect([lock.due(lockAfter), lock.due(lockAfter + 250), lock.due(lockAfter + 10_000)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
