/** One question to the API, and its answer as a value: what came, or what stands in the way, in words. */
import type { z } from "zod";
import { type FieldProblem, problemSchema } from "../../shared/clinic/api.ts";
import { deskWords as words } from "../../shared/view/desk-words.ts";

/** Why there is no answer, or none that was wanted. */
export type Refused = Readonly<{
  ok: false;
  /** The HTTP status; 0 where no answer came. */
  status: number;
  /** A sentence for the person who asked. */
  detail: string;
  errors: readonly FieldProblem[];
  /** In how many seconds it may be asked again, where the server says so. */
  retryAfterS: number | null;
}>;
export type Reply<T> = Readonly<{ ok: true; value: T; version: number | null }> | Refused;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** A server that has not answered for this long does not answer, but for what is known to take its time. */
const usualPatienceMs = 8000;

/**
 * Asks `address`. `seen` is the version that the person has before them, where the question changes something. An answer that is not what
 * the schema says is said to be none.
 */
export const ask = <T>(
  schema: z.ZodType<T>,
  method: Method,
  address: string,
  {
    body,
    seen,
    patienceMs = usualPatienceMs,
  }: Readonly<{ body?: unknown; seen?: number; patienceMs?: number }> = {},
): Promise<Reply<T>> =>
  answered(schema, address, {
    method,
    signal: AbortSignal.timeout(patienceMs),
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(seen === undefined ? {} : { "If-Match": `"${seen}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** A large file takes its time on the way, and while it is read. */
const patienceForFilesMs = 300_000;

/** Sends a file as it is. */
export const send = <T>(schema: z.ZodType<T>, address: string, file: Blob): Promise<Reply<T>> =>
  answered(schema, address, {
    ...{ method: "POST", body: file, signal: AbortSignal.timeout(patienceForFilesMs) },
    headers: { "Content-Type": "application/octet-stream" },
  });

const answered = async <T>(schema: z.ZodType<T>, address: string, asked: RequestInit): Promise<Reply<T>> => {
  let response: Response;
  let content: unknown;
  try {
    response = await fetch(address, asked);
    content = response.status === 204 ? undefined : await response.json();
  } catch {
    return refused(0, words.noAnswer);
  }
  if (!response.ok) {
    const problem = problemSchema.safeParse(content);
    const wait = Number(response.headers.get("Retry-After") ?? NaN);
    return {
      ...refused(response.status, problem.success ? problem.data.detail : words.notUnderstood),
      errors: problem.success ? problem.data.errors : [],
      retryAfterS: Number.isFinite(wait) && wait > 0 ? wait : null,
    };
  }
  const value = schema.safeParse(content);
  if (!value.success) return refused(0, words.notUnderstood);
  const [, version] = /^(?:W\/)?"(\d+)"$/.exec(response.headers.get("ETag") ?? "") ?? [];
  return { ok: true, value: value.data, version: version === undefined ? null : Number(version) };
};

const refused = (status: number, detail: string): Refused => ({
  ...{ ok: false, status, detail },
  errors: [],
  retryAfterS: null,
});
