/** The state of a floor as it was when its last fact was stored: the checkpoint, and every fact since. */
import { checkpointFormat, thaw } from "../shared/checkpoint.ts";
import { apply, newState, type State } from "../shared/engine.ts";
import type { SiteId } from "../shared/ids.ts";
import type { Store, StoreResult } from "./store/store.ts";

/** `folded` is how many facts were folded on top of the checkpoint. */
export type Restored = Readonly<{ state: State; folded: number; fromCheckpoint: boolean }>;

const factsAtATime = 5000;

/** Folds what is stored. A checkpoint that does not fit is passed over: facts alone give the same state, only later. */
export const restore = async (store: Store, site: SiteId): Promise<StoreResult<Restored>> => {
  const checkpoint = await store.loadCheckpoint();
  if (!checkpoint.ok) return checkpoint;
  const saved = checkpoint.value;
  const thawed = saved?.format === checkpointFormat ? thaw(saved.state, site) : null;
  let state = thawed ?? newState(site);
  let afterId = thawed === null || saved === null ? 0 : saved.factId;
  let folded = 0;
  for (;;) {
    const facts = await store.read({ afterId, limit: factsAtATime });
    if (!facts.ok) return facts;
    for (const { id, fact } of facts.value) {
      state = apply(state, fact);
      afterId = id;
    }
    folded += facts.value.length;
    if (facts.value.length === 0)
      return { ok: true, value: { state, folded, fromCheckpoint: thawed !== null } };
  }
};
