/** Who may give which command, and which of them reach a cuff. */
import { describe, expect, test } from "vitest";
import { createCommands } from "../../server/commands.ts";
import { rightOf } from "../../shared/class/right-of.ts";
import type { Principal, Role } from "../../shared/clinic/rights.ts";
import type { CommandMessage } from "../../shared/cuff/message.ts";
import { type State, step } from "../../shared/engine.ts";
import { cuffId, deviceId, staffId } from "../../shared/ids.ts";
import { refuse } from "../../shared/session/order.ts";
import type { Answer, Command } from "../../shared/wire.ts";
import { at, floorOf, classOf, heard, run } from "../support/floor.ts";

const staff = (...roles: readonly Role[]): Principal => ({
  ...{ kind: "staff", staff: staffId("s1"), name: "Lena", roles },
});
const tablet: Principal = { kind: "tablet", device: deviceId("t1") };
const wall: Principal = { kind: "wall", device: deviceId("w1") };
const stranger: Principal = { kind: "stranger" };

/** One of each that is well-formed. */
const session = "none";
const answers = {};
const cuff = "cuff-1";
const wishes: { readonly [K in Command["kind"]]: object } = {
  acknowledge: { alarm: "none" },
  "take-back": { alarm: "none" },
  release: { cuff },
  "release-all": {},
  "cuff-off": { cuff },
  "pause-sound": {},
  "resume-sound": {},
  note: { cuff, note: { kind: "pain", score: 3 } },
  exertion: { session, score: 3 },
  remark: { session, text: "well" },
  "begin-exercise": { session, exercise: 1 },
  "begin-set": { session },
  "end-set": { session, repetitions: 1 },
  "swap-cuff": { session, from: cuff, to: "cuff-2" },
  identify: { cuff },
  "test-sound": {},
  "start-class": { room: "Gym", heard: true },
  "end-class": {},
  seat: {
    ...{ station: "2", patient: "p", programme: "pr" },
    cuffs: [{ cuff, limb: "thigh", side: "left", lop: null }],
  },
  check: { session, answers, override: null },
  finish: { session, outcome: "completed" },
  "take-duty": {},
  "offer-duty": { to: "Aidan R." },
  "decline-duty": {},
};
const kinds = Object.keys(wishes) as Command["kind"][];

const inflated = run(heard({ from: 1, to: 10, p: 150 }), floorOf(classOf())).state;
const saying = (caps: string[]): State =>
  step(inflated, {
    ...{ kind: "meta", at: at(10), cuff: cuffId("cuff-1") },
    message: { v: 1, boot: "b0", model: "Test", caps, regulated: true, simulated: true },
  }).state;

type Told = Readonly<{ answer: Answer; sent: readonly CommandMessage[]; by: readonly unknown[] }>;
const tell = async (
  who: Principal,
  command: object,
  { state: first = inflated, broker = true, listening = 1 } = {},
): Promise<Told> => {
  let state = first;
  const sent: CommandMessage[] = [];
  const by: unknown[] = [];
  const take = createCommands({
    epoch: "e",
    now: () => at(10),
    state: () => state,
    order: (order) => {
      by.push({ by: order.by, verified: order.verified });
      const next = step(state, { kind: "order", at: at(10), order });
      state = next.state;
      return next;
    },
    newId: () => "id",
    seat: () => Promise.resolve(refuse("not-found", "Nobody is here.")),
    swap: () => Promise.resolve(refuse("no-such-cuff", "No cuff is here.")),
    testSound: () => listening,
    canSend: () => broker,
    send: (_, message) => sent.push(message),
    stored: () => Promise.resolve(true),
  });
  const answer = await take({ by: "Aidan R.", epoch: "e", seq: 1, seenAt: at(10), ...command }, who);
  return { answer, sent, by };
};
const isAllowed = async (who: Principal, kind: Command["kind"]): Promise<boolean> => {
  const { answer } = await tell(who, { kind, ...wishes[kind] });
  expect(answer).not.toMatchObject({ kind: "malformed" });
  return answer.ok || answer.kind !== "not-allowed";
};
const allowed = async (who: Principal): Promise<string[]> => {
  const may = await Promise.all(kinds.map((kind) => isAllowed(who, kind)));
  return kinds.filter((_, i) => may[i] === true);
};

