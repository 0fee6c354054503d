/** What a screen knows of its link to the server. */

/**
 * Live, and live again, only with a snapshot. Lost `since` the link was last known to be well, in local time; never before the
 * first snapshot; asking since a screen that stood still, for `stood` ms, waits to hear how the class is now. Not known while the
 * server does not let this browser in; `seen` tells that it had shown the class until then.
 */
export type LinkState =
  | Readonly<{ kind: "live" }>
  | Readonly<{ kind: "asking"; since: number; stood: number }>
  | Readonly<{ kind: "lost"; since: number }>
  | Readonly<{ kind: "never"; since: number }>
  | Readonly<{ kind: "not-known"; since: number; seen: boolean }>;

/** Whether nobody would see a difference between the two. */
export const isSame = (a: LinkState, b: LinkState): boolean =>
  a.kind === b.kind &&
  (a.kind === "live" || b.kind === "live" || a.since === b.since) &&
  (a.kind !== "asking" || b.kind !== "asking" || a.stood === b.stood);
