/** What a page and the worker that judges for it tell each other. */
import type { OtherLimits } from "../../shared/recording/other-limits.ts";
import type { Comparison } from "../../shared/recording/what-if.ts";

/** `address` is where the recording's lines are. */
export type Task = Readonly<{ address: string; other: OtherLimits }>;

export type Told =
  | Readonly<{ is: "judging"; lines: number }>
  | Readonly<{ is: "judged"; comparison: Comparison }>
  | Readonly<{ is: "failed"; detail: string }>;
