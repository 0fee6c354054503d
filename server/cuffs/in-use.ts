/** What may not happen to a cuff while somebody wears it. */
import type { CuffRecord } from "../../shared/clinic/cuff-record.ts";
import type { State } from "../../shared/engine.ts";
import type { CuffId } from "../../shared/ids.ts";
import { allCuffs, cuffIn } from "../../shared/session/cuffs.ts";
import { cuffWords as words } from "../../shared/view/cuff-words.ts";
import { type FieldProblem, type Problem, problem } from "../http/route.ts";

/** Why this cannot be done to a cuff now, null where it can; `what` ends a sentence: "remove it". */
export const whyInUse = (state: State, cuff: CuffId, what: string): Problem | null => {
  const c = cuffIn(state.cuffs, cuff);
  if (c !== undefined && c.station !== null) return problem(409, words.inUse(what, c.station));
  return whyInflated(state, cuff, what);
};

/** The same where only an inflated cuff stands in the way: its supervision would be cut. */
export const whyInflated = (state: State, cuff: CuffId, what: string): Problem | null => {
  const c = cuffIn(state.cuffs, cuff);
  return c === undefined || c.occlusion === null ? null : problem(409, words.inflated(what));
};

/** Why strangers cannot be put out now, as the first credentials do: some are inflated, and would be supervised no longer. */
export const whyStrangersStay = (state: State): Problem | null => {
  const up = allCuffs(state.cuffs).filter((c) => c.occlusion !== null);
  return up.length === 0 ? null : problem(409, words.firstWhileInflated(up.map((c) => c.cuff)));
};

/** Why a cuff cannot be changed like this, field by field; null where it can. */
export const whyNotChanged = (
  state: State,
  before: CuffRecord,
  next: CuffRecord,
  hasCredentials: boolean,
): Problem | null => {
  const wrong: FieldProblem[] = [];
  const guard = (field: string, changes: boolean, what: string): void => {
    const why = changes ? whyInUse(state, before.cuff, what) : null;
    if (why !== null) wrong.push({ field, detail: why.detail });
  };
  const renamed = before.cuff !== next.cuff;
  guard("cuff", renamed, words.renameIt);
  if (renamed && hasCredentials) wrong.push({ field: "cuff", detail: words.renameNeedsNoCredentials });
  guard("basic", JSON.stringify(before.basic) !== JSON.stringify(next.basic), words.remapIt);
  guard("retired", next.retired && !before.retired, words.retireIt);
  const [first] = wrong;
  return first === undefined ? null : problem(409, first.detail, { errors: wrong });
};
