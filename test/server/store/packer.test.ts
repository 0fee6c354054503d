import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startPacker } from "../../../server/store/packer.ts";
import type { Packed, Packing } from "../../../server/store/prepare.ts";
import { newState, type State } from "../../../shared/engine.ts";
import { classId, siteId } from "../../../shared/ids.ts";
import { monotonic } from "../../../shared/units.ts";
import type { Log } from "../../../server/log.ts";

const minute = 60_000;
const idle = newState(siteId("main"));
const busy: State = {
  ...idle,
  class: {
    ...idle.class,
    running: { id: classId("c"), room: "Gym", by: "Aidan R.", startedAt: monotonic(0), heard: true },
  },
};
let asked: Packing[] = [];
/** What the next calls answer; then nothing is left. */
let left: Packed[] = [];
let state = idle;
let isWaitedFor = false;
let logged: string[] = [];
const say = (_: unknown, message: string): void => void logged.push(message);
const log: Log = { debug: say, info: say, warn: say, error: say, fatal: say };
let stop = (): void => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, left, logged, state, isWaitedFor] = [[], [], [], idle, false];
  const began = Date.now();
  stop = startPacker({
    store: {
      pack: (packing) => {
        asked.push(packing);
        return Promise.resolve({ ok: true, value: left.shift() ?? { lines: 0, problem: null } });
      },
    },
    recorder: { isWaitedFor: () => isWaitedFor },
    state: () => state,
    now: () => monotonic(100 * minute + Date.now() - began),
    log,
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});
const pass = (minutes: number): Promise<unknown> => vi.advanceTimersByTimeAsync(minutes * minute);

test("in a class only whole chunks of a quarter of an hour ago are packed", async () => {
  state = busy;
  await pass(0.5);
  expect(asked).toEqual([{ before: 85.5 * minute, whole: true }]);
});

test("after a class its lines are packed to the end, and what idle cuffs say once it fills a chunk", async () => {
  state = busy;
  await pass(1);
  state = idle;
  asked = [];
  await pass(3);
  expect(asked.every(({ whole }) => whole)).toBe(true);
  asked = [];
  await pass(1);
  expect(asked.slice(0, 2)).toEqual([
    { before: 101.5 * minute, whole: false },
    { before: 101.5 * minute, whole: true },
  ]);
  expect(asked.at(-1)).toEqual({ before: 102 * minute, whole: true });
});

test("chunk follows chunk, and whoever waits for an answer goes first", async () => {
  left = Array.from({ length: 100 }, () => ({ lines: 3000, problem: null }));
  await pass(0.5);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toHaveLength(11);
  isWaitedFor = true;
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toHaveLength(11);
  isWaitedFor = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toHaveLength(21);
});

test("what cannot be packed is said, and packing goes on", async () => {
  left = [
    { lines: 7, problem: "Line 3 cannot be read. It stays as it is." },
    { lines: 5, problem: null },
  ];
  await pass(1);
  expect(logged).toEqual(["lines cannot be packed, and stay as they are"]);
  expect(left).toEqual([]);
});
