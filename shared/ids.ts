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
/** Somebody who is treated; never said over MQTT. */
export type PatientId = Id<"patient">;
/** A patient's programme of exercises, or a template of the clinic's. */
export type ProgrammeId = Id<"programme">;
/** One class, from its start on a tablet to its end. */
export type ClassId = Id<"class">;
/** One patient's part in one class. */
export type SessionId = Id<"session">;
/** A wall or a tablet that was let in. */
export type DeviceId = Id<"device">;
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
export const patientId = (s: string): PatientId => s as PatientId;
export const programmeId = (s: string): ProgrammeId => s as ProgrammeId;
export const classId = (s: string): ClassId => s as ClassId;
export const sessionId = (s: string): SessionId => s as SessionId;
export const deviceId = (s: string): DeviceId => s as DeviceId;
