/** Names of things, branded so that a station cannot stand where a cuff is meant. */
declare const kind: unique symbol;
type Id<K extends string> = string & { readonly [kind]: K };

/** A clinic's site, `[a-z0-9-]{1,32}`. */
export type SiteId = Id<"site">;
/** A cuff as it names itself in its topics, `[a-z0-9-]{1,32}`, never `host`. */
export type CuffId = Id<"cuff">;
/** A place in the class, as it stands on the wall: "3". */
export type StationId = Id<"station">;
export type StaffId = Id<"staff">;
/** One occurrence of an alarm; derived from facts, so that judging them twice gives the same id. */
export type AlarmId = Id<"alarm">;
/** One process of the server, from its start to its end. */
export type Epoch = Id<"epoch">;

/** What a site or a cuff may be called. */
export const namePattern = /^[a-z0-9-]{1,32}$/;

export const siteId = (s: string): SiteId => s as SiteId;
export const cuffId = (s: string): CuffId => s as CuffId;
export const stationId = (s: string): StationId => s as StationId;
export const staffId = (s: string): StaffId => s as StaffId;
export const alarmId = (s: string): AlarmId => s as AlarmId;
export const epoch = (s: string): Epoch => s as Epoch;
