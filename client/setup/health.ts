/** The state of the server as `/healthz` tells it; a server that is not well answers too. */
import { z } from "zod";

const part = z.object({ ok: z.boolean(), detail: z.string() });
const healthSchema = z.object({
  ok: z.boolean(),
  broker: part,
  engine: part,
  storage: z.object({ ...part.shape, pending: z.number(), dropped: z.number() }),
  cuffs: z.object({
    ...{ known: z.number(), live: z.number(), inflated: z.number(), silent: z.number() },
    unknown: z.array(z.string()),
  }),
  rejections: z.array(
    z.object({ cuff: z.string().nullable(), kind: z.string(), count: z.number(), lastDetail: z.string() }),
  ),
});
export type HealthOnPage = Readonly<z.output<typeof healthSchema>>;

/** A server that has not answered for this long does not answer. */
const patienceMs = 4000;

/** Null where there is no answer, or none that was understood. */
export const readHealth = async (): Promise<HealthOnPage | null> => {
  try {
    const response = await fetch("/healthz", { signal: AbortSignal.timeout(patienceMs) });
    const parsed = healthSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};
