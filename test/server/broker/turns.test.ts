import { expect, test } from "vitest";
import { Turns } from "../../../server/broker/turns.ts";

/** Work that ends when it is told to. */
const open = () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => ended, end: () => end() };
};

test("no more runs at once than is allowed, and everybody has a turn before anybody has two", async () => {
  const turns = new Turns({ atOnce: 1, waitingOfOne: 10, waitingOfAll: 20 });
  const order: string[] = [];
  const first = open();
  const begun = turns.take("loud", first.work);
  const waiting = ["loud 1", "loud 2", "loud 3", "quiet 1"].map((name) =>
    turns.take(name.split(" ")[0] ?? "", () => {
      order.push(name);
      return Promise.resolve();
    }),
  );
  expect(order).toEqual([]);
  first.end();
  await Promise.all([begun, ...waiting]);
  expect(order).toEqual(["loud 1", "quiet 1", "loud 2", "loud 3"]);
});

test("what would wait too long is refused, for one and for all, and there is room again afterwards", async () => {
  const turns = new Turns({ atOnce: 1, waitingOfOne: 1, waitingOfAll: 2 });
  const first = open();
  const begun = turns.take("a", first.work);
  const waiting = [turns.take("a", first.work), turns.take("b", first.work)];
  expect(turns.take("a", first.work)).toBeNull();
  expect(turns.take("c", first.work)).toBeNull();
  first.end();
  await Promise.all([begun, ...waiting]);
  await expect(turns.take("c", () => Promise.resolve(7))).resolves.toBe(7);
});

test("work that fails frees its turn", async () => {
  const turns = new Turns({ atOnce: 1, waitingOfOne: 1, waitingOfAll: 1 });
  await expect(turns.take("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(turns.take("a", () => Promise.resolve(1))).resolves.toBe(1);
});
