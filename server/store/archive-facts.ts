/** Puts the container of a recording together: head, the state with which it begins, and its lines as columns. */
import { checkpointFormat, freeze } from "../../shared/checkpoint.ts";
import { rebuilt, type State } from "../../shared/engine.ts";
import type { SiteId } from "../../shared/ids.ts";
import { encodeChunk } from "../../shared/recording/chunk.ts";
import { type Head, packRecording } from "../../shared/recording/container.ts";
import type { Hole, Line, Stretch } from "../../shared/recording/line.ts";
import { restrictedTo } from "../../shared/recording/restrict.ts";
import type { Span } from "../../shared/recording/span.ts";
import { allCuffs } from "../../shared/session/cuffs.ts";
import { later, type Monotonic } from "../../shared/units.ts";
import { type Kysely, type Transaction } from "kysely";
import { opened, tellOfRow, type Told } from "./archive-lines.ts";
import { type Followed, ownChunks } from "./archive-own.ts";
import { type Start, startOf } from "./archive-start.ts";
import { bytesOf, linesIn } from "./closed-chunk.ts";
import { type Damage, damageOf, holeOf } from "./damage.ts";
import { Grouping } from "../../shared/recording/grouping.ts";
import type { ChunkRow } from "./recording-tables.ts";
import { chunksIn, cuffsOf, holesIn, isMeant, lastOf, type Range, rowsIn } from "./stretch.ts";
import type { Tables } from "./tables.ts";

export type FactsAsked = Readonly<{
  stretch: Stretch;
  /** What the head says that it is of. */
  of: Head["of"];
  /** Whether more will come. */
  running: boolean;
  /** Whose part it is: then nothing of anybody else is in it. Left out: everything of the stretch. */
  span?: Span | undefined;
  /** Only lines after this one, to be put behind what was given before; there is no start then. */
  afterId?: number | undefined;
}>;

export type FactsOptions = Readonly<{
  db: Kysely<Tables>;
  site: SiteId;
  followed: Followed;
  damaged: (damage: Damage) => void;
}>;

/** The container's bytes. */
export const factsOf = (
  { db, site, followed, damaged }: FactsOptions,
  asked: FactsAsked,
): Promise<Uint8Array> =>
  // One moment of the database for all that is read of it; nobody who writes is held up.
  db.transaction().execute(async (tx) => {
    const { of, running, span, afterId } = asked;
    const holes: Hole[] = [];
    const told: Told = {
      damaged: (damage, hole) => {
        damaged(damage);
        holes.push(hole);
      },
    };
    const last = await lastOf(tx, asked.stretch.log);
    const stretch = running ? upTo(asked.stretch, last.at) : asked.stretch;
    const { log, from, to } = stretch;
    const cuffs = cuffsOf(stretch);
    const lastId = last.id;
    const start =
      afterId === undefined
        ? await startOf(tx, { log, at: from, cuffs, site }, { damaged: told.damaged })
        : null;
    holes.length = 0;
    const range: Range = { log, from, to, cuffs, afterId: afterId ?? start?.afterId ?? 0 };
    const found =
      span === undefined
        ? { start, chunks: await wholeChunks(tx, stretch, range, told) }
        : await ownChunks(tx, { asked, span, range, told, site, followed, start, lastId });
    const head: Head = {
      ...{ of, site, log, from, to, running, lastId },
      start: found.start === null ? null : frozen(found.start, span, cuffs),
      holes: [...(await holesIn(tx, range)), ...withoutRepeats(holes)],
    };
    return packRecording(head, found.chunks);
  });

/**
 * A stretch that goes on, with all that is stored by now: whoever follows it asks only for what comes after the last line, so that what was
 * stored since the floor's clock was read would never be asked for again.
 */
const upTo = (stretch: Stretch, last: Monotonic): Stretch => {
  const to = later(stretch.to, last);
  const cuffs = stretch.cuffs?.map((one) => (one.to === stretch.to ? { ...one, to } : one)) ?? null;
  return { ...stretch, to, cuffs };
};

const frozen = (
  { afterId, state }: Start,
  span: Span | undefined,
  cuffs: readonly string[] | null,
): Head["start"] => ({
  ...{ afterId, format: checkpointFormat },
  state: freeze(span === undefined ? withCuffs(state, cuffs) : restrictedTo(state, span)),
});

const withCuffs = (state: State, cuffs: readonly string[] | null): State =>
  cuffs === null
    ? state
    : rebuilt(
        state,
        allCuffs(state.cuffs).filter(({ cuff }) => cuffs.includes(cuff)),
      );

/** Everything that a stretch means. A chunk that lies within it goes as it is. */
const wholeChunks = async (
  tx: Transaction<Tables>,
  stretch: Stretch,
  range: Range,
  told: Told,
): Promise<readonly Uint8Array[]> => {
  const out: Uint8Array[] = [];
  const isWanted = (line: Line): boolean => line.id > range.afterId && isMeant(stretch, line);
  for (const row of await chunksIn(tx, range)) {
    if (row.first_id > range.afterId && liesWithin(row, stretch)) {
      const bytes = bytesOf(row);
      if (bytes.ok) out.push(bytes.value);
      else told.damaged(damageOf(row, bytes.error.detail), holeOf(row));
      continue;
    }
    const chunk = opened(row, told);
    const lines = chunk === null ? [] : linesIn(chunk).filter(isWanted);
    if (lines.length > 0) out.push(encodeChunk(lines));
  }
  // Of a class that is under way there may be hundreds of thousands: they are encoded as they come.
  const grouping = new Grouping();
  for await (const line of rowsIn(tx, range, tellOfRow(told))) {
    const full = isWanted(line) ? grouping.add(line) : null;
    if (full !== null) out.push(encodeChunk(full));
  }
  return [...out, ...grouping.rest().map(encodeChunk)];
};

const liesWithin = ({ cuff, from_at, to_at }: ChunkRow, { from, to, cuffs }: Stretch): boolean => {
  if (from_at < from || to_at > to) return false;
  if (cuffs === null) return true;
  return cuff !== null && cuffs.some((c) => c.cuff === cuff && c.from <= from_at && to_at <= c.to);
};

const withoutRepeats = (holes: readonly Hole[]): readonly Hole[] =>
  holes.filter(
    (hole, i) =>
      holes.findIndex((o) => o.from === hole.from && o.to === hole.to && o.cuff === hole.cuff) === i,
  );
