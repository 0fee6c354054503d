/** Between which lines a session's cuffs were on its patient without a doubt: all that they said there in time is the session's own. */
import type { State } from "../engine.ts";
import type { CuffId } from "../ids.ts";
import { createHolders } from "./holders.ts";
import type { Line } from "./line.ts";
import type { Span } from "./span.ts";

/** Whether a cuff was on the patient from before the line `firstId` until after the line `lastId`. */
export type WornThrough = (cuff: string, firstId: number, lastId: number) => boolean;

/** `start` is the whole floor as it was after the line `afterId`, and `lines` are at least those that may change who wears what, in order. */
export const wornThrough = (
  span: Span,
  { state, afterId }: Readonly<{ state: State; afterId: number }>,
  lines: Iterable<Line>,
): WornThrough => {
  const holders = createHolders(state);
  const since = new Map<CuffId, number>();
  const worn: Readonly<{ cuff: CuffId; from: number; to: number }>[] = [];
  const look = (id: number): void => {
    for (const { cuff } of span.worn) {
      const from = since.get(cuff);
      const isOn = holders.isSeated(span.session) && holders.of(cuff) === span.session;
      if (isOn && from === undefined) since.set(cuff, id);
      if (!isOn && from !== undefined) {
        worn.push({ cuff, from, to: id });
        since.delete(cuff);
      }
    }
  };
  look(afterId);
  for (const { id, fact } of lines) if (holders.take(fact)) look(id);
  for (const [cuff, from] of since) worn.push({ cuff, from, to: Infinity });
  return (cuff, firstId, lastId) =>
    worn.some((one) => one.cuff === cuff && one.from < firstId && lastId < one.to);
};
