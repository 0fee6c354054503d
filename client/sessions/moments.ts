/** How the moments of a recording read in a list: in the zone of whoever looks. */
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** "14:03" */
export const clockOf = (at: number): string => clock.format(at);
