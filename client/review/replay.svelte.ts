/**
 * A recording that is looked at: where it stands, whether it plays, and the class as the wall showed it then. One for a session and for a
 * class. While it goes on it is followed with the same player: live is its end, and everything before is the past. It never sounds.
 */
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import { openAlarms } from "../../shared/engine.ts";
import type { CuffId } from "../../shared/ids.ts";
import { type RepetitionMark, repetitionsOf } from "../../shared/recording/marks.ts";
import { createPlayer, type Moment, type Player } from "../../shared/recording/player.ts";
import { countUpTo, type Recorded } from "../../shared/recording/recorded.ts";
import { between, type Millis, millis, type Monotonic, monotonic, never } from "../../shared/units.ts";
import { type Course, courseOf } from "../../shared/view/course.ts";
import { stationsOnScreen } from "../../shared/view/on-screen.ts";
import { type Tile, tile } from "../../shared/view/tile.ts";
import type { StationOnScreen } from "../../shared/wire.ts";
import { createServerTime } from "../server-time.ts";
import { alarmsOf, keyOf, type ShownClass, type ShownStation } from "../shown.ts";
import type { TraceRing } from "../ui/trace-ring.ts";
import { firstAfter, lastBefore, type Played, playOn, type Speed } from "./play.ts";
import { RecordedRings } from "./rings.ts";
import { type Target, targetsOf } from "./targets.ts";

/** Without an answer for this long nobody follows what goes on, in ms. */
const lostAfterMs = 3000;
/** How long the page may be busy with getting ready at a time, in ms: less than a frame. */
const busyMs = 8;
/** How often repetitions are counted while more come, in ms. */
const countEveryMs = 10_000;
/** By how much one goes back to see what has just happened, in ms. */
const backBy = 120_000;

export class Replay implements ShownClass {
  readonly cuffs: readonly CuffId[];
  readonly from: Monotonic;
  /** Up to where there is something to be seen; it moves on while the recording does. */
  to = $state.raw(monotonic(0));
  at = $state.raw(monotonic(0));
  playing = $state(false);
  speed = $state<Speed>(1);
  /** Whether more will come. */
  running = $state(false);
  /** It is seen as it happens. */
  live = $state(false);
  /** For how long nothing has come that should have; null while all is well. */
  lostFor = $state.raw<Millis | null>(null);
  /** What happened. */
  course: Course = $derived.by(() => courseOf(this.recorded));
  repetitions = $state.raw<readonly RepetitionMark[]>([]);
  targets = $state.raw<readonly Target[]>([]);
  /** All moments can be reached at once. */
  ready = $state(false);
  /** Which lines there are; changes with each that comes. */
  recorded: Recorded;
  slots = $state.raw<readonly ShownStation[]>([]);
  /** Alarms flash in the phase of this page: nobody sees another screen beside the past. */
  readonly offset = 0;

  readonly #player: Player;
  readonly #rings = new RecordedRings();
  readonly #time = createServerTime();
  #countedAt = -Infinity;
  #played: Played;
  #frame: number | null = null;
  #before = 0;
  #heard = 0;
  #alarms = $state.raw<readonly Occurrence[]>([]);
  #closed = false;

  /** `cuffs` are those of which targets are to be known. */
  constructor(
    recorded: Recorded,
    { running, cuffs }: Readonly<{ running: boolean; cuffs: readonly CuffId[] }>,
  ) {
    this.cuffs = cuffs;
    this.#player = createPlayer(recorded);
    this.recorded = $state.raw(recorded);
    this.from = recorded.from;
    this.to = recorded.to;
    this.running = running;
    this.#played = { at: recorded.from, owed: 0 };
    this.#hear(recorded.to);
    if (running) this.toLive();
    else this.seek(recorded.from);
    this.#getReady();
  }

  // What the wall's parts ask for.

  get now(): Readonly<{ current: Monotonic }> {
    return { current: this.at };
  }
  time(): number {
    return this.at;
  }
  get second(): Monotonic {
    return monotonic(Math.floor(this.at / 1000) * 1000);
  }
  get stations(): readonly StationOnScreen[] {
    return this.slots.map((slot) => slot.station);
  }
  get alarms(): readonly Occurrence[] {
    return this.#alarms;
  }
  tile({ station, alarms }: ShownStation): Tile {
    return tile(station, alarms, this.at);
  }
  trace(cuff: CuffId): TraceRing {
    return this.#rings.of(cuff);
  }

  /** How long it is, and how far into it a moment lies. */
  get length(): Millis {
    return between(this.from, this.to);
  }
  clock(at: number): Millis {
    return millis(at - this.from);
  }
  /** The wall clock at a moment, ms since 1970; null where no line tells. */
  wallAt(at: number): number | null {
    const lines = this.#player.lines();
    if (lines.length === 0) return null;
    const line = lines.line(Math.max(0, countUpTo(lines, monotonic(at)) - 1));
    return line.wall + (at - line.at);
  }

  // What a person does.

