/** The staff and their secrets, as every sign-in and every command asks for them. */
import type { Staff } from "../../shared/clinic/staff.ts";
import { type StaffId, staffId } from "../../shared/ids.ts";
import type { Entry } from "../register/register.ts";
import type { Secret } from "./kinds.ts";
import type { Shelf } from "./shelf.ts";

export type People = Readonly<{
  get: (id: string) => Entry<Staff> | undefined;
  byLogin: (login: string) => Entry<Staff> | undefined;
  /** Somebody who works here under this name: names answer alarms, so no two have the same. */
  byName: (name: string) => Entry<Staff> | undefined;
  /** Everybody who works here, by name. */
  active: () => readonly Readonly<{ id: StaffId; name: string }>[];
  secretOf: (id: string) => Secret;
  /** Whether anybody who works here has a password; or a PIN, where every browser counts as known. */
  anybodyWith: (secret: keyof Secret) => boolean;
  /** Whether an administrator can sign in who is not this one. */
  otherAdministrator: (id: string) => boolean;
}>;

const none: Secret = { password: null, pin: null };

export const createPeople = (staff: Shelf<Staff>, secrets: Shelf<Secret>): People => {
  const secretOf = (id: string): Secret => secrets.get(id)?.body ?? none;
  const active = (): readonly Entry<Staff>[] => staff.all().filter(({ body }) => body.active);
  return {
    get: (id) => staff.get(id),
    byLogin: (login) => staff.all().find(({ body }) => body.login === login),
    byName: (name) => active().find(({ body }) => isSameName(body.name, name)),
    active: () =>
      active()
        .map(({ id, body }) => ({ id: staffId(id), name: body.name }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    secretOf,
    anybodyWith: (secret) => active().some(({ id }) => secretOf(id)[secret] !== null),
    otherAdministrator: (id) =>
      active().some(
        (one) => one.id !== id && one.body.roles.includes("admin") && secretOf(one.id).password !== null,
      ),
  };
};

/** Whether two names read the same. */
const isSameName = (a: string, b: string): boolean => read(a) === read(b);
const read = (name: string): string => name.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