describe("who may give which command", () => {
  const saving = [
    "acknowledge",
    "take-back",
    "release",
    "release-all",
    "cuff-off",
    "pause-sound",
    "resume-sound",
  ];
  const noting = ["note", "exertion", "remark"];
  const guiding = ["begin-exercise", "begin-set", "end-set", "swap-cuff", "identify"];
  test.each<readonly [string, Principal, readonly string[]]>([
    ["a wall", wall, []],
    ["a stranger", stranger, []],
    ["a tablet on which nobody is signed in", tablet, [...saving, ...noting]],
    ["an administrator", staff("admin"), [...saving, ...noting, "identify"]],
    ["an assistant", staff("assistant"), [...saving, ...noting, ...guiding]],
    ["a physiotherapist", staff("physiotherapist"), kinds],
  ])("%s", async (_, who, expected) => {
    expect(await allowed(who)).toEqual(expected);
  });
  test("every command has a right of its own", () => {
    expect(Object.keys(rightOf).sort()).toEqual([...kinds].sort());
  });
});

describe("who gave it", () => {
  test("is who is signed in, whatever name was sent", async () => {
    const { by } = await tell(staff("assistant"), { kind: "cuff-off", cuff, by: "Aidan R." });
    expect(by).toEqual([{ by: "Lena", verified: true }]);
  });
  test("is the tapped name where nobody is, and unverified", async () => {
    const { by } = await tell(tablet, { kind: "cuff-off", cuff });
    expect(by).toEqual([{ by: "Aidan R.", verified: false }]);
  });
  test("has to be on the staff where nobody is signed in", async () => {
    for (const name of ["Mallory", ""])
      expect((await tell(tablet, { kind: "cuff-off", cuff, by: name })).answer).toMatchObject({
        kind: "not-staff",
      });
  });
});

describe("what reaches a cuff", () => {
  test("release all, once for each cuff that can", async () => {
    const { answer, sent } = await tell(tablet, { kind: "release-all" }, { state: saying(["release"]) });
    expect(answer).toEqual({ ok: true, recorded: true });
    expect(sent).toMatchObject([{ kind: "release", boot: "b0", ep: 1, ttlMs: 5000 }]);
  });
  test("identify, where the cuff can show which one it is; nothing is recorded of it", async () => {
    const who = staff("assistant");
    const can = await tell(who, { kind: "identify", cuff }, { state: saying(["identify"]) });
    expect(can).toMatchObject({ answer: { ok: true }, sent: [{ kind: "identify", boot: "b0" }], by: [] });
    const cannot = await tell(who, { kind: "identify", cuff });
    expect(cannot).toMatchObject({ answer: { kind: "not-sent" }, sent: [] });
  });
  test.each(["release", "identify"] as const)("no %s without a broker", async (kind) => {
    const state = saying(["release", "identify"]);
    const { answer, sent } = await tell(staff("physiotherapist"), { kind, cuff }, { state, broker: false });
    expect(answer).toMatchObject({ kind: "not-sent" });
    expect(sent).toEqual([]);
  });
  test("release all without a broker, on record and sent to nobody: every tablet lists the cuffs", async () => {
    const state = saying(["release"]);
    const told = await tell(tablet, { kind: "release-all" }, { state, broker: false });
    expect(told).toMatchObject({ answer: { ok: true, recorded: true }, sent: [], by: [{ by: "Aidan R." }] });
  });
});

test("a test burst is refused where nobody could hear it", async () => {
  const who = staff("physiotherapist");
  expect((await tell(who, { kind: "test-sound" })).answer.ok).toBe(true);
  expect((await tell(who, { kind: "test-sound" }, { listening: 0 })).answer).toMatchObject({
    kind: "not-sent",
  });
});
