/** When closed lines are packed: after a class, or when they have become old, and never while somebody waits for an answer. */
import { allCuffs } from "../../shared/session/cuffs.ts";
import type { State } from "../../shared/engine.ts";
import { before, minutes, type Monotonic } from "../../shared/units.ts";
import type { Log } from "../log.ts";
import type { Packing } from "./prepare.ts";
import type { Recorder } from "./recorder.ts";
import type { Recordings } from "./recordings.ts";

export type PackerOptions = Readonly<{
  store: Pick<Recordings, "pack">;
  recorder: Pick<Recorder, "isWaitedFor">;
  state: () => State;
  now: () => Monotonic;
  log: Log;
}>;

/** How long nothing must have gone on before the lines of a class are closed. */
const quietFor = minutes(3);
/** However long a class lasts, lines are closed when they are older: whoever opens its replay waits for what is not. */
const oldAfter = minutes(15);
/** How long is waited before the next chunk, and before it is looked again where there was none, in milliseconds. */
const betweenChunksMs = 50;
const betweenLooksMs = 30_000;

/** Starts packing; gives back how to stop it. */
export const startPacker = ({ store, recorder, state, now, log }: PackerOptions): (() => void) => {
  let quietSince: Monotonic | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const packings = (): readonly Packing[] => {
    const at = now();
    if (!isQuiet(state())) {
      quietSince = null;
      return [{ before: before(at, oldAfter), whole: true }];
    }
    quietSince ??= at;
    const quiet = before(at, quietFor);
    if (quiet < quietSince) return [{ before: before(at, oldAfter), whole: true }];
    // What a class left is closed to its end; what idle cuffs go on saying waits until it fills a chunk.
    return [
      { before: quietSince, whole: false },
      { before: quiet, whole: true },
    ];
  };
  const look = async (): Promise<void> => {
    const lines = recorder.isWaitedFor() ? 1 : await packOne();
    if (!isStopped) timer = setTimeout(() => void look(), lines > 0 ? betweenChunksMs : betweenLooksMs);
  };
  const packOne = async (): Promise<number> => {
    for (const packing of packings()) {
      const packed = await store.pack(packing);
      if (!packed.ok) {
        if (packed.error.kind !== "closed")
          log.warn({ error: packed.error.detail }, "closed lines cannot be packed");
        return 0;
      }
      if (packed.value.problem !== null)
        log.error({ detail: packed.value.problem }, "lines cannot be packed, and stay as they are");
      if (packed.value.lines > 0) return packed.value.lines;
    }
    return 0;
  };
  timer = setTimeout(() => void look(), betweenLooksMs);

  return () => {
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
  };
};

/** No class is under way, and no cuff is up. */
const isQuiet = (state: State): boolean =>
  state.class.running === null && allCuffs(state.cuffs).every(({ occlusion }) => occlusion === null);
