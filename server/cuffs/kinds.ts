/** How the credentials of cuffs stand in the register. */
import { z } from "zod";
import { cuffName } from "../../shared/cuff/basic.ts";
import { cuffId } from "../../shared/ids.ts";
import type { Kind } from "../register/collection.ts";

const credentialSchema = z.object({
  /** The user name, which is the cuff's own. */
  cuff: cuffName.transform(cuffId),
  /** Of the password; itself it was shown once and is nowhere. */
  hash: z.string(),
});
export type Credential = Readonly<z.output<typeof credentialSchema>>;

/** The credentials of a cuff have the id of its record; left behind by one that is gone, or made for a name it no longer has, they open nothing. */
export const credentialKind: Kind<Credential> = {
  kind: "credential",
  schema: credentialSchema,
  keys: ({ cuff }, id) => ({ owner: id, sort: cuff }),
};
