/** The people who work here, as an administrator writes them and as everybody else reads them. Secrets never leave the server. */
import { z } from "zod";
import { personName } from "./fields.ts";
import { roles } from "./rights.ts";

/** The name by which somebody signs in with a password. */
export const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, "must be 1 to 64 of a-z, 0-9, . _ @ and -, such as aidan");

/** At least this many characters (NIST SP 800-63B: eight, and no rules of composition). */
export const shortestPassword = 8;
export const password = z
  .string()
  .min(shortestPassword, `the password must have ${shortestPassword} characters at least`)
  .max(256, "the password must have 256 characters at most");

/** Switches the user of a tablet that is known here; useless anywhere else. */
export const pin = z.string().regex(/^\d{4,8}$/, "the PIN must be 4 to 8 digits");

export const staffSchema = z.strictObject({
  name: personName,
  login: loginName,
  roles: z.array(z.enum(roles)).min(1, "choose at least one role"),
  /** Somebody who has left keeps their place in every record and signs in no more. */
  active: z.boolean().default(true),
});
export type Staff = Readonly<z.output<typeof staffSchema>>;
