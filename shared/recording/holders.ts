/** On whom each cuff is, as the facts of a class tell it. */
import type { ClassState } from "../class/seat.ts";
import type { State } from "../engine.ts";
import type { CuffId, SessionId } from "../ids.ts";
import type { Fact } from "../session/fact.ts";
import { seatsAfter } from "./span.ts";

export type Holders = Readonly<{
  /** Takes a fact in; answers whether it may have changed who sits where. */
  take: (fact: Fact) => boolean;
  of: (cuff: CuffId) => SessionId | null;
  isSeated: (session: SessionId) => boolean;
}>;

/** Whose each cuff is: one that is up stays on its patient, whatever a class file says, until it is down. */
export const createHolders = (start: State): Holders => {
  let state: ClassState = start.class;
  const holders = new Map<CuffId, SessionId>();
  const up = new Set<CuffId>();
  const hand = (): void => {
    const seated = new Map(state.seats.flatMap((s) => s.worn.map((w) => [w.cuff, s.visit.session] as const)));
    for (const cuff of holders.keys()) if (!up.has(cuff) && !seated.has(cuff)) holders.delete(cuff);
    for (const [cuff, session] of seated) if (!up.has(cuff) || !holders.has(cuff)) holders.set(cuff, session);
  };
  hand();
  for (const shard of start.cuffs.shards)
    for (const { cuff: c } of shard.entries.values()) if (c.occlusion !== null) up.add(c.cuff);
  return {
    take: (fact) => {
      if (fact.kind === "inflated") up.add(fact.cuff);
      if (fact.kind === "deflated") up.delete(fact.cuff);
      const next = seatsAfter(state, fact);
      if (next === state && fact.kind !== "deflated") return false;
      state = next;
      hand();
      return true;
    },
    of: (cuff) => holders.get(cuff) ?? null,
    isSeated: (session) => state.seats.some((s) => s.visit.session === session),
  };
};
