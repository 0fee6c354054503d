/** One screen: the link, the class as it is known, the clock and the sound, put together once for the page that shows them. */
import { flushSync } from "svelte";
import { bursts, linkLostBurst, loudest } from "../shared/alarm/burst.ts";
import type { Occurrence } from "../shared/alarm/occurrence.ts";
import { sounds } from "../shared/alarm/suppression.ts";
import { millis, type Monotonic, monotonic } from "../shared/units.ts";
import { type Tile, tile } from "../shared/view/tile.ts";
import { language } from "../shared/view/words.ts";
import type { CuffId, Hello, StationOnScreen } from "../shared/wire.ts";
import { shouldReload } from "./build.ts";
import { Floor } from "./floor.svelte.ts";
import { createLink, type Link, type LinkState, type Outcome, type Request } from "./link.ts";
import { Now } from "./now.svelte.ts";
import { connectWire } from "./socket.ts";
import { Sound, type Wanted } from "./ui/sound.ts";
import { webSpeaker } from "./ui/speaker.ts";
import { SpokenLines } from "./ui/spoken.ts";
import type { TraceRing } from "./ui/trace-ring.ts";
import { browserVoice, speaksHere } from "./ui/voice.ts";
import type { ShownClass, ShownStation } from "./shown.ts";

/** How long the technical alarm of this screen can be paused, in milliseconds. */
const pauseFor = 120_000;
/** Flashes of two screens may be this far apart, in milliseconds; less is not worth beginning them anew. */
const phaseWithin = 8;
/** How long a reading counts as new while nobody knows how old it is. */
const tooOld = millis(-Infinity);
/** How long a screen that was shut out sounds for those who relied on it, in milliseconds. */
const shutOutFor = 60_000;
const triedKey = "cuffwatch.reloaded-for";

export class Screen implements ShownClass {
  readonly now = new Now();
  readonly floor: Floor;
  readonly #link: Link;
  readonly #sound: Sound;
  /** What is said aloud after a burst; null on a screen that was not told to speak. */
  readonly #spoken: SpokenLines | null;
  readonly #raised: (o: Occurrence) => void;
  /** Which build of the screens the server holds; "" before it was heard. */
  #build = "";

  link = $state.raw<LinkState>({ kind: "never", since: performance.now() });
  soundArmed = $state(false);
  /** Until when the alarm about the link itself is paused on this screen, in local time. */
  pausedUntil = $state(0);
  /** Local time − site time, for animations that all screens show in one phase. It follows every correction of the clock. */
  offset = $state.raw(0);

  lost = $derived(this.link.kind === "lost");
  /** The server does not let this browser in: what it had shown is nobody's to read any more. */
  shutOut = $derived(this.link.kind === "not-known");

