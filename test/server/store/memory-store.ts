/** A store in memory whose disk can fill up, hang and recover at a test's word. */
import { alarmOf } from "../../../server/store/fact-row.ts";
import type {
  Anchor,
  Checkpoint,
  Recorded,
  Store,
  Stored,
  StoreError,
  StoreResult,
} from "../../../server/store/store.ts";
import { alarmId } from "../../../shared/ids.ts";

export type MemoryStore = Store & {
  readonly facts: readonly Recorded[];
  readonly groups: readonly number[];
  readonly anchors: readonly Anchor[];
  readonly checkpoints: readonly Checkpoint[];
  /** What every call answers from now on; null: it works. */
  failWith: (error: StoreError | null) => void;
  /** Calls are held until the function that is given back is called. */
  hang: () => () => void;
};

/** More facts than this are never answered at once, however many are asked for. */
const mostAtOnce = 100;

export const memoryStore = (): MemoryStore => {
  const facts: Recorded[] = [];
  const groups: number[] = [];
  const anchors: Anchor[] = [];
  const checkpoints: Checkpoint[] = [];
  let error: StoreError | null = null;
  let gate: Promise<void> = Promise.resolve();

  const attempt = async <T>(act: () => T): Promise<StoreResult<T>> => {
    await gate;
    return error === null ? { ok: true, value: act() } : { ok: false, error };
  };
  const numbered = (): readonly Stored[] => facts.map((fact, i) => ({ ...fact, id: i + 1 }));
  return {
    facts,
    groups,
    anchors,
    checkpoints,
    failWith: (next) => {
      error = next;
    },
    hang: () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      gate = promise;
      return () => resolve(undefined);
    },
    append: (group, anchor) =>
      attempt(() => {
        facts.push(...group);
        if (group.length > 0) groups.push(group.length);
        if (anchor !== undefined) anchors.push(anchor);
        return facts.length;
      }),
    read: ({ afterId = 0, limit }) =>
      attempt(() =>
        facts
          .slice(afterId, afterId + Math.min(limit, mostAtOnce))
          .map((f, i) => ({ ...f, id: afterId + i + 1 })),
      ),
    readKind: ({ kind, from, to, olderThan, limit }) =>
      attempt(() =>
        numbered()
          .filter(({ fact, wall }) => fact.kind === kind && wall >= from && wall < to)
          .sort((a, b) => b.wall - a.wall || b.id - a.id)
          .filter(
            ({ wall, id }) =>
              olderThan === undefined ||
              wall < olderThan.wall ||
              (wall === olderThan.wall && id < olderThan.id),
          )
          .slice(0, limit),
      ),
    readAlarms: (alarms) =>
      attempt(() => numbered().filter(({ fact }) => alarms.includes(alarmOf(fact) ?? alarmId("")))),
    alarmsOpenAt: (wall) =>
      attempt(() => {
        const since = facts.filter((f) => f.wall >= wall && alarmOf(f.fact) !== null);
        const raised = new Set(
          since.filter((f) => f.fact.kind === "alarm-raised").map((f) => alarmOf(f.fact)),
        );
        const told = new Set(since.flatMap((f) => alarmOf(f.fact) ?? []));
        return [...told].filter((id) => !raised.has(id));
      }),
    saveCheckpoint: (checkpoint) =>
      attempt(() => {
        checkpoints.push(checkpoint);
        return null;
      }),
    loadCheckpoint: () => attempt(() => checkpoints.at(-1) ?? null),
    saveAnchor: (anchor) =>
      attempt(() => {
        anchors.push(anchor);
        return null;
      }),
    loadAnchor: () => attempt(() => anchors.at(-1) ?? null),
    close: () => Promise.resolve(),
  };
};
