/** What screens ask for: checked, put before the engine, carried out, and answered once it is on record. */
import { firstIssue } from "../shared/cuff/message.ts";
import type { CommandMessage } from "../shared/cuff/message.ts";
import type { Order, State, Step } from "../shared/engine.ts";
import type { CuffId } from "../shared/ids.ts";
import { canRelease } from "../shared/session/cuff-state.ts";
import { cuffIn } from "../shared/session/cuffs.ts";
import { between, type Monotonic } from "../shared/units.ts";
import { type Answer, type Command, commandFreshFor, commandSchema, type Refusal } from "../shared/wire.ts";

export type CommandOptions = Readonly<{
  epoch: string;
  now: () => Monotonic;
  state: () => State;
  order: (order: Order) => Step;
  /** Whether a command would reach a broker at all. */
  canSend: () => boolean;
  /** Sends a command to a cuff; sent before it is stored (docs/alarms.md). */
  send: (cuff: CuffId, message: CommandMessage) => void;
  /** Resolves once all that was recorded so far is stored: true; or as soon as it is known that it cannot be: false. */
  stored: () => Promise<boolean>;
}>;

/** How long after the cuff last spoke it still takes a release, by its own clock. */
const releaseTtlMs = 5000;

/** Takes what a screen sent, whatever it is, and answers it. */
export const createCommands = (options: CommandOptions): ((command: unknown) => Promise<Answer>) => {
  return async (raw) => {
    const parsed = commandSchema.safeParse(raw);
    if (!parsed.success)
      return refuse(
        "malformed",
        `This screen asked for something unknown (${firstIssue(parsed.error)}). Reload it.`,
      );
    const command = parsed.data;
    const refusal = unfit(command, options) ?? unsendable(command, options);
    if (refusal !== null) return refusal;
    const step = options.order(orderOf(command));
    if (step.refusal !== null) return step.refusal;
    if (command.kind === "release") release(command.cuff, step.state, options);
    return { ok: true, recorded: await options.stored() };
  };
};

const refuse = (kind: Refusal["kind"], reason: string): Refusal => ({ ok: false, kind, reason });

/** Why a command cannot be put before the engine: it is old, or nobody known gave it. */
const unfit = (command: Command, { epoch, now, state }: CommandOptions): Refusal | null => {
  if (command.epoch !== epoch)
    return refuse("stale", "The server was restarted meanwhile: look at the screen again, then decide.");
  const late = between(command.seenAt, now());
  if (late > commandFreshFor || late < 0 - commandFreshFor)
    return refuse("stale", "This came too late to be acted on: look at the screen again, then decide.");
  const names = [command.by, ...(command.kind === "offer-duty" ? [command.to] : [])];
  if (names.some((name) => !state().roster.staff.some((s) => s.name === name)))
    return refuse("not-staff", "Nobody of that name is on the staff of this class.");
  return null;
};

/** Why a release would not reach its cuff: nobody may wait for what was never sent. */
const unsendable = (command: Command, { canSend, state }: CommandOptions): Refusal | null => {
  if (command.kind !== "release") return null;
  const c = cuffIn(state().cuffs, command.cuff);
  if (!canSend())
    return refuse("not-sent", "There is no broker, so this cuff cannot be reached. Loosen it by hand.");
  if (c !== undefined && canRelease(c) && (c.boots[0] === undefined || c.said === null))
    return refuse("not-sent", "This cuff has not been heard since it was switched on. Loosen it by hand.");
  return null;
};

const orderOf = (command: Command): Order => {
  // There is no signing in yet: every name is taken at its word, and recorded as unverified.
  const person = { by: command.by, verified: false };
  switch (command.kind) {
    case "acknowledge":
    case "take-back":
      return { ...person, kind: command.kind, alarm: command.alarm };
    case "release":
    case "cuff-off":
      return { ...person, kind: command.kind, cuff: command.cuff };
    case "note":
      return { ...person, kind: command.kind, cuff: command.cuff, note: command.note };
    case "offer-duty":
      return { ...person, kind: command.kind, to: command.to };
    case "pause-sound":
    case "resume-sound":
    case "take-duty":
    case "decline-duty":
      return { ...person, kind: command.kind };
  }
};

const release = (cuff: CuffId, state: State, { send, now }: CommandOptions): void => {
  const c = cuffIn(state.cuffs, cuff);
  const boot = c?.boots[0];
  if (c === undefined || boot === undefined || c.said === null) return;
  send(cuff, {
    v: 1,
    id: `${cuff}-${c.occlusions}-${now()}`,
    kind: "release",
    boot: boot.boot,
    ep: c.said.ep,
    m: boot.m0,
    ttlMs: releaseTtlMs,
  });
};
