/**
 * Basic cuffs: anything that publishes a plain number or a number inside JSON (ESPHome, Tasmota, a gateway). They have no
 * clock, no sequence and no phase of their own; the server times them itself.
 */
import { z } from "zod";
import { cuffId, namePattern } from "../ids.ts";
import { type Millis, millis, type Mmhg, mmhg } from "../units.ts";
import { type Parsed, parseJson, rejected } from "./message.ts";
import { reservedCuff } from "./topic.ts";

/** How many mmHg one of the unit is. */
const perUnit = {
  mmHg: 1,
  kPa: 7.500_617,
  hPa: 0.750_061_7,
  mbar: 0.750_061_7,
  bar: 750.061_7,
  psi: 51.714_93,
  Pa: 0.007_500_617,
} as const;

/** The slowest declared interval with which a cuff can be supervised. */
export const slowestInterval = millis(1000);

export const cuffName = z
  .string()
  .regex(namePattern, "must be 1 to 32 of a-z, 0-9 and -")
  .refine((name) => name !== reservedCuff, `"${reservedCuff}" is the server's own name`);

/** One basic cuff: which topic, where in the payload, which unit, how often. */
export const basicCuff = z.strictObject({
  cuff: cuffName.transform(cuffId),
  topic: z
    .string()
    .min(1)
    .max(256)
    .refine((t) => !/[+#]/.test(t), "must be one topic, without + or #")
    .refine((t) => !t.startsWith("$"), "must not begin with $: that is where a broker speaks of itself")
    // It stands as it is in a line of a broker's access list.
    .refine(
      (t) => !/^\s|\s$|\p{Cc}/u.test(t),
      "must not begin or end with a space, nor have signs that cannot be seen",
    )
    .refine(
      (t) => !t.startsWith("bfr/"),
      "bfr/… belongs to the cuffs' own contract; a basic cuff publishes elsewhere",
    ),
  path: z
    .string()
    .regex(/^[^.]+(\.[^.]+)*$/, 'must be keys joined by dots, as in "sensor.pressure"')
    .optional(),
  unit: z.enum(Object.keys(perUnit) as [keyof typeof perUnit]).default("mmHg"),
  intervalMs: z
    .number()
    .min(50)
    .max(
      slowestInterval,
      "a cuff that speaks less than once a second is too slow to be supervised; set its interval to 1000 or less",
    )
    .transform(millis),
});
export type BasicCuff = z.output<typeof basicCuff>;

/** Pressures outside this range are a broken sensor or a wrong unit, in mmHg (the contract's own range). */
const lowest = -20;
const highest = 600;

/** What a basic cuff's payload says, in mmHg, or why it is refused. */
export const parseBasic = (cuff: BasicCuff, text: string): Parsed<Mmhg> => {
  const found = cuff.path === undefined ? asNumber(text.trim()) : inJson(text, cuff.path);
  if (!found.ok) return found;
  const pressure = found.value * perUnit[cuff.unit];
  if (pressure < lowest || pressure > highest)
    return rejected(
      "schema",
      `${String(Math.round(pressure))} mmHg is out of range (${lowest} to ${highest}).`,
    );
  return { ok: true, value: mmhg(Math.round(pressure * 10) / 10) };
};

const asNumber = (text: string): Parsed<number> => {
  // Number("") is 0, and a cuff that says nothing must not read as an empty one.
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? { ok: true, value } : rejected("not-a-number", "Expected a plain number.");
};

const inJson = (text: string, path: string): Parsed<number> => {
  const json = parseJson(text);
  if (!json.ok) return json;
  let value = json.value;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key))
      return rejected("schema", `There is nothing at "${path}".`);
    value = (value as Record<string, unknown>)[key];
  }
  if (typeof value === "number" && Number.isFinite(value)) return { ok: true, value };
  return typeof value === "string"
    ? asNumber(value.trim())
    : rejected("not-a-number", `What is at "${path}" is not a number.`);
};

/** So many intervals without a value are silence. */
export const intervalsMissed = 3;

/** After how long without a value a basic cuff counts as silent: three intervals, and at least 3 s. */
export const basicFreshness = (cuff: BasicCuff): Millis =>
  millis(Math.max(intervalsMissed * cuff.intervalMs, 3000));