  seek(at: number): void {
    this.live = false;
    this.#goTo(monotonic(Math.min(this.to, Math.max(this.from, at))));
  }
  togglePlaying(): void {
    if (this.playing) {
      this.playing = false;
      return;
    }
    if (this.live) return;
    if (this.at >= this.to) this.seek(this.from);
    this.playing = true;
    this.#run();
  }
  step(by: number): void {
    this.playing = false;
    this.seek(this.at + by);
  }
  /** To the next reading, or the one before. */
  stepSample(direction: 1 | -1): void {
    this.playing = false;
    const lines = this.#player.lines();
    const isReading = (i: number): boolean => /^(samples|basic-sample)$/.test(lines.line(i).fact.kind);
    const played = countUpTo(lines, this.at);
    if (direction === 1) {
      for (let i = played; i < lines.length; i++) if (isReading(i)) return this.seek(lines.at(i));
      return this.seek(this.to);
    }
    for (let i = played - 1; i >= 0; i--)
      if (lines.at(i) < this.at && isReading(i)) return this.seek(lines.at(i));
    this.seek(this.from);
  }
  /** To where the next alarm was raised, or the one before. */
  toAlarm(direction: 1 | -1): void {
    const raised = this.alarmBegins;
    // One that has just been reached is not the one before.
    const at =
      direction === 1
        ? firstAfter(raised, this.at, never)
        : lastBefore(raised, monotonic(this.at - 500), never);
    if (at !== never) this.seek(at);
  }
  get alarmBegins(): readonly Monotonic[] {
    return this.course.marks
      .filter((m) => m.kind === "alarm" && m.at >= this.from && m.at <= this.to)
      .map((m) => m.at);
  }
  goBack(): void {
    this.seek(this.at - backBy);
    if (!this.playing) this.togglePlaying();
  }
  toLive(): void {
    if (!this.running) return;
    this.playing = false;
    this.live = true;
    this.#run();
  }

  // What comes while it goes on.

  /** New lines, and up to when they tell; `running` is false once no more will come. */
  append(more: Recorded["lines"], to: Monotonic, running: boolean): void {
    this.#player.append(more, to);
    this.#hear(to);
    this.to = this.#player.to();
    if (more.length > 0) {
      this.recorded = { ...this.recorded, lines: this.#player.lines(), to: this.to };
      if (this.ready) {
        this.#aim();
        this.#count();
      }
    }
    if (!running) this.#end();
  }
  #end(): void {
    this.running = false;
    this.lostFor = null;
    if (!this.live) return;
    this.live = false;
    this.#goTo(this.to);
  }
  #hear(to: Monotonic): void {
    this.#heard = performance.now();
    this.#time.heard(to, this.#heard);
  }
  /** Looks how long ago the last answer came. */
  look(): void {
    const silent = performance.now() - this.#heard;
    this.lostFor = this.running && silent > lostAfterMs ? millis(silent) : null;
  }
  close(): void {
    this.#closed = true;
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
  }

  #stateAt = (moment: Monotonic): Moment["state"] => this.#player.seek(moment).state;

  #goTo(at: Monotonic, owed = 0): void {
    this.#rings.show(at, { lines: this.#player.lines(), stateAt: this.#stateAt });
    const { state } = this.#player.seek(at);
    const alarms = openAlarms(state);
    this.#alarms = alarms;
    this.slots = stationsOnScreen(state).map((station) => ({
      ...{ key: keyOf(station), station },
      alarms: alarmsOf(station, alarms),
    }));
    this.#played = { at, owed };
    this.at = at;
  }

  #run(): void {
    if (this.#frame !== null || this.#closed) return;
    this.#before = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#onFrame(now));
  }
  #onFrame(now: number): void {
    this.#frame = null;
    const elapsed = now - this.#before;
    this.#before = now;
    if (this.live) this.#goTo(this.#time.at(performance.now()));
    else if (this.playing) {
      const moments = this.course.alarmMoments;
      const next = playOn(this.#played, elapsed, {
        ...{ speed: this.speed, to: this.to },
        changeAfter: (at) => firstAfter(moments, at, never),
      });
      this.#goTo(next.at, next.owed);
      if (next.at >= this.to) {
        this.playing = false;
        if (this.running) this.live = true;
      }
    } else return;
    this.#frame = requestAnimationFrame((then) => this.#onFrame(then));
  }

  /** Plays everything once, a little at a time, so that every moment is near; then finds what needs that. */
  #getReady(): void {
    if (this.#closed) return;
    const until = performance.now() + busyMs;
    let done = false;
    while (!done && performance.now() < until) done = this.#player.prepare(100);
    if (!done) {
      setTimeout(() => this.#getReady());
      return;
    }
    this.ready = true;
    this.#aim();
    this.#count();
  }
  #aim(): void {
    const moments = this.course.targetMoments.filter((at) => at > this.from && at <= this.to);
    const shown = this.at;
    this.targets = targetsOf(this.cuffs, [this.from, ...moments], { to: this.to, stateAt: this.#stateAt });
    this.#player.seek(shown);
  }
  /** Repetitions stand in every message, so they are not counted anew with each that comes. */
  #count(): void {
    if (this.cuffs.length === 0 || performance.now() < this.#countedAt + countEveryMs) return;
    this.repetitions = repetitionsOf(this.recorded);
    this.#countedAt = performance.now();
  }
}
