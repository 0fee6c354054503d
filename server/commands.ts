/** What screens ask for: checked, put before the engine, carried out, and answered once it is on record. */
import { firstIssue } from "../shared/cuff/message.ts";
import type { CommandMessage } from "../shared/cuff/message.ts";
import { rightOf } from "../shared/class/right-of.ts";
import { may, type Principal } from "../shared/clinic/rights.ts";
import type { Order, State, Step } from "../shared/engine.ts";
import { classId, type CuffId } from "../shared/ids.ts";
import { canRelease } from "../shared/session/cuff-state.ts";
import { cuffIn } from "../shared/session/cuffs.ts";
import { type Person, refuse } from "../shared/session/order.ts";
import { between, type Monotonic } from "../shared/units.ts";
import { commandWords as words } from "../shared/view/command-words.ts";
import { type Answer, type Command, commandFreshFor, commandSchema, type Refusal } from "../shared/wire.ts";
import { commandTo, whyNotIdentified } from "./to-cuff.ts";

export type Seating = Extract<Command, { kind: "seat" }>;
export type SeatOrder = Extract<Order, { kind: "seat" }>;
export type Swapping = Extract<Command, { kind: "swap-cuff" }>;
export type SwapOrder = Extract<Order, { kind: "swap-cuff" }>;

export type CommandOptions = Readonly<{
  epoch: string;
  now: () => Monotonic;
  state: () => State;
  order: (order: Order) => Step;
  /** An id that nothing had before. */
  newId: () => string;
  /** Looks up what seating a patient names, in the clinic's records. */
  seat: (command: Seating, person: Person) => Promise<SeatOrder | Refusal>;
  /** Looks up the cuff that is to take another's place, as `seat` does. */
  swap: (command: Swapping, person: Person) => Promise<SwapOrder | Refusal>;
  /** Plays the test burst on every screen whose sound is armed; how many they are. */
  testSound: () => number;
  /** Whether a command would reach a broker at all. */
  canSend: () => boolean;
  /** Sends a command to a cuff; sent before it is stored (docs/alarms.md). */
  send: (cuff: CuffId, message: CommandMessage) => void;
  /** Resolves once all that was recorded so far is stored: true; or as soon as it is known that it cannot be: false. */
  stored: () => Promise<boolean>;
}>;

/** Takes what somebody sent, whatever it is, and answers it. */
export type TakeCommand = (command: unknown, who: Principal) => Promise<Answer>;

export const createCommands = (options: CommandOptions): TakeCommand => {
  return async (raw, who) => {
    const parsed = commandSchema.safeParse(raw);
    if (!parsed.success) return refuse("malformed", words.malformed(firstIssue(parsed.error)));
    const command = parsed.data;
    const person = personOf(command, who, options);
    if ("ok" in person) return person;
    const refusal = unfit(command, options) ?? unsendable(command, options);
    if (refusal !== null) return refusal;
    if (command.kind === "identify") return identify(command.cuff, options);
    if (command.kind === "test-sound")
      return options.testSound() > 0 ? { ok: true, recorded: true } : refuse("not-sent", words.noSound);
    const order = await orderOf(command, person, options);
    if ("ok" in order) return order;
    const step = options.order(order);
    if (step.refusal !== null) return step.refusal;
    for (const cuff of releasedBy(step)) release(cuff, step.state, options);
    return { ok: true, recorded: await options.stored() };
  };
};

/** By whom a command is, or why they may not give it. Asked of every command anew: a right can be taken away meanwhile. */
const personOf = (command: Command, who: Principal, { state }: CommandOptions): Person | Refusal => {
  if (who.kind === "wall" || who.kind === "stranger")
    return refuse("not-allowed", who.kind === "wall" ? words.wallOnlyShows : words.notKnown);
  if (!may(who, rightOf[command.kind]))
    return refuse("not-allowed", who.kind === "tablet" ? words.signInFirst : words.mayNot);
  if (who.kind === "staff") return { by: who.name, verified: true };
  return isStaff(state(), command.by) ? { by: command.by, verified: false } : notStaff;
};

const isStaff = ({ roster }: State, name: string): boolean => roster.staff.some((s) => s.name === name);
const notStaff = refuse("not-staff", words.notStaff);

/** Why a command cannot be put before the engine: it is old, or for nobody who is known. */
const unfit = (command: Command, { epoch, now, state }: CommandOptions): Refusal | null => {
  if (command.epoch !== epoch) return refuse("stale", words.restarted);
  const late = between(command.seenAt, now());
  if (late > commandFreshFor || late < 0 - commandFreshFor) return refuse("stale", words.tooLate);
  return command.kind === "offer-duty" && !isStaff(state(), command.to) ? notStaff : null;
};

/** Why a command would not reach its cuff: nobody may wait for what was never sent. */
const unsendable = (command: Command, { canSend, state }: CommandOptions): Refusal | null => {
  switch (command.kind) {
    case "release": {
      if (!canSend()) return refuse("not-sent", words.noBrokerToRelease);
      const c = cuffIn(state().cuffs, command.cuff);
      return c !== undefined && canRelease(c) && (c.boots[0] === undefined || c.said === null)
        ? refuse("not-sent", words.unheardToRelease)
        : null;
    }
    case "identify": {
      if (!canSend()) return refuse("not-sent", words.noBroker);
      const why = whyNotIdentified(cuffIn(state().cuffs, command.cuff));
      return why === null ? null : refuse("not-sent", why);
    }
    default:
      return null;
  }
};

const orderOf = async (
  command: Exclude<Command, { kind: "identify" | "test-sound" }>,
  person: Person,
  { newId, seat, swap, canSend }: CommandOptions,
): Promise<Order | Refusal> => {
  switch (command.kind) {
    case "seat":
      return seat(command, person);
    case "swap-cuff":
      return swap(command, person);
    case "start-class": {
      const { kind, room, heard } = command;
      return { ...person, kind, room, heard, class: classId(newId()) };
    }
    case "release-all":
      // Carried out without a broker too: every tablet lists what has to be loosened by hand.
      return { ...person, kind: command.kind, canSend: canSend() };
    default:
      // When and where it was seen is of no concern to the engine, which takes what it knows of an order and nothing else.
      return { ...command, ...person };
  }
};

/** The cuffs that a step has ordered to be vented from here. */
const releasedBy = ({ facts }: Step): readonly CuffId[] => {
  const all = facts.flatMap((f) => (f.kind === "all-released" ? f.cuffs : []));
  const one = facts.flatMap((f) => (f.kind === "ordered-down" && f.order === "release" ? [f.cuff] : []));
  return [...new Set([...one, ...all])];
};

const release = (cuff: CuffId, state: State, { send, now }: CommandOptions): void => {
  const message = commandTo(cuffIn(state.cuffs, cuff), "release", now());
  if (message !== null) send(cuff, message);
};

/** Nothing is recorded of it: a cuff that blinks has changed nothing. */
const identify = (cuff: CuffId, { state, send, now }: CommandOptions): Answer => {
  const message = commandTo(cuffIn(state().cuffs, cuff), "identify", now());
  if (message === null) return refuse("no-such-cuff", words.noSuchCuff);
  send(cuff, message);
  return { ok: true, recorded: true };
};
