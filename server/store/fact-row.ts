/** A fact as a row, and back. */
import { type AlarmId, epoch } from "../../shared/ids.ts";
import { type Fact, isAboutAlarm } from "../../shared/session/fact.ts";
import { monotonic, wallTime } from "../../shared/units.ts";
import { inPresentForm } from "./older-facts.ts";
import type { Recorded, Stored } from "./store.ts";
import type { FactRow, StoredFactRow } from "./tables.ts";

export const toRow = ({ epoch, at, wall, fact }: Recorded): FactRow => ({
  epoch,
  at,
  wall,
  kind: fact.kind,
  cuff: "cuff" in fact ? fact.cuff : null,
  boot: fact.kind === "samples" ? fact.message.boot : null,
  seq: fact.kind === "samples" ? fact.message.seq : null,
  alarm: alarmOf(fact),
  body: JSON.stringify(fact),
});

/** Which occurrence a fact is about; null for any other fact. */
export const alarmOf = (fact: Fact): AlarmId | null =>
  !isAboutAlarm(fact) ? null : fact.kind === "alarm-raised" ? fact.occurrence.id : fact.id;

export const fromRow = (row: StoredFactRow): Stored => ({
  id: row.id,
  epoch: epoch(row.epoch),
  at: monotonic(row.at),
  wall: wallTime(row.wall),
  // Only this program writes the table.
  fact: inPresentForm(JSON.parse(row.body) as Fact),
});
