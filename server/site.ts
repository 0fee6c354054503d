/** One site, put together: broker → ingest → floor → record + push → screens, and back by command only. */
import { randomUUID } from "node:crypto";
import { beaconOf } from "../shared/alarm/beacon.ts";
import type { CommandMessage } from "../shared/cuff/message.ts";
import type { FinishedFact } from "../shared/class/fact.ts";
import { commandTopic } from "../shared/cuff/topic.ts";
import { checkpointFormat, freeze } from "../shared/checkpoint.ts";
import type { Input, State, Step } from "../shared/engine.ts";
import type { CuffId, Epoch } from "../shared/ids.ts";
import { cuffCount, cuffIn } from "../shared/session/cuffs.ts";
import type { Roster } from "../shared/plan/roster.ts";
import { type Fact, type GivenRoster, isAboutAlarm } from "../shared/session/fact.ts";
import { type Monotonic, monotonic, type WallTime } from "../shared/units.ts";
import type { SiteOnScreen } from "../shared/wire.ts";
import { startBeacon } from "./beacon.ts";
import type { Broker } from "./broker/broker.ts";
import type { SiteClock } from "./clock.ts";
import { type CommandOptions, createCommands, type TakeCommand } from "./commands.ts";
import type { Config } from "./config.ts";
import { Floor } from "./floor.ts";
import { sayHostStatus } from "./host-status.ts";
import { logFact } from "./fact-log.ts";
import { createIngest } from "./ingest.ts";
import type { Log } from "./log.ts";
import { Push, type PushOptions, type Sockets } from "./push.ts";
import type { Rejections } from "./rejections.ts";
import { steadyWall, type WallBeside } from "./steady-wall.ts";
import type { Recorder } from "./store/recorder.ts";
import { isUnencrypted } from "./welcome.ts";

export type SiteParts = Readonly<{
  config: Config;
  epoch: Epoch;
  build: string;
  clock: SiteClock;
  /** As it was when its last fact was stored. */
  state: State;
  roster: GivenRoster;
  recorder: Recorder;
  broker: Broker;
  sockets: Sockets;
  who: PushOptions["who"];
  rejections: Rejections;
  log: Log;
  /** What seating a patient means, by the clinic's records. */
  seat: CommandOptions["seat"];
  swap: CommandOptions["swap"];
  /** Told of every step that brought facts, after the screens; `wall` is the wall clock beside a moment of it. */
  told: (facts: readonly Fact[], state: State, wall: WallBeside) => void;
  /** Told of each session that is finished, with the wall clock of its end. */
  finished: (told: Readonly<{ fact: FinishedFact; wall: WallTime }>) => void;
}>;

export type Site = Readonly<{
  floor: Floor;
  push: Push;
  /** Takes what somebody asks for, on a socket or over HTTP. */
  command: TakeCommand;
  /** Takes in what has changed in the clinic's records. */
  takeRoster: (roster: GivenRoster) => void;
  /** Keeps the folded state as it is now; resolves once it is kept, or cannot be. */
  checkpoint: () => Promise<void>;
  /** Ends the watch in order: no more inputs, a last word to the cuffs, everything stored. */
  stop: () => Promise<void>;
}>;

/** More cuff names than this are somebody's mistake or malice; their messages are counted and dropped. */
const mostCuffs = 5000;
/** How often the folded state is stored, so that a restart folds seconds, not hours. */
const checkpointEveryMs = 10_000;

