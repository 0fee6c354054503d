/** The engine's roster from the clinic's records: who works here, which cuffs say plain numbers, which limits were chosen. */
import type { BasicCuff } from "../shared/cuff/basic.ts";
import { staffId } from "../shared/ids.ts";
import type { Roster } from "../shared/plan/roster.ts";
import { settingsOf } from "./records/clinic.ts";
import { cuffKind, settingsKind, staffKind } from "./records/kinds.ts";
import { collection, everyOne } from "./register/collection.ts";
import type { RecordKind, Register } from "./register/register.ts";
import type { StoreError, StoreResult } from "./store/store.ts";

/** All of it but the stations, which are the class's. */
export type ClinicRoster = Omit<Roster, "stations">;

/** Kinds of records that the roster comes from. */
const concerned: readonly RecordKind[] = ["staff", "cuff", "settings"];

export const readRoster = async (register: Register): Promise<StoreResult<ClinicRoster>> => {
  const staff = await everyOne(collection(register, staffKind));
  if (!staff.ok) return staff;
  const cuffs = await everyOne(collection(register, cuffKind));
  if (!cuffs.ok) return cuffs;
  const settings = await settingsOf({ settings: collection(register, settingsKind) });
  if (!settings.ok) return settings;
  const { rooms, limits } = settings.value.body;
  return {
    ok: true,
    value: {
      room: rooms[0] ?? "",
      staff: staff.value
        .filter(({ body }) => body.active)
        .map(({ id, body }) => ({ id: staffId(id), name: body.name })),
      basicCuffs: cuffs.value.flatMap(({ body: { cuff, basic, retired } }): BasicCuff[] =>
        basic === null || retired ? [] : [{ cuff, ...basic }],
      ),
      limits,
    },
  };
};

export type Following = Readonly<{
  register: Register;
  /** Told of every roster that is another one than before. */
  changed: (roster: ClinicRoster) => void;
  failed: (error: StoreError) => void;
}>;

/**
 * Reads the roster anew whenever it is told that records of its kinds were written, one reading at a time, so that the last one told is
 * the one that holds. `known` is what the engine has.
 */
export const followRoster = (
  known: ClinicRoster,
  { register, changed, failed }: Following,
): ((kinds: ReadonlySet<RecordKind>) => void) => {
  let last = JSON.stringify(known);
  let reading = false;
  let again = false;
  const readOn = async (): Promise<void> => {
    reading = true;
    while (again) {
      again = false;
      const read = await readRoster(register);
      if (!read.ok) failed(read.error);
      else if (JSON.stringify(read.value) !== last) {
        last = JSON.stringify(read.value);
        try {
          changed(read.value);
        } catch (error) {
          // A roster that the engine cannot take costs that roster, and not the watch over those who are under a cuff.
          failed({ kind: "io", detail: String(error) });
        }
      }
    }
    reading = false;
  };
  return (kinds) => {
    if (!concerned.some((kind) => kinds.has(kind))) return;
    again = true;
    if (!reading) void readOn();
  };
};
