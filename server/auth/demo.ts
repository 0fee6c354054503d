/** A demonstration's staff: those of its class, each with the PIN that its pages tell. */
import type { Role } from "../../shared/clinic/rights.ts";
import type { Roster } from "../../shared/plan/roster.ts";
import type { WallTime } from "../../shared/units.ts";
import type { Register } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import { createSecrets } from "./argon.ts";
import { loadLedger } from "./ledger.ts";

export const demoPin = "1234";

/** The first is in charge, and of the others every second one is an assistant, so that each role can be tried. */
const rolesOf = (place: number): Role[] => {
  if (place === 0) return ["admin", "physiotherapist"];
  return [place % 2 === 1 ? "physiotherapist" : "assistant"];
};

/** Writes down whoever of the class is not known yet. Once for all, before the door is opened. */
export const admitDemoStaff = async (
  register: Register,
  { staff }: Pick<Roster, "staff">,
  at: WallTime,
): Promise<StoreResult<null>> => {
  const loaded = await loadLedger(register);
  if (!loaded.ok) return loaded;
  const ledger = loaded.value;
  const pin = await createSecrets().hash(demoPin);
  const writer = { by: "demo", at };
  const pending = staff.flatMap(({ id, name }, place) => [
    ...(ledger.staff.get(id) === undefined
      ? [ledger.staff.put(id, { name, login: id, roles: rolesOf(place), active: true }, writer)]
      : []),
    ...(ledger.secrets.get(id) === undefined
      ? [ledger.secrets.put(id, { password: null, pin }, writer)]
      : []),
  ]);
  if (pending.length === 0) return { ok: true, value: null };
  const written = await ledger.write(pending);
  return written.ok ? { ok: true, value: null } : written;
};
