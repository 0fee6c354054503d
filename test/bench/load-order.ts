/** What a bench and its load process say to each other over the process channel. */
import { z } from "zod";

export const loadOrderSchema = z.object({
  kind: z.literal("load"),
  /** The broker. */
  url: z.string(),
  site: z.string(),
  cuffs: z.array(z.string()),
  /** Messages a second of each cuff, one sample in each. */
  hz: z.number(),
  seconds: z.number(),
});
export type LoadOrder = Readonly<z.infer<typeof loadOrderSchema>>;

export const loadRequestSchema = z.discriminatedUnion("kind", [
  loadOrderSchema,
  z.object({ kind: z.literal("go") }),
]);
export type LoadRequest = z.infer<typeof loadRequestSchema>;

/** [place of the cuff in the order, machine time in ms, whole mmHg]. */
const publishedSchema = z.tuple([z.number(), z.number(), z.number()]);

export const loadReportSchema = z.discriminatedUnion("kind", [
  /** Every cuff is connected and has told what it is. */
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("done"), published: z.array(publishedSchema) }),
]);
export type LoadReport = z.infer<typeof loadReportSchema>;
