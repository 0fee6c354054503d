/** Which recordings somebody wishes to see: as it stands in the page's address and as the API is asked. */
import type { Query } from "./pages.svelte.ts";

/** Days as their fields have them, "" where none is chosen. */
export type Wishes = Readonly<{ text: string; patient: string; from: string; to: string }>;

export const wishesIn = (search: string): Wishes => {
  const said = new URLSearchParams(search);
  const of = (name: string): string => said.get(name) ?? "";
  return { text: of("text"), patient: of("patient"), from: of("from"), to: of("to") };
};

/** What stands behind the page's path for it; "" for no wish. */
export const addressOf = (wishes: Wishes): string => {
  const said = Object.entries(wishes).filter(([, value]) => value !== "");
  return said.length === 0 ? "" : `?${new URLSearchParams(said).toString()}`;
};

/** The question for it: days are those of whoever looks, both of them included. */
export const queryOf = ({ text, patient, from, to }: Wishes): Query => ({
  text: text === "" ? null : text,
  patient: patient === "" ? null : patient,
  from: midnight(from, 0),
  to: midnight(to, 1),
});

/** The midnight with which a day begins, or the one so many days later; null for no day. */
const midnight = (day: string, later: number): string | null => {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + later);
  return Number.isNaN(at.getTime()) || at.getTime() < 0 ? null : String(at.getTime());
};
