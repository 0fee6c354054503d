/** The records of who may come in. */
import { z } from "zod";
import { deviceSchema } from "../../shared/clinic/device.ts";
import type { Kind } from "../register/collection.ts";
import { folded } from "../register/register.ts";

/** A person's password and PIN as `server/auth/argon.ts` writes them; the record has the person's id. */
const secretSchema = z.strictObject({ password: z.string().nullable(), pin: z.string().nullable() });
export type Secret = Readonly<z.output<typeof secretSchema>>;
export const secretKind: Kind<Secret> = { kind: "secret", schema: secretSchema, keys: () => ({}) };

const knownDeviceSchema = z.strictObject({ ...deviceSchema.shape, digest: z.string() });
export type KnownDevice = Readonly<z.output<typeof knownDeviceSchema>>;
export const deviceKind: Kind<KnownDevice> = {
  kind: "device",
  schema: knownDeviceSchema,
  keys: ({ name, digest }) => ({ unique: digest, search: folded(name), sort: folded(name) }),
};

/** Its id is the digest of the token. */
const signInSchema = z.strictObject({ staff: z.string(), device: z.string(), usedAt: z.number() });
export type SignIn = Readonly<z.output<typeof signInSchema>>;
export const signInKind: Kind<SignIn> = { kind: "sign-in", schema: signInSchema, keys: () => ({}) };
