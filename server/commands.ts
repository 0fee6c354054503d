/** What screens ask for: checked, put before the engine, carried out, and answered once it is on record. */
import { firstIssue } from "../shared/cuff/message.ts";
import type { CommandMessage } from "../shared/cuff/message.ts";
import type { Order, State, Step } from "../shared/engine.ts";
import type { CuffId } from "../shared/ids.ts";
import { cuffIn } from "../shared/session/cuffs.ts";
import { between, type Monotonic } from "../shared/units.ts";
import { type Answer, type Command, commandFreshFor, commandSchema, type Refusal } from "../shared/wire.ts";

export type CommandOptions = Readonly<{
  epoch: string;
  now: () => Monotonic;
  state: () => State;
  order: (order: Order) => Step;
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
    const refusal = unfit(command, options);
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
  if (!state().roster.staff.some((s) => s.name === command.by))
    return refuse("not-staff", "Nobody of that name is on the staff of this class.");
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
  }
};

const release = (cuff: CuffId, state: State, { send, now }: CommandOptions): void => {
  const c = cuffIn(state.cuffs, cuff);
  const boot = c?.boots[0];
  // A cuff that was never heard since it was switched on cannot be told which of its inflations is meant.
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
