/** From the floor to the screens: a snapshot for who asks, numbered patches for who follows, a beat for everybody. */
import type { IncomingHttpHeaders } from "node:http";
import type { Server, Socket } from "socket.io";
import { afterFact, type Occurrence } from "../shared/alarm/occurrence.ts";
import { may, type Principal } from "../shared/clinic/rights.ts";
import { openAlarms, type State, type Step } from "../shared/engine.ts";
import type { CuffId } from "../shared/ids.ts";
import type { CuffState } from "../shared/session/cuff-state.ts";
import { allCuffs, cuffIn } from "../shared/session/cuffs.ts";
import { type Fact, isAboutAlarm, isAboutCuff } from "../shared/session/fact.ts";
import type { Monotonic, WallTime } from "../shared/units.ts";
import {
  cuffOnScreen,
  differsOnlyInReading,
  layout,
  standsOut,
  stationsOnScreen,
} from "../shared/view/on-screen.ts";
import {
  type Answer,
  type Beat,
  type CuffOnScreen,
  helloSchema,
  protocolVersion,
  type ScreenToServer,
  type ServerToScreen,
  type SiteOnScreen,
  type Snapshot,
  soundSchema,
  type Trace,
} from "../shared/wire.ts";
import type { TakeCommand } from "./commands.ts";
import { allowance } from "./request-allowance.ts";
import { Screen } from "./screen.ts";
import { pointsOf, TraceRing } from "./trace.ts";

export type Sockets = Server<ScreenToServer, ServerToScreen>;

export type PushOptions = Readonly<{
  sockets: Sockets;
  epoch: string;
  build: string;
  now: () => Monotonic;
  wall: () => WallTime;
  site: () => SiteOnScreen;
  state: () => State;
  /** Takes what a screen asks for; answered once it is done. */
  command: TakeCommand;
  /** Who is at the other end of a connection, asked anew at each thing that it asks for; `use`: a person does this. */
  who: (headers: IncomingHttpHeaders) => (use: boolean) => Principal;
  /** Told how many connected screens sound, whenever that changes; none at the start. */
  listening: (count: number) => void;
}>;

const beatEveryMs = 1000;

export class Push {
  readonly #options: PushOptions;
  readonly #screens = new Map<string, Screen>();
  /** The screens that have said that their sound is armed. */
  readonly #armed = new Set<string>();
  readonly #traces = new Map<CuffId, TraceRing>();
  readonly #shown = new WeakMap<CuffState, CuffOnScreen>();
  #layoutKey = "";
  #flushing = false;
  #beat: NodeJS.Timeout | null = null;

  constructor(options: PushOptions) {
    this.#options = options;
  }

  start(): void {
    this.#layoutKey = keyOf(this.#options.state());
    this.#options.sockets.on("connection", (socket) => this.#connected(socket));
    this.#beat = setInterval(() => this.#sendBeats(), beatEveryMs);
  }

