/** Takes kept states away in which something stands that was removed. They are a cache, but of value: no more of them go than has to. */
import type { Transaction } from "kysely";
import { ownLog } from "../../shared/recording/line.ts";
import type { Span } from "../../shared/recording/span.ts";
import { textOf } from "./keyframes.ts";
import type { Removal } from "./removal.ts";
import type { Tables } from "./tables.ts";

/** A state keeps in mind who was in a class, and for a while who rested after it; this is longer than either, in milliseconds. */
export const remembersMs = 12 * 3_600_000;

type Forgotten = Pick<Removal, "stretch" | "why" | "span" | "marks">;

/**
 * Takes away every kept state that could hold what was removed: those of its time and of twelve hours after, and any later one that names it. A
 * log of its own was not folded from the floor, so there any state may. The checkpoint goes where it names it; the next one comes within seconds.
 */
export const forgetStates = async (tx: Transaction<Tables>, forgotten: Forgotten): Promise<void> => {
  const { log, from, to } = forgotten.stretch;
  await tx
    .deleteFrom("keyframe")
    .where("log", "=", log)
    .where("at", ">=", from)
    .where("at", "<=", to + remembersMs)
    .execute();
  if (forgotten.marks.length === 0) return;
  const others = tx
    .selectFrom("keyframe")
    .select(["after_id", "state"])
    .where("log", "=", log)
    .$if(log === ownLog, (query) => query.where("at", ">", to))
    .orderBy("after_id");
  for (let after = -1; ;) {
    const some = await others.where("after_id", ">", after).limit(100).execute();
    for (const { after_id, state } of some) {
      after = after_id;
      if (!isNamedIn(textOf(state), forgotten)) continue;
      await tx.deleteFrom("keyframe").where("log", "=", log).where("after_id", "=", after_id).execute();
    }
    if (some.length === 0) break;
  }
  const checkpoint = await tx.selectFrom("checkpoint").select("state").executeTakeFirst();
  if (checkpoint !== undefined && isNamedIn(checkpoint.state, forgotten))
    await tx.deleteFrom("checkpoint").execute();
};

/** Whether a state holds one of the ids or, where somebody is erased, their name at their place; what cannot be read may hold anything. */
const isNamedIn = (state: string | null, { why, span, marks }: Forgotten): boolean => {
  if (state === null) return true;
  const stands = (word: string): boolean => state.includes(JSON.stringify(word));
  if (marks.some(stands)) return true;
  if (why !== "erased" || span === undefined || span.name === "" || !stands(span.name)) return false;
  try {
    return hasPlaceOf(JSON.parse(state), span);
  } catch {
    return true;
  }
};

/** Whether somewhere in a value the name stands at the same place: in the room, on a cuff, in an alarm. A short name alone is many people's. */
const hasPlaceOf = (value: unknown, span: Span): boolean => {
  if (typeof value !== "object" || value === null) return false;
  if ("station" in value && value.station === span.station) {
    if ("patient" in value && value.patient === span.name) return true;
    if ("name" in value && value.name === span.name) return true;
  }
  return Object.values(value).some((one) => hasPlaceOf(one, span));
};
