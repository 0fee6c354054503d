/** The pages that people go to, and who may open each. */
import type { Right } from "../../shared/clinic/rights.ts";

export type PageName =
  | "floor"
  | "wall"
  | "patients"
  | "plans"
  | "sessions"
  | "summary"
  | "follow-up"
  | "alarms"
  | "cuffs"
  | "setup";

const pages: readonly (readonly [page: PageName, needs: readonly Right[]])[] = [
  ["floor", ["watch"]],
  ["wall", ["watch"]],
  ["patients", ["review"]],
  ["plans", ["review"]],
  ["sessions", ["review"]],
  ["summary", ["review"]],
  ["follow-up", ["review"]],
  ["alarms", ["review"]],
  ["cuffs", ["administer"]],
  // Whoever runs a class lets its wall in.
  ["setup", ["administer", "treat"]],
];

/** Those that are open to whoever has these rights, in their order. */
export const openPages = (may: (right: Right) => boolean): readonly PageName[] =>
  pages.filter(([, needs]) => needs.some(may)).map(([page]) => page);
