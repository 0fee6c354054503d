/**
 * Keeps a record of every session that was finished. The fact is the truth: a record that is missing, since the server ended between the
 * two, is made good from it at the next start.
 */
import type { FinishedFact } from "../../shared/class/fact.ts";
import { wallTime } from "../../shared/units.ts";
import type { Log } from "../log.ts";
import type { Clinic } from "../records/clinic.ts";
import { readKinds } from "../store/read-kinds.ts";
import type { RareKind, Store, StoreResult } from "../store/store.ts";
import { changesOf, type Told } from "./session-record.ts";

export type SessionsOptions = Readonly<{
  clinic: Pick<Clinic, "sessions" | "followUps" | "patients" | "register" | "inTurn" | "wall">;
  store: Pick<Store, "readKind">;
  /** Resolves once all that was recorded so far is stored, or cannot be. */
  stored: () => Promise<boolean>;
  log: Log;
}>;

export type Sessions = Readonly<{
  /** Told of each session that is finished. Resolves once its record is kept, or it is known that it cannot be now. */
  finished: (told: Told<FinishedFact>) => Promise<void>;
  /** Makes good what is missing of the last week. */
  makeGood: () => Promise<void>;
  /** Whether a record of this patient's is still to be written. */
  isPending: (patient: string) => boolean;
  stop: () => void;
}>;

const lookBackMs = 7 * 24 * 3_600_000;
/** A wall clock that was set during a session may be off by this much at its beginning. */
const clockMayBeOffMs = 3_600_000;
const tryAgainAfterMs = 30_000;
/** What a record tells beside what its own fact does. */
const alsoTold = [
  "noted",
  "checked",
  "exertion-noted",
  "cuff-swapped",
] as const satisfies readonly RareKind[];

export const keepSessions = ({ clinic, store, stored, log }: SessionsOptions): Sessions => {
  const pending = new Map<string, Told<FinishedFact>>();
  let again: NodeJS.Timeout | null = null;

  const keep = async (told: Told<FinishedFact>): Promise<void> => {
    const kept = await write(told);
    if (kept.ok) {
      pending.delete(told.fact.session);
      return;
    }
    log.error(
      { session: told.fact.session, error: kept.error.detail },
      "a session's record cannot be written",
    );
    again ??= setTimeout(() => {
      again = null;
      for (const one of pending.values()) void keep(one);
    }, tryAgainAfterMs);
  };
  const write = async (told: Told<FinishedFact>): Promise<StoreResult<unknown>> => {
    const { fact, wall } = told;
    await stored();
    const from = wallTime(wall - (fact.at - fact.seat.visit.seatedAt) - clockMayBeOffMs);
    const read = await readKinds(store, alsoTold, { from, to: wallTime(wall + clockMayBeOffMs) });
    if (!read.ok) return read;
    const meanwhile = read.value.map((one) => one.fact);
    const changes = changesOf(clinic, told, meanwhile);
    if (changes === null) return { ok: true, value: null };
    return clinic.inTurn(async () => {
      const before = await clinic.register.history("session", fact.session);
      if (!before.ok || before.value.length > 0) return before;
      return clinic.sessions.write(changes);
    });
  };

  return {
    finished: (told) => {
      if (told.fact.seat.visit.patient === null) return Promise.resolve();
      pending.set(told.fact.session, told);
      return keep(told);
    },
    makeGood: async () => {
      const now = clinic.wall();
      const range = { from: wallTime(now - lookBackMs), to: wallTime(now + clockMayBeOffMs) };
      const facts = await readKinds(store, ["finished"], range);
      if (!facts.ok) {
        log.error({ error: facts.error.detail }, "the last week's sessions cannot be read");
        return;
      }
      for (const { fact, wall } of facts.value) {
        const patient = fact.kind === "finished" ? fact.seat.visit.patient : null;
        if (fact.kind !== "finished" || patient === null) continue;
        const standing = await clinic.patients.get(patient);
        // Somebody who was erased since must not come back by a record.
        if (standing.ok && standing.value === null) continue;
        pending.set(fact.session, { fact, wall });
        await keep({ fact, wall });
      }
    },
    isPending: (patient) => [...pending.values()].some(({ fact }) => fact.seat.visit.patient === patient),
    stop: () => {
      if (again !== null) clearTimeout(again);
    },
  };
};
