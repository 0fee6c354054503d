/** What stands in the way of somebody who wants to come in, as problems. */
import type { Request } from "express";
import { doorWords as words } from "../../../shared/view/door-words.ts";
import type { Monotonic } from "../../../shared/units.ts";
import { type Problem, problem } from "../../http/route.ts";
import type { Entry, Written } from "../../register/register.ts";
import type { StoreResult } from "../../store/store.ts";
import type { Attempts } from "../attempts.ts";

/** A try that may be made, counted already; or why it may not be made yet. */
export const tryOnce = (
  tried: readonly Readonly<{ attempts: Attempts; key: string }>[],
  now: Monotonic,
): Problem | null => {
  const wait = Math.max(...tried.map(({ attempts, key }) => attempts.wait(key, now)));
  if (wait > 0) {
    const s = Math.ceil(wait / 1000);
    return problem(429, words.wait(s), { headers: { "Retry-After": String(s) } });
  }
  for (const { attempts, key } of tried) attempts.begin(key, now);
  return null;
};

/** So many at once that another one is not even begun. */
export const busy = (): Problem => problem(503, words.busy, { headers: { "Retry-After": "2" } });

/** What the register would not write, as a problem; null where it has written. `takenField` is the field of its unique key. */
export const notWritten = (
  written: StoreResult<Written>,
  takenField: string,
  taken: string,
): Problem | null => {
  if (!written.ok) return problem(503, words.notStored(written.error.detail));
  switch (written.value.is) {
    case "written":
      return null;
    case "taken":
      return problem(409, `${takenField}: ${taken}`, { errors: [{ field: takenField, detail: taken }] });
    case "conflict":
      return changed(written.value.present);
  }
};

/** Somebody else was faster; `present` is what stands there now. */
export const changed = (present: Entry | null): Problem => problem(412, words.changed, { more: { present } });

/** A field that is wrong beside others of the clinic. */
export const conflict = (field: string, detail: string): Problem =>
  problem(409, `${field}: ${detail}`, { errors: [{ field, detail }] });

/** Where a request comes from, as far as this server sees. */
export const addressOf = (request: Request): string => request.socket.remoteAddress ?? "";