  stop(): void {
    if (this.#beat !== null) clearInterval(this.#beat);
  }

  get screens(): number {
    return this.#screens.size;
  }

  /** Tells every screen what a step has changed, at the end of this turn of the event loop. */
  stepped(before: State, { state, facts }: Step): void {
    const touched = new Set<CuffId>();
    let siteWide = false;
    let room = false;
    for (const fact of facts) {
      if (isAboutCuff(fact)) touched.add(fact.cuff);
      else if ("cuff" in fact) room = true;
      else siteWide = true;
    }
    if (room || siteWide) for (const screen of this.#screens.values()) screen.siteChanged();
    for (const cuff of siteWide ? allCuffs(state.cuffs).map((c) => c.cuff) : touched)
      this.#cuffMoved(cuff, before, state);
    this.#trace(facts, state);
    for (const occurrence of moved(facts, before))
      for (const screen of this.#screens.values()) screen.alarmMoved(occurrence);
    if (siteWide || [...touched].some((id) => comesOrGoes(cuffIn(before.cuffs, id), cuffIn(state.cuffs, id))))
      this.#layoutMoved(state, siteWide);
    this.#flushSoon();
  }

  /** Tells every screen that the server itself has changed: its broker, its recording. */
  siteChanged(): void {
    for (const screen of this.#screens.values()) screen.siteChanged();
    this.#flushSoon();
  }

  #cuffMoved(id: CuffId, before: State, after: State): void {
    const was = cuffIn(before.cuffs, id);
    const is = cuffIn(after.cuffs, id);
    if (is === undefined || was === is) return;
    const only = was !== undefined && differsOnlyInReading(this.#show(was), this.#show(is));
    const read = was?.pressure !== is.pressure;
    for (const screen of this.#screens.values()) {
      if (!only) screen.cuffChanged(id);
      if (read) screen.cuffRead(id);
    }
  }

  #layoutMoved(state: State, certainly: boolean): void {
    const key = keyOf(state);
    if (key === this.#layoutKey && !certainly) return;
    this.#layoutKey = key;
    for (const screen of this.#screens.values()) screen.layoutChanged();
  }

  #trace(facts: readonly Fact[], state: State): void {
    for (const fact of facts) {
      if (fact.kind !== "samples" && fact.kind !== "basic-sample") continue;
      const cuff = cuffIn(state.cuffs, fact.cuff);
      if (cuff !== undefined) this.#ring(fact.cuff).add(pointsOf(fact, cuff));
    }
  }

  #ring(cuff: CuffId): TraceRing {
    const known = this.#traces.get(cuff);
    if (known !== undefined) return known;
    const ring = new TraceRing();
    this.#traces.set(cuff, ring);
    return ring;
  }

  #show(c: CuffState): CuffOnScreen {
    const known = this.#shown.get(c);
    if (known !== undefined) return known;
    const shown = cuffOnScreen(c);
    this.#shown.set(c, shown);
    return shown;
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    // Everything that one read of the broker's socket brought goes out as one patch.
    setImmediate(() => {
      this.#flushing = false;
      for (const screen of this.#screens.values()) screen.flush();
    });
  }

  #connected(socket: Socket<ScreenToServer, ServerToScreen>): void {
    const screen = new Screen(
      {
        epoch: this.#options.epoch,
        now: this.#options.now,
        wall: this.#options.wall,
        site: this.#options.site,
        stations: () => stationsOnScreen(this.#options.state()),
        cuff: (id) => {
          const c = cuffIn(this.#options.state().cuffs, id);
          return c === undefined ? undefined : this.#show(c);
        },
        traceSince: (cuff, since) => this.#traces.get(cuff)?.since(since) ?? [],
      },
      (patch, taken) => socket.emit("patch", patch, taken),
      () => this.#snapshot(socket, screen),
      // It comes back by itself, and is given a snapshot then.
      () => socket.conn.close(),
    );
    const allow = allowance();
    const who = this.#options.who(socket.handshake.headers);
    socket.on("hello", (raw) => {
      const hello = helloSchema.safeParse(raw);
      if (!allow() || !hello.success) return;
      const asker = who(false);
      // Whoever was shut out while they connected is told so when they come again.
      if (!may(asker, "watch")) return void socket.disconnect(true);
      // From a wall nothing can be done, so it is given no page that looks as if it could.
      if (asker.kind === "wall" && hello.data.screen !== "wall") return;
      this.#screens.set(socket.id, screen);
      this.#snapshot(socket, screen);
    });
    socket.on("command", (command, answer) => {
      // Whoever leaves the callback out asks for nothing that could be answered.
      if (typeof answer !== "function") return;
      if (!allow())
        return answer({
          ok: false,
          kind: "malformed",
          reason: "Too many requests from this screen.",
        } satisfies Answer);
      void this.#options.command(command, who(true)).then(answer);
    });
    socket.on("sound", (sound) => {
      const said = soundSchema.safeParse(sound);
      if (!said.success || !this.#screens.has(socket.id)) return;
      // That a screen is silent is taken from one that asks too much as well: nobody may count on it.
      if (!said.data.armed || allow()) this.#sounds(socket.id, said.data.armed);
    });
    socket.on("disconnect", () => {
      this.#screens.delete(socket.id);
      this.#sounds(socket.id, false);
    });
  }

  /** Every armed screen plays the test burst; how many they are. */
  testSound(): number {
    for (const id of this.#armed) this.#options.sockets.to(id).emit("test");
    return this.#armed.size;
  }

  /** A screen sounds from now on, or no longer. */
  #sounds(id: string, armed: boolean): void {
    if (armed === this.#armed.has(id)) return;
    if (armed) this.#armed.add(id);
    else this.#armed.delete(id);
    this.#options.listening(this.#armed.size);
  }

  #snapshot(socket: Socket<ScreenToServer, ServerToScreen>, screen: Screen): void {
    const { epoch, build, now, wall, site, state } = this.#options;
    const traces = [...this.#traces].map(([cuff, ring]): Trace => ({ cuff, points: ring.lastMinute(now()) }));
    screen.begin(traces);
    const snapshot: Snapshot = {
      protocol: protocolVersion,
      build,
      epoch,
      seq: screen.seq,
      now: now(),
      wall: wall(),
      site: site(),
      stations: stationsOnScreen(state()),
      alarms: openAlarms(state()),
      traces,
    };
    socket.emit("snapshot", snapshot);
  }

  #sendBeats(): void {
    const { epoch, now, wall, sockets } = this.#options;
    for (const [id, screen] of this.#screens) {
      screen.look();
      const beat: Beat = { epoch, seq: screen.seq, now: now(), wall: wall() };
      sockets.to(id).emit("beat", beat);
    }
  }
}

/** Whether a cuff on no patient is to be seen from now on, or no longer. */
const comesOrGoes = (was: CuffState | undefined, is: CuffState | undefined): boolean =>
  (was !== undefined && was.station === null && standsOut(was)) !==
  (is !== undefined && is.station === null && standsOut(is));

/** What a wall's arrangement depends on. */
const keyOf = (state: State): string =>
  layout(state)
    .map((s) => `${s.station ?? ""}:${s.cuffs.map((c) => c.cuff).join("+")}`)
    .join("|");

/** Every state that an occurrence went through in these facts, in order. */
const moved = (facts: readonly Fact[], before: State): Occurrence[] => {
  const about = facts.filter(isAboutAlarm);
  if (about.length === 0) return [];
  const known = new Map(openAlarms(before).map((o) => [o.id, o]));
  return about.flatMap((fact) => {
    const was = fact.kind === "alarm-raised" ? undefined : known.get(fact.id);
    const is =
      fact.kind === "alarm-raised" ? fact.occurrence : was === undefined ? null : afterFact(was, fact);
    if (is === null) return [];
    known.set(is.id, is);
    return [is];
  });
};