/** Starts the watch. To be called before the broker is started, so that nothing that it delivers is lost. */
export const startSite = (parts: SiteParts): Site => {
  const { config, epoch, clock, recorder, broker, sockets, rejections, log } = parts;
  // Whole milliseconds are what is stored, so they are what is judged.
  const now = (): Monotonic => monotonic(Math.floor(clock.now()));

  const floor = new Floor({
    state: parts.state,
    now,
    catchUp: clock.catchUp,
    stepped: (before, step) => {
      // People first: a full disk or a slow one delays nobody's alarm.
      push.stepped(before, step);
      if (step.facts.some(isAboutAlarm) || before.room.pause !== step.state.room.pause) beacon.look();
      const wall = wallAt();
      record(step.facts, wall);
      parts.told(step.facts, step.state, wall);
      for (const fact of step.facts) logFact(log, fact);
      if (before.roster.basicCuffs !== step.state.roster.basicCuffs) hearBasics();
    },
  });
  let leaveOff = (): void => undefined;
  const hearBasics = (): void => {
    const before = leaveOff;
    leaveOff = broker.watchTopics(topicsOf(floor.state.roster));
    before();
  };
  const wallAt = steadyWall(clock);
  const record = (facts: readonly Fact[], wall: WallBeside): void => {
    recorder.record(facts.map((fact) => ({ epoch, at: fact.at, wall: wall(fact.at), fact })));
    for (const fact of facts) if (fact.kind === "finished") parts.finished({ fact, wall: wall(fact.at) });
  };
  const command = createCommands({
    epoch,
    now,
    state: () => floor.state,
    order: (order): Step => floor.take({ kind: "order", at: now(), order }),
    newId: randomUUID,
    seat: parts.seat,
    swap: parts.swap,
    testSound: () => push.testSound(),
    canSend: () => broker.state().kind === "up",
    send: (cuff, message) => send(broker, config, cuff, message),
    stored: () => recorder.stored(),
  });
  const push = new Push({
    sockets,
    epoch,
    build: parts.build,
    now,
    wall: clock.wall,
    site: (): SiteOnScreen => ({
      site: config.site,
      room: floor.state.class.running?.room ?? floor.state.roster.room,
      class: floor.state.class.running,
      releasedAll: floor.state.class.releasedAll,
      listening: floor.state.room.listening,
      staff: floor.state.roster.staff.map(({ id, name }) => ({ id, name })),
      duty: floor.state.room.duty,
      pause: floor.state.room.pause,
      broker: broker.state().kind === "up",
      recording: recorder.health().ok,
      unencrypted: isUnencrypted(config),
      demo: config.demo,
    }),
    state: () => floor.state,
    command,
    who: parts.who,
    listening: (screens) => void floor.take({ kind: "listening", at: now(), screens }),
  });

  const beacon = startBeacon(broker, config.site, () => beaconOf(floor.state, epoch, now()));

  for (const input of opening(parts, now())) floor.take(input);
  hearBasics();
  const ingest = createIngest({
    site: config.site,
    basicCuffs: () => floor.state.roster.basicCuffs,
    now,
    take: (input) => {
      try {
        floor.take(input);
      } catch (error) {
        // A bug that one cuff's message brings to light costs that message; the state is as it was before.
        log.error(
          { cuff: input.cuff, kind: input.kind, error: String(error) },
          "a message could not be judged",
        );
        rejections.count(input.cuff, { kind: "failed", detail: "The server failed to judge this message." });
      }
    },
    answered: (cuff, { id, ok, code }) => {
      if (ok) log.info({ cuff, command: id }, "a cuff carries out a command");
      else log.warn({ cuff, command: id, code }, "a cuff refused a command");
    },
    reject: (cuff, rejection) => rejections.count(cuff, rejection),
    allow: (cuff, at) => rejections.allow(cuff, at),
    knows: (cuff) => cuffIn(floor.state.cuffs, cuff) !== undefined,
    makeRoom: () => {
      if (cuffCount(floor.state.cuffs) >= mostCuffs) floor.take({ kind: "make-room", at: now() });
      return cuffCount(floor.state.cuffs) < mostCuffs;
    },
  });
  const stopHearing = broker.onMessage((topic, payload, retained) => ingest({ topic, payload, retained }));
  const stopBroker = broker.onState((state) => {
    log[state.kind === "away" ? "warn" : "info"]({ broker: state.kind }, state.detail);
    push.siteChanged();
  });
  const stopRecorder = recorder.onHealth((health) => {
    if (health.ok) log.info({}, "facts are being stored again");
    else log.error({ pending: health.pending, error: health.lastError?.detail }, "facts cannot be stored");
    floor.take({ kind: "recording", at: now(), ok: health.ok });
    push.siteChanged();
  });
  const stopStatus = sayHostStatus(broker, config.site, epoch);
  const keepState = (): void => recorder.checkpoint(checkpointFormat, freeze(floor.state));
  const checkpoint = setInterval(keepState, checkpointEveryMs);
  push.start();
  floor.start();

  return {
    floor,
    push,
    takeRoster: (roster) => {
      floor.take({ kind: "roster", at: now(), roster });
      push.siteChanged();
    },
    command,
    checkpoint: async () => {
      keepState();
      await recorder.stored();
    },
    stop: async () => {
      clearInterval(checkpoint);
      stopHearing();
      beacon.stop();
      stopStatus();
      stopBroker();
      floor.stop();
      push.stop();
      await broker.stop();
      keepState();
      stopRecorder();
      const lost = await recorder.close();
      if (lost > 0) log.error({ lost }, "facts could not be stored before the end");
      rejections.stop();
    },
  };
};

/** What has happened to the floor before anything is heard: time went by, and the class was taken in. */
const opening = ({ clock, roster }: SiteParts, at: Monotonic): readonly Input[] => [
  ...(clock.resumed === null ? [] : [{ kind: "resume", at, ...clock.resumed } as const]),
  { kind: "roster", at, roster },
];

const topicsOf = ({ basicCuffs }: Roster): readonly string[] => [...new Set(basicCuffs.map((b) => b.topic))];

const send = (broker: Broker, config: Config, cuff: CuffId, message: CommandMessage): void =>
  broker.publish(commandTopic(config.site, cuff), JSON.stringify(message), { qos: 1, retain: false });
