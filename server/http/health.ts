/** What `/healthz` says: the true state of every part, without a patient's name. Silence is never health. */
import { type Millis, seconds } from "../../shared/units.ts";
import type { BrokerFigures, BrokerState } from "../broker/broker.ts";
import type { RejectionCount } from "../rejection-counts.ts";
import type { RecorderHealth } from "../store/recorder.ts";

export type CuffCounts = Readonly<{
  /** Cuffs that were ever heard or are in the class. */
  known: number;
  /** Cuffs with a pressure that is fresh. */
  live: number;
  inflated: number;
  /** Cuffs in the class that are not fresh. */
  silent: number;
  /** Cuffs that are heard and stand in no class: a wrong name in the class file looks like this. At most 20. */
  unknown: readonly string[];
}>;

export type Health = Readonly<{
  /** Broker, engine and storage are well. */
  ok: boolean;
  broker: Readonly<{ ok: boolean }> & BrokerState & BrokerFigures;
  engine: Readonly<{ ok: boolean; heartbeatAgeMs: number; detail: string }>;
  storage: Readonly<{ ok: boolean; pending: number; dropped: number; detail: string }>;
  /**
   * Parts of what was recorded whose bytes are not as they were, as far as they were read since the start. Whoever is in the class now is
   * supervised all the same, so that this does not count for `ok` above.
   */
  recording: Readonly<{ ok: boolean; damaged: number; detail: string }>;
  cuffs: CuffCounts;
  /** The most frequent first. */
  rejections: readonly RejectionCount[];
}>;

/** The same for whom the clinic does not know: what is left out is not there, so that it is not taken for well. */
export const withoutNames = ({ ok, broker, engine, storage, recording, cuffs }: Health) => {
  const { known, live, inflated, silent } = cuffs;
  return { ok, broker, engine, storage, recording, cuffs: { known, live, inflated, silent } };
};

export type HealthParts = Readonly<{
  broker: BrokerState & BrokerFigures;
  /** How long ago the engine showed its last sign of life. */
  heartbeatAge: Millis;
  recorder: RecorderHealth;
  damaged: number;
  cuffs: CuffCounts;
  rejections: readonly RejectionCount[];
}>;

/** The engine beats once a second; one that has missed three beats is not well. */
const oldestHeartbeat = seconds(3);

export const healthOf = ({
  broker,
  heartbeatAge,
  recorder,
  damaged,
  cuffs,
  rejections,
}: HealthParts): Health => {
  const brokerOk = broker.kind === "up";
  const engineOk = heartbeatAge <= oldestHeartbeat;
  return {
    ok: brokerOk && engineOk && recorder.ok,
    broker: { ok: brokerOk, ...broker },
    engine: {
      ok: engineOk,
      heartbeatAgeMs: Math.round(heartbeatAge),
      detail: engineOk
        ? "The engine judges."
        : `The engine has given no sign of life for ${Math.round(heartbeatAge / 1000)} s.`,
    },
    storage: {
      ok: recorder.ok,
      pending: recorder.pending,
      dropped: recorder.dropped,
      detail: recorder.ok
        ? "Facts are stored."
        : `Facts cannot be stored: ${recorder.lastError?.detail ?? "no reason is known"}`,
    },
    recording: {
      ...{ ok: damaged === 0, damaged },
      detail:
        damaged === 0
          ? "What was read of the recordings is whole."
          : `${damaged} ${damaged === 1 ? "part" : "parts"} of the recordings cannot be read and ${damaged === 1 ? "is" : "are"} shown as gaps: restore the data folder from a backup.`,
    },
    cuffs,
    rejections,
  };
};
