/** The clinic's cuffs, put together: register, gate of the broker, what is heard, and Mosquitto's files. */
import { isLoopback } from "../config.ts";
import type { State } from "../../shared/engine.ts";
import type { CuffId, SiteId } from "../../shared/ids.ts";
import type { Monotonic, WallTime } from "../../shared/units.ts";
import { cuffWords, whyTurnedAway } from "../../shared/view/cuff-words.ts";
import type { Broker } from "../broker/broker.ts";
import { type Problem, problem } from "../http/route.ts";
import { limitedWarnings } from "../limited-warnings.ts";
import type { Log } from "../log.ts";
import type { Register } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import { FoundLops } from "./found-lop.ts";
import { type Access, Gate, type Strangers } from "./gate.ts";
import { openRoll, type Roll } from "./roll.ts";
import { HeardTopics } from "./topics.ts";

/** What the routes about cuffs stand on. */
export type CuffDesk = Readonly<{
  site: SiteId;
  roll: Roll;
  broker: Broker;
  /** Null with an external broker, which lets in whom it wants. */
  gate: Gate | null;
  lops: FoundLops;
  topics: HeardTopics;
  state: () => State;
  now: () => Monotonic;
  wall: () => WallTime;
  /** Under which addresses a cuff reaches the broker. */
  addresses: () => readonly string[];
  /** Hears a topic for a minute from now on; false where too many are heard like this. */
  watch: (topic: string) => boolean;
  /** To be called once cuffs or credentials were written; why they do not hold yet, null where they do. */
  wrote: () => Promise<Problem | null>;
}>;

/** What is there before the broker is: who is let in has to be known before the first cuff connects. */
export type CuffBook = Readonly<{
  roll: Roll;
  gate: Gate;
  topics: HeardTopics;
  lops: FoundLops;
  stop: () => void;
}>;

export type CuffBookOptions = Readonly<{
  register: Register;
  site: SiteId;
  strangers: Strangers;
  now: () => Monotonic;
  log: Log;
  /** Told what holds after each change: Mosquitto's files are written from it. */
  changed: (accesses: readonly Access[]) => void;
}>;

/** Reads all cuffs; without them it is not known who may connect, so an error ends the start. */
export const openCuffBook = async ({
  register,
  site,
  strangers,
  now,
  log,
  changed,
}: CuffBookOptions): Promise<StoreResult<CuffBook>> => {
  const warnings = limitedWarnings(log, now);
  const topics = new HeardTopics(now);
  const warn = (cuff: string | null, kind: string, detail: string): void =>
    warnings.warn("a connection was not let in", { cuff, kind, detail });
  const gate = new Gate({
    strangers,
    now,
    turnedAway: (user, why, from) => warn(user, why, `Somebody at ${from} ${whyTurnedAway(why)}.`),
    refused: (cuff: CuffId, topic, payload) => topics.take(topic, payload, cuff),
  });
  const roll = openRoll(register, site, (accesses) => {
    gate.set(accesses);
    changed(accesses);
  });
  const read = await roll.refresh();
  if (!read.ok) return read;
  return { ok: true, value: { roll, gate, topics, lops: new FoundLops(), stop: () => warnings.stop() } };
};

/** Who is let in without credentials (docs/decisions/019). */
export const strangersOf = ({ demo, mqttHost }: Readonly<{ demo: boolean; mqttHost: string }>): Strangers =>
  demo ? "always" : isLoopback(mqttHost) ? "until-paired" : "never";

export type CuffDeskOptions = Readonly<{
  book: CuffBook;
  site: SiteId;
  broker: Broker;
  embedded: boolean;
  state: () => State;
  now: () => Monotonic;
  wall: () => WallTime;
  addresses: () => readonly string[];
  log: Log;
}>;

const watchedForMs = 60_000;
const mostWatched = 20;

/** The desk, and how to end it. */
export const openCuffDesk = (options: CuffDeskOptions): Readonly<{ desk: CuffDesk; stop: () => void }> => {
  const { book, broker, embedded, state, wall, log } = options;
  const watched = new Map<string, Readonly<{ leave: () => void; timer: NodeJS.Timeout }>>();
  const leave = (topic: string): void => {
    const one = watched.get(topic);
    watched.delete(topic);
    if (one === undefined) return;
    clearTimeout(one.timer);
    one.leave();
  };
  const stopHearing = broker.onMessage((topic, payload) => book.topics.take(topic, payload));
  const desk: CuffDesk = {
    ...{ site: options.site, roll: book.roll, broker, gate: embedded ? book.gate : null },
    ...{ lops: book.lops, topics: book.topics },
    ...{ state, now: options.now, wall, addresses: options.addresses },
    watch: (topic) => {
      if (!watched.has(topic) && watched.size >= mostWatched) return false;
      // Asked for anew before the old one is let go, so that nothing is missed between.
      const asked = broker.watchTopics([topic]);
      leave(topic);
      const timer = setTimeout(() => leave(topic), watchedForMs);
      timer.unref();
      watched.set(topic, { leave: asked, timer });
      return true;
    },
    wrote: async () => {
      const read = await book.roll.refresh();
      if (read.ok) return null;
      log.error({ error: read.error.detail }, "the cuffs could not be read anew");
      return problem(503, cuffWords.notInForce(read.error.detail));
    },
  };
  return {
    desk,
    stop: () => {
      for (const topic of [...watched.keys()]) leave(topic);
      stopHearing();
      book.stop();
    },
  };
};
