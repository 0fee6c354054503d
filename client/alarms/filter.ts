/** Which alarms the page shows: kept in its address, so that it can be reloaded, kept and sent. */

export const rangeNames = ["hour", "today", "week", "custom"] as const;
export type RangeName = (typeof rangeNames)[number];

/** Empty where nothing was chosen; `from` and `to` as a form holds them, "2026-11-22T14:00", for `custom` only. */
export type Filter = Readonly<{
  range: RangeName;
  from: string;
  to: string;
  patient: string;
  cuff: string;
  condition: string;
  priority: string;
}>;

export const everything: Filter = {
  ...{ range: "today", from: "", to: "" },
  ...{ patient: "", cuff: "", condition: "", priority: "" },
};
const names = ["range", "from", "to", "patient", "cuff", "condition", "priority"] as const;
const choices = ["patient", "cuff", "condition", "priority"] as const;

/** Whether it leaves out any alarm of its range. */
export const isNarrow = (filter: Filter): boolean => choices.some((name) => filter[name] !== "");

/** The filter in an address. */
export const filterIn = (search: string): Filter => {
  const asked = new URLSearchParams(search);
  const text = Object.fromEntries(names.map((name) => [name, asked.get(name) ?? everything[name]]));
  const range = rangeNames.find((name) => name === text["range"]) ?? everything.range;
  return { ...everything, ...text, range };
};

/** The address of the page with a filter; what else stands in the address stays. */
export const addressOf = (filter: Filter, search: string): string => {
  const params = new URLSearchParams(search);
  for (const name of names)
    if (filter[name] === everything[name]) params.delete(name);
    else params.set(name, filter[name]);
  const text = params.toString();
  return text === "" ? "?" : `?${text}`;
};

/** What the server is asked for; `now` is the wall clock here, in milliseconds. Presets run on to the server's own now. */
export const queryOf = (filter: Filter, now: number): URLSearchParams => {
  const query = new URLSearchParams();
  const { from, to } = limitsOf(filter, now);
  if (from !== null) query.set("from", from);
  if (to !== null) query.set("to", to);
  for (const name of choices) if (filter[name] !== "") query.set(name, filter[name]);
  return query;
};

const limitsOf = (
  { range, from, to }: Filter,
  now: number,
): Readonly<{ from: string | null; to: string | null }> => {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  if (range === "week") midnight.setDate(midnight.getDate() - 6);
  switch (range) {
    case "hour":
      return { from: new Date(now - 3_600_000).toISOString(), to: null };
    case "today":
    case "week":
      return { from: midnight.toISOString(), to: null };
    case "custom":
      return { from: asIso(from), to: asIso(to) };
  }
};

/** What a form holds, with its zone; null while it is not filled in. */
const asIso = (local: string): string | null => {
  const time = local === "" ? NaN : new Date(local).getTime();
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};
