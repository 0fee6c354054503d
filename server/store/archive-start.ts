/** The state with which a stretch begins: the last keyframe before it, and every line between that concerns it. */
import { checkpointFormat, thaw } from "../../shared/checkpoint.ts";
import { apply, newState, type State } from "../../shared/engine.ts";
import { type SiteId, siteId } from "../../shared/ids.ts";
import { before, minutes, type Monotonic, monotonic } from "../../shared/units.ts";
import type { Kysely, Transaction } from "kysely";
import type { Line } from "../../shared/recording/line.ts";
import { linesBetween, tellOfRow, type Told } from "./archive-lines.ts";
import { keyframeBefore } from "./keyframes.ts";
import { lineOf } from "./stretch.ts";
import type { Tables } from "./tables.ts";

/** `afterId`: every line up to this one is in the state. */
export type Start = Readonly<{ afterId: number; state: State }>;

export type StartOf = Readonly<{
  log: number;
  /** The state is as it was before the first line of this moment. */
  at: Monotonic;
  /** Null: every cuff. Of others the state knows what the keyframe does. */
  cuffs: readonly string[] | null;
  site: SiteId;
}>;

/** A log that has no keyframe yet is folded from its first line where that is no longer ago than this. */
const foldAtMost = minutes(20);
const always = monotonic(-Number.MAX_VALUE);

export const startOf = async (
  db: Kysely<Tables> | Transaction<Tables>,
  { log, at, cuffs, site }: StartOf,
  told: Told,
): Promise<Start> => {
  const keyframe = await keyframeBefore(db, log, at, checkpointFormat);
  const thawed = keyframe === null ? null : thaw(keyframe.state, siteIn(keyframe.state) ?? site);
  const known =
    keyframe === null || thawed === null
      ? await withoutKeyframe(db, { log, at, cuffs, site }, told)
      : { start: { afterId: keyframe.afterId, state: thawed }, from: always };
  let { state, afterId } = known.start;
  for await (const line of linesBetween(db, { log, cuffs, from: known.from, to: at, afterId }, told)) {
    if (line.at >= at) break;
    state = apply(state, line.fact);
    afterId = line.id;
  }
  return { state, afterId };
};

/** Where nothing was kept: from the log's first line where that is near, or from what the clinic last said of itself. */
const withoutKeyframe = async (
  db: Kysely<Tables> | Transaction<Tables>,
  { log, at, site }: StartOf,
  told: Told,
): Promise<Readonly<{ start: Start; from: Monotonic }>> => {
  const none: Start = { afterId: 0, state: newState(site) };
  const from = before(at, foldAtMost);
  const first = await firstMoment(db, log);
  if (first === null || first >= from) return { start: none, from: always };
  const rosters: Start[] = [];
  const packed = await db
    .selectFrom("chunk")
    .select(["from_at", "to_at"])
    .where("log", "=", log)
    .where("kinds", "like", "%,roster,%")
    .where("from_at", "<", at)
    .orderBy("to_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (packed !== undefined) {
    const range = {
      log,
      cuffs: [],
      from: monotonic(packed.from_at),
      to: monotonic(packed.to_at),
      afterId: 0,
    };
    for await (const { id, at: when, fact } of linesBetween(db, range, told))
      if (fact.kind === "roster" && when < at) rosters.push({ afterId: id, state: apply(none.state, fact) });
  }
  const row = await lastRosterIn(db, log === 0 ? at : always, told);
  if (row !== null) rosters.push({ afterId: row.id, state: apply(none.state, row.fact) });
  const last = rosters.reduce((a, b) => (b.afterId > a.afterId ? b : a), none);
  // What happened between is not known to be complete from anywhere, so nothing of it is folded.
  return { start: last, from: at };
};

/** The last roster before a moment among the rows; those that cannot be read are gone past, and told. */
const lastRosterIn = async (
  db: Kysely<Tables> | Transaction<Tables>,
  at: Monotonic,
  told: Told,
): Promise<Line | null> => {
  for (let below = Number.MAX_SAFE_INTEGER; ;) {
    const row = await db
      .selectFrom("fact")
      .selectAll()
      .where("kind", "=", "roster")
      .where("at", "<", at)
      .where("id", "<", below)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return null;
    const line = lineOf(row);
    if (line !== null) return line;
    tellOfRow(told)(row);
    below = row.id;
  }
};

const firstMoment = async (
  db: Kysely<Tables> | Transaction<Tables>,
  log: number,
): Promise<Monotonic | null> => {
  const chunk = await db
    .selectFrom("chunk")
    .select("from_at")
    .where("log", "=", log)
    .orderBy("last_id")
    .limit(1)
    .executeTakeFirst();
  const row =
    log === 0
      ? await db.selectFrom("fact").select("at").orderBy("id").limit(1).executeTakeFirst()
      : undefined;
  const moments = [chunk?.from_at, row?.at].filter((moment) => moment !== undefined);
  return moments.length === 0 ? null : monotonic(Math.min(...moments));
};

/** Of which site a state is: a recording that was made elsewhere is of another one. */
const siteIn = (state: string): SiteId | null => {
  const found = /^\{"site":"((?:[^"\\])*)"/.exec(state)?.[1];
  return found === undefined ? null : siteId(found);
};