  constructor(screen: Hello["screen"], raised: (o: Occurrence) => void = () => undefined) {
    this.#raised = raised;
    this.floor = new Floor((o) => this.#onRaised(o));
    this.#sound = new Sound(webSpeaker(), (armed) => {
      this.soundArmed = armed;
      this.#link.sound(armed);
    });
    const voice =
      screen === "wall" && speaksHere(location.search, localStorage) ? browserVoice(language) : null;
    this.#spoken = voice === null ? null : new SpokenLines(voice);
    this.#link = createLink(
      connectWire(() => this.#sound.test()),
      {
        screen,
        clock: { now: () => performance.now(), wall: () => Date.now() },
        receiver: {
          snapshot: (s) => {
            this.now.read(this.#link.time);
            this.floor.takeSnapshot(s);
          },
          patch: (p) => this.floor.takePatch(p),
          state: (state) => (this.link = state),
          build: (build) => (this.#build = build),
          failed: (error) => reportError(error),
        },
      },
    );
    this.now.start(this.#link.time, () => this.#tick());
    this.#followThePage();
  }

  /** The alarms as they are to be shown and heard: while the link is gone, with the overruns that this screen found. */
  get alarms(): readonly Occurrence[] {
    return this.floor.alarms;
  }

  /** The class as it is to be shown: while nobody knows how it is now, no reading looks new. */
  stations: readonly StationOnScreen[] = $derived.by(() => this.floor.slots.map((slot) => this.#shown(slot)));

  /** The whole second of site time: what every clock outside the tiles is read at, so that all turn together. */
  get second(): Monotonic {
    return monotonic(Math.floor(this.now.current / 1000) * 1000);
  }

  /** Site time now, for what moves between two ticks. */
  time(): number {
    return this.#link.time.at(performance.now());
  }

  /** What a tile shows now. */
  tile(slot: ShownStation): Tile {
    return tile(this.#shown(slot), slot.alarms, this.now.current);
  }

  /** The last minute of a cuff; painted, so not reactive. */
  trace(cuff: CuffId): TraceRing {
    return this.floor.trace(cuff);
  }

  #shown({ station }: ShownStation): StationOnScreen {
    if (this.link.kind === "live") return station;
    return { ...station, cuffs: station.cuffs.map((c) => ({ ...c, freshFor: tooOld })) };
  }

  send(request: Request): Promise<Outcome> {
    return this.#link.send(request);
  }

  /** Lets the server see anew who is signed in here; nothing is shown of it. */
  renew(): Promise<void> {
    return this.#link.renew();
  }

  arm(): void {
    void this.#sound.arm();
  }

  /** Pauses the alarm about the lost link on this screen; an overrun is heard all the same. */
  pauseLinkAlarm(): void {
    this.pausedUntil = performance.now() + pauseFor;
  }

  /** Returns in how many ms it has to be called again. */
  #tick(): number {
    const again = this.#link.look();
    this.now.read(this.#link.time);
    const offset = this.#link.time.localOf(monotonic(0));
    if (Math.abs(offset - this.offset) > phaseWithin) this.offset = offset;
    const overrun = this.floor.findOverruns(this.now.current, this.lost ? "lost" : "there");
    this.#makeHeard(this.#wanted());
    this.#reloadIfOld();
    return Math.min(again, overrun - this.now.current);
  }

  #makeHeard(wanted: Wanted | null): void {
    this.#sound.tick(wanted, performance.now());
    const burst = wanted?.key ?? "";
    const pause = this.floor.site?.pause ?? null;
    const sounding = this.shutOut ? [] : this.alarms.filter((o) => sounds(o, this.now.current, pause));
    this.#spoken?.look({ sounding, burst, quietFor: this.#sound.quietAfter(burst) });
  }

  /** What this screen has found since it lost the link is more than the loss itself; what it was told before is less. */
  #wanted(): Wanted | null {
    const { link } = this;
    if (link.kind === "not-known") {
      const now = performance.now();
      const calls = link.seen && now < link.since + shutOutFor && now >= this.pausedUntil;
      return calls ? { key: "link", burst: linkLostBurst } : null;
    }
    const pause = this.floor.site?.pause ?? null;
    const loud = loudest(this.alarms, this.now.current, pause);
    const own = loudest(this.floor.own, this.now.current, pause);
    if (this.lost && loud !== "high" && own === null && performance.now() >= this.pausedUntil)
      return { key: "link", burst: linkLostBurst };
    return loud === null ? null : { key: loud, burst: bursts[loud] };
  }

  /** A page that is frozen is marked as old before it is, and looks at once when it is seen again. */
  #followThePage(): void {
    document.addEventListener("freeze", () => {
      this.#link.freeze();
      flushSync();
    });
    for (const woken of ["resume", "visibilitychange"])
      document.addEventListener(woken, () => this.now.wake());
    addEventListener("pageshow", () => this.now.wake());
  }

  #onRaised(o: Occurrence): void {
    if (o.priority === "low") this.#sound.cue();
    this.#raised(o);
  }

  #reloadIfOld(): void {
    if (this.#build === "") return;
    const tried = sessionStorage.getItem(triedKey);
    if (!shouldReload(__BUILD__, this.#build, { alarms: this.alarms, tried })) return;
    sessionStorage.setItem(triedKey, this.#build);
    location.reload();
  }
}
