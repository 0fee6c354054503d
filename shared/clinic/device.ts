/** A wall or tablet that was let in, as an administrator sees it. */
import { z } from "zod";
import { text } from "./fields.ts";

export const deviceKinds = ["wall", "tablet"] as const;

export const deviceSchema = z.strictObject({
  /** What it is called, so that somebody finds it: "Wall by the window". */
  name: text(120, "the name"),
  /** A wall is looked at; a tablet is also acted from. */
  kind: z.enum(deviceKinds),
});
export type Device = Readonly<z.output<typeof deviceSchema>>;

/** What becomes of a screen that asks to be let in. */
export const pairingStates = ["waiting", "paired", "expired"] as const;
