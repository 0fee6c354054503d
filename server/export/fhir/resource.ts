/** The few shapes of FHIR R4 that every resource is made of. Whether a resource is right is for a validator to say, in tests. */
import { createHash } from "node:crypto";

export type Json =
  string | number | boolean | null | readonly Json[] | Readonly<{ [key: string]: Json | undefined }>;
export type Fields = Readonly<{ [key: string]: Json | undefined }>;
export type Resource = Fields & Readonly<{ resourceType: string }>;

/** A resource under the address by which others of the bundle refer to it. */
export type Entry = Readonly<{ fullUrl: string; resource: Resource }>;

/** Any UUID will do, as long as it stays the same: what is exported twice has the same addresses both times. */
const namespace = Buffer.from("5d1f5a0c5b8e4e3b9a5f7c1f0d9b2a64", "hex");

/** The address of what these words name: a name-based UUID (RFC 9562, version 5). */
export const addressOf = (...words: readonly (string | number)[]): string => {
  const hash = createHash("sha1").update(namespace).update(JSON.stringify(words)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex", 0, 16);
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")}`;
};

export type Reference = Readonly<{ reference: string }>;

export const referTo = ({ fullUrl }: Pick<Entry, "fullUrl">): Reference => ({ reference: fullUrl });

/** A moment as an instant: in UTC, to the millisecond, so that no reader has to know where the clinic is. */
export const instant = (wall: number): string => new Date(wall).toISOString();

const ucum = "http://unitsofmeasure.org";
/** Units as people write them, and their codes in UCUM. */
const units = { mmHg: "mm[Hg]", "%": "%", s: "s", ms: "ms", us: "us", kg: "kg", cm: "cm", "": "1" } as const;
export type Unit = keyof typeof units;

export const quantity = (value: number, unit: Unit, comparator?: "<="): Fields => ({
  value,
  comparator,
  ...(unit === "" ? {} : { unit }),
  system: ucum,
  code: units[unit],
});

/** Without the fields that are not there: FHIR knows neither null nor empty lists. */
export const tidy = <T extends Json>(value: T): T => prune(value) as T;

const prune = (value: Json): Json => {
  if (Array.isArray(value)) return value.map((one: Json) => prune(one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined && v !== null && v !== "" && !(Array.isArray(v) && v.length === 0))
      .map(([k, v]) => [k, v === undefined ? v : prune(v)]),
  );
};
