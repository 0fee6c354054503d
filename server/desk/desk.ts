/** Where the class and the clinic's records meet: records become orders, and what was done becomes a record. */
import { randomUUID } from "node:crypto";
import type { State } from "../../shared/engine.ts";
import { cuffId } from "../../shared/ids.ts";
import { cuffIn } from "../../shared/session/cuffs.ts";
import type { CommandOptions, Seating, Swapping } from "../commands.ts";
import type { Clinic } from "../records/clinic.ts";
import { cuffKind } from "../records/kinds.ts";
import { collection } from "../register/collection.ts";
import { type KnownCuffs, whyNotWorn } from "./fit-to-wear.ts";
import { seatingOf } from "./seating.ts";
import { keepSessions, type Sessions, type SessionsOptions } from "./sessions.ts";

export type DeskOptions = SessionsOptions & Readonly<{ clinic: Clinic; state: () => State }>;

/** What somebody may want to remove from the register. */
export type Kept = "patient" | "programme" | "lop" | "cuff";

export type Desk = Readonly<{
  seat: CommandOptions["seat"];
  swap: CommandOptions["swap"];
  sessions: Sessions;
  /** Whether a session that has begun, or whose record is still to be written, holds on to this; a cuff goes by the name in its topics. */
  isInUse: (kind: Kept, id: string) => boolean;
}>;

export const openDesk = (options: DeskOptions): Desk => {
  const { clinic, state } = options;
  const sessions = keepSessions(options);
  const cuffs = collection(clinic.register, cuffKind);
  const known: KnownCuffs = { cuffs, isHeard: (cuff) => cuffIn(state().cuffs, cuff) !== undefined };
  /** What is being seated or swapped: its records are read, and it is not in the class yet. */
  const coming = new Set<Seating | Swapping>();
  const whileComing = async <T>(command: Seating | Swapping, resolve: () => Promise<T>): Promise<T> => {
    coming.add(command);
    try {
      return await resolve();
    } finally {
      // Whoever waits for this puts it before the engine first: those are promises, and come before what is set aside here.
      setImmediate(() => coming.delete(command));
    }
  };
  return {
    sessions,
    seat: (command, person) =>
      whileComing(command, () => seatingOf({ clinic, known, newId: randomUUID }, command, person)),
    swap: (command, person) =>
      whileComing(command, async () => (await whyNotWorn(known, command.to)) ?? { ...command, ...person }),
    isInUse: (kind, id) => {
      const { seats } = state().class;
      const arrives = [...coming].flatMap((one) => (one.kind === "seat" ? [one] : []));
      switch (kind) {
        case "patient":
          return (
            seats.some((s) => s.visit.patient === id) ||
            arrives.some((s) => s.patient === id) ||
            sessions.isPending(id)
          );
        case "programme":
          return seats.some((s) => s.programme === id) || arrives.some((s) => s.programme === id);
        case "lop":
          return [...seats.flatMap((s) => s.worn), ...arrives.flatMap((s) => s.cuffs)].some(
            (worn) => worn.lop === id,
          );
        case "cuff":
          return (
            [...seats.flatMap((s) => s.worn), ...arrives.flatMap((s) => s.cuffs)].some(
              (worn) => worn.cuff === id,
            ) ||
            [...coming].some((one) => one.kind === "swap-cuff" && one.to === id) ||
            (cuffIn(state().cuffs, cuffId(id))?.station ?? null) !== null
          );
      }
    },
  };
};
