/** Says of each damaged part of a recording what was lost with it. */
import type { Log } from "../log.ts";
import type { Damage } from "./damage.ts";

export const damageLog =
  (log: Log) =>
  ({ cuff, lines, detail }: Damage): void =>
    log.error(
      { cuff, count: lines, error: detail },
      "a part of the recordings is damaged and shown as a gap: it stands in the last backup, if there is one",
    );
