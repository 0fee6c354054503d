/** One screen: the link, the class as it is known, the clock and the sound, put together once for the page that shows them. */
import { bursts, linkLostBurst, loudest } from "../shared/alarm/burst.ts";
import type { Occurrence } from "../shared/alarm/occurrence.ts";
import { sounds } from "../shared/alarm/suppression.ts";
import { millis, type Monotonic, monotonic } from "../shared/units.ts";
import { type Tile, tile } from "../shared/view/tile.ts";
import { language } from "../shared/view/words.ts";
import type { Hello, StationOnScreen } from "../shared/wire.ts";
import { shouldReload } from "./build.ts";
import { Floor, type Slot } from "./floor.svelte.ts";
import { createLink, type Link, type LinkState, type Outcome, type Request } from "./link.ts";
import { withLocalOverruns } from "./local-overrun.ts";
import { Now } from "./now.svelte.ts";
import { connectWire } from "./socket.ts";
import { Sound, type Wanted } from "./ui/sound.ts";
import { webSpeaker } from "./ui/speaker.ts";
import { SpokenLines } from "./ui/spoken.ts";
import { browserVoice, speaksHere } from "./ui/voice.ts";

/** How long the technical alarm of this screen can be paused, in milliseconds. */
const pauseFor = 120_000;
/** Flashes of two screens may be this far apart, in milliseconds; less is not worth beginning them anew. */
const phaseWithin = 8;
const triedKey = "cuffwatch.reloaded-for";

export class Screen {
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
  /** The alarms as they are to be shown and heard: while the link is gone, with the overruns that this screen found. */
  alarms: readonly Occurrence[];

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
    this.alarms = $derived(
      this.lost
        ? withLocalOverruns(
            this.floor.slots.map((slot) => slot.station),
            this.floor.alarms,
            this.now.current,
          )
        : this.floor.alarms,
    );
    this.#link = createLink(connectWire(), {
      screen,
      clock: { now: () => performance.now() },
      receiver: {
        snapshot: (s) => this.floor.takeSnapshot(s),
        patch: (p) => this.floor.takePatch(p),
        state: (state) => (this.link = state),
        build: (build) => (this.#build = build),
        failed: (error) => reportError(error),
      },
    });
    this.now.start(this.#link.time, () => this.#tick());
  }

  /** The whole second of site time: what every clock outside the tiles is read at, so that all turn together. */
  get second(): Monotonic {
    return monotonic(Math.floor(this.now.current / 1000) * 1000);
  }

  /** Site time now, for what moves between two ticks. */
  time(): number {
    return this.#link.time.at(performance.now());
  }

  /** What a tile shows now. While the link is gone no reading looks new. */
  tile(slot: Slot): Tile {
    if (!this.lost) return tile(slot.station, slot.alarms, this.now.current);
    const aged: StationOnScreen = {
      ...slot.station,
      cuffs: slot.station.cuffs.map((c) => ({ ...c, freshFor: millis(0) })),
    };
    return tile(aged, withLocalOverruns([aged], slot.alarms, this.now.current), this.now.current);
  }

  send(request: Request): Promise<Outcome> {
    return this.#link.send(request);
  }

  arm(): void {
    void this.#sound.arm();
  }

  /** Pauses the alarm about the lost link on this screen; an overrun is heard all the same. */
  pauseLinkAlarm(): void {
    this.pausedUntil = performance.now() + pauseFor;
  }

  #tick(): void {
    this.#link.look();
    const offset = this.#link.time.localOf(monotonic(0));
    if (Math.abs(offset - this.offset) > phaseWithin) this.offset = offset;
    this.#makeHeard(this.#wanted());
    this.#reloadIfOld();
  }

  #makeHeard(wanted: Wanted | null): void {
    this.#sound.tick(wanted, performance.now());
    const burst = wanted?.key ?? "";
    const pause = this.floor.site?.pause ?? null;
    const sounding = this.alarms.filter((o) => sounds(o, this.now.current, pause));
    this.#spoken?.look({ sounding, burst, quietFor: this.#sound.quietAfter(burst) });
  }

  #wanted(): Wanted | null {
    const loud = loudest(this.alarms, this.now.current, this.floor.site?.pause ?? null);
    if (loud === "high") return { key: loud, burst: bursts[loud] };
    if (this.lost && performance.now() >= this.pausedUntil) return { key: "link", burst: linkLostBurst };
    return loud === null ? null : { key: loud, burst: bursts[loud] };
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
