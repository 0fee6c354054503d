/** The shapes that every part of the API shares. The same schemas describe it, serve it and read it on the pages. */
import { z } from "zod";
import { roles } from "./rights.ts";

/** A record with its version: what has to be said (`If-Match`) by whoever changes it. */
export const entryOf = <Body extends z.ZodType>(body: Body) =>
  z.object({
    id: z.string(),
    version: z.int(),
    /** When this version was written, in milliseconds since 1970 UTC, and by whom. */
    at: z.number(),
    by: z.string(),
    body,
  });

/** A page of a list; `next` is the cursor of the one after it, null at the end. */
export const pageOf = <One extends z.ZodType>(one: One) =>
  z.object({ entries: z.array(one), next: z.string().nullable() });

/** An error (RFC 9457). `errors` names the fields that are wrong, each with what to say beside it. */
export const problemSchema = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).default([]),
});
export type FieldProblem = Readonly<z.output<typeof problemSchema>["errors"][number]>;

/** Who this browser is here, and what it has to know before anybody signs in. */
export const meSchema = z.object({
  who: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("staff"),
      staff: z.string(),
      name: z.string(),
      roles: z.array(z.enum(roles)),
    }),
    z.object({ kind: z.literal("tablet"), device: z.string() }),
    z.object({ kind: z.literal("wall"), device: z.string() }),
    z.object({ kind: z.literal("stranger") }),
  ]),
  /** False until the setup link has been used. */
  setUp: z.boolean(),
  demo: z.boolean(),
  /** Some cuff is a simulated one. */
  simulated: z.boolean(),
  /** Reachable from other machines, and what is said can be read on the way. */
  unencrypted: z.boolean(),
});
export type Me = Readonly<z.output<typeof meSchema>>;
