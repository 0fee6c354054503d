/** The staff as an administrator works on it. */
import { z } from "zod";
import { entryOf, type FieldProblem, pageOf } from "../../shared/clinic/api.ts";
import { type Staff, staffSchema } from "../../shared/clinic/staff.ts";
import { deskWords } from "../../shared/view/desk-words.ts";
import { ask, type Refused } from "../desk/ask.ts";

const personSchema = z.object({
  ...entryOf(staffSchema).shape,
  hasPassword: z.boolean(),
  hasPin: z.boolean(),
});
export type StaffEntry = Readonly<z.output<typeof personSchema>>;

/** Secrets that a person is given; "" leaves one out. */
export type Secrets = Readonly<{ password: string; pin: string }>;

/** Everybody who stands in one list; a clinic has some dozens. */
const most = 500;

export class StaffList {
  people: readonly StaffEntry[] | null = $state.raw(null);
  problem: string | null = $state.raw(null);
  errors: readonly FieldProblem[] = $state.raw([]);
  busy = $state(false);

  async read(): Promise<void> {
    const reply = await ask(pageOf(personSchema), "GET", `/api/staff?limit=${most}`);
    if (reply.ok) this.people = reply.value.entries;
    else this.problem = reply.detail;
  }

  /** Takes somebody on; true where that went well. */
  add(person: Staff, { password, pin }: Secrets): Promise<boolean> {
    const body = {
      ...person,
      ...(password === "" ? {} : { password }),
      ...(pin === "" ? {} : { pin }),
    };
    return this.#done(() => ask(z.unknown(), "POST", "/api/staff", { body }));
  }

  change({ id, version }: StaffEntry, person: Staff): Promise<boolean> {
    return this.#done(() => ask(z.unknown(), "PUT", `/api/staff/${id}`, { body: person, seen: version }));
  }

  clear(): void {
    this.problem = null;
    this.errors = [];
  }

  async #done(send: () => Promise<Readonly<{ ok: true }> | Refused>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.clear();
    const reply = await send();
    await this.read();
    this.busy = false;
    if (reply.ok) return true;
    this.problem = reply.status === 412 ? deskWords.conflict : reply.detail;
    this.errors = reply.errors;
    return false;
  }
}

/** Gives somebody a password, or a PIN, or no PIN. */
export const chooseSecret = (
  id: string,
  secret: Readonly<{ password: string } | { pin: string | null }>,
): Promise<Readonly<{ ok: true }> | Refused> =>
  ask(z.unknown(), "PUT", `/api/staff/${id}/${"pin" in secret ? "pin" : "password"}`, { body: secret });
