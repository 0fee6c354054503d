/** A class of simulated cuffs, lived through by the engine in virtual time: what a server would have recorded of it. */
import { type Cuff, metaOf, step as stepCuff } from "../../devices/cuff.ts";
import { mishapAt } from "../../devices/mishap.ts";
import type { SimulatedClass } from "../../devices/scenarios/role.ts";
import type { DataMessage } from "../../shared/cuff/message.ts";
import { type Input, newState, openAlarms, type State, step } from "../../shared/engine.ts";
import { epoch, siteId } from "../../shared/ids.ts";
import { parseRoster } from "../../shared/plan/roster.ts";
import type { Line } from "../../shared/recording/line.ts";
import { type Millis, monotonic, wallTime } from "../../shared/units.ts";

export type LivedClass = Readonly<{ start: State; lines: readonly Line[]; end: State }>;

/** When it begins: site time, and the wall clock beside it. */
export const began = { at: monotonic(600_000), wall: wallTime(Date.UTC(2026, 2, 2, 9, 0)) } as const;

const everyMs = 100;
/** Somebody is going to an alarm after this long, in ms. */
const goesAfterMs = 14_000;
/** So many messages are sent again at a time. */
const atATime = 3;

/** A cuff with what it could not say. */
type Player = { cuff: Cuff; readonly owed: DataMessage[] };

/** Whoever is there answers alarms, and notes pain every five minutes. At the end everybody may have gone. */
export const livedClass = (
  { classFile, devices }: SimulatedClass,
  lasts: Millis,
  ends: "goes on" | "ends" = "goes on",
): LivedClass => {
  const parsed = parseRoster(JSON.parse(JSON.stringify(classFile)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const start = newState(siteId("main"));
  const lines: Line[] = [];
  let state = start;
  const take = (input: Input): void => {
    const next = step(state, input);
    state = next.state;
    for (const fact of next.facts)
      lines.push({
        ...{ id: lines.length + 1, epoch: epoch("lived"), at: fact.at },
        ...{ wall: wallTime(began.wall + (fact.at - began.at)), fact },
      });
  };
  const at = (ms: number) => monotonic(began.at + ms);
  take({ kind: "roster", at: at(0), roster: parsed.roster });
  const players = devices.map((device): Player & typeof device => ({ ...device, owed: [] }));
  take({ kind: "listening", at: at(0), screens: 1 });
  for (const { cuff } of players)
    take({ kind: "meta", at: at(0), cuff: cuff.spec.cuff, message: metaOf(cuff) });

  for (let ms = everyMs; ms <= lasts; ms += everyMs) {
    for (const player of players) {
      const { cuff, said } = stepCuff(player.cuff, player.cuff.atMs + everyMs);
      player.cuff = cuff;
      const mishap = mishapAt(player.mishaps, ms);
      const heard = { at: at(ms), cuff: cuff.spec.cuff };
      for (const { channel, message } of said) {
        if (mishap === null)
          take(
            channel === "data" ? { kind: "data", ...heard, message } : { kind: "event", ...heard, message },
          );
        else if (channel === "data" && mishap !== "silent") player.owed.push(message);
      }
      if (mishap === null)
        for (const message of player.owed.splice(0, atATime))
          take({ kind: "data", ...heard, message: { ...message, hist: true } });
    }
    if (ms % 1000 === 0) people(state, ms, (order) => take({ kind: "order", at: at(ms), order }));
  }
  // A class file that names nobody any more ends it.
  if (ends === "ends") take({ kind: "roster", at: at(lasts), roster: { ...parsed.roster, stations: [] } });
  return { start, lines, end: state };
};

type Order = Extract<Input, { kind: "order" }>["order"];
const aidan = { by: "Aidan R.", verified: true } as const;

const people = (state: State, ms: number, order: (order: Order) => void): void => {
  for (const o of openAlarms(state))
    if (o.acknowledged === null && o.priority !== "low" && state.at - o.raisedAt > goesAfterMs)
      order({ kind: "acknowledge", alarm: o.id, ...aidan });
  const [first] = state.roster.stations;
  const cuff = first?.cuffs[0]?.cuff;
  if (cuff !== undefined && ms % 300_000 === 0)
    order({ kind: "note", cuff, note: { kind: "pain", score: 3 }, ...aidan });
};
