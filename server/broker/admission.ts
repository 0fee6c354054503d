/** Who is let in at the embedded broker, and what each may do there. */
import type { CuffId } from "../../shared/ids.ts";

/** As whom a connection was let in. `proof` changes with every new password, so that an old one is void at once. */
export type Pass = Readonly<{ kind: "stranger" } | { kind: "cuff"; user: CuffId; proof: string }>;

export type Admitted =
  | Readonly<{ ok: true; pass: Pass }>
  /** The return code of MQTT 3.1.1: 3 try again, 4 bad user name or password, 5 not authorized. */
  | Readonly<{ ok: false; code: 3 | 4 | 5 }>;

export interface Admission {
  /** Never throws. `from` is the address that it comes from. */
  admit(user: string | undefined, password: Uint8Array | undefined, from: string): Promise<Admitted>;
  /** Whether a connection that was let in like this may stay. */
  holds(pass: Pass): boolean;
  mayPublish(pass: Pass, topic: string): boolean;
  maySubscribe(pass: Pass, filter: string): boolean;
  /** Told of what a cuff with credentials has said where it may not: somebody who sets up a basic cuff wants to see it. */
  refused(pass: Pass, topic: string, payload: Uint8Array): void;
  /** Told when passes may have become void. Gives back how to stop listening. */
  onChange(listener: () => void): () => void;
  /** Connections that were not let in, since the start. */
  readonly turnedAway: number;
}

/** A broker that knows no credentials: the tests' own. */
export const everybody: Admission = {
  admit: () => Promise.resolve({ ok: true, pass: { kind: "stranger" } }),
  holds: () => true,
  mayPublish: () => true,
  maySubscribe: () => true,
  refused: () => undefined,
  onChange: () => () => undefined,
  turnedAway: 0,
};
