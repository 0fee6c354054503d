/** What is said over `/api/import/recording`: what a file is told to be, and what was understood of it. */
import { z } from "zod";
import { conditions } from "../alarm/policy.ts";
import { hardCap, limbs, sides } from "../plan/prescription.ts";
import { minutes } from "../units.ts";
import { moment, nameText, recordId } from "./fields.ts";

export const separators = ["comma", "semicolon", "tab"] as const;
export const decimals = ["point", "comma"] as const;
export const timeUnits = ["s", "ms", "clock", "iso"] as const;
export const pressureUnits = ["mmHg", "kPa", "cmH2O"] as const;
export type TimeUnit = (typeof timeUnits)[number];
export type PressureUnit = (typeof pressureUnits)[number];

const column = z.coerce.number().pipe(z.int().min(0).max(199));
const number = (least: number, most: number) => z.coerce.number().pipe(z.number().min(least).max(most));
const longest = Math.max(...Object.values(hardCap)) / minutes(1);

/** How the table is to be read; what is left out is found by the names and by what stands there. */
const reading = {
  separator: z.enum(separators).optional(),
  decimal: z.enum(decimals).optional(),
  timeColumn: column.optional().describe("From 0"),
  timeUnit: z.enum(timeUnits).optional(),
  pressureColumn: column.optional().describe("From 0"),
  pressureUnit: z.enum(pressureUnits).optional(),
};

/** What it was a recording of. */
const about = {
  name: nameText(120, "the name").optional().describe("What stands on the tile, for somebody of no record"),
  limb: z.enum(limbs).default("thigh"),
  side: z.enum(sides).default("left"),
  lopMmhg: number(40, 400).optional().describe("Limb occlusion pressure"),
  pctLop: number(20, 90).optional().describe("Target, in per cent of it"),
  targetMmhg: number(30, 299).optional().describe("Target, where it was given as a pressure"),
  limitMin: number(0.5, longest).default(8).describe("After how long the limb should have been released"),
  startedAt: z.coerce
    .number()
    .pipe(moment)
    .optional()
    .describe("The first sample, where the file does not say it"),
  falls: z
    .enum(["release", "loss"])
    .default("release")
    .describe("What it was when the pressure fell to nothing: let go on purpose, or lost"),
};

export const importQuery = z.strictObject({
  file: nameText(255, "the name of the file"),
  dry: z.literal("1").optional().describe("Say what was understood, and take nothing in"),
  patient: recordId.optional(),
  ...reading,
  ...about,
});
export type ImportWishes = Readonly<z.output<typeof importQuery>>;

export const fileProblemSchema = z.strictObject({
  line: z.int().nullable(),
  field: z.string().nullable(),
  reason: z.string(),
});

/** How a table was read. */
const understoodSchema = z.strictObject({
  separator: z.enum(separators),
  decimal: z.enum(decimals),
  header: z.boolean().describe("The first line names the columns"),
  columns: z.array(z.string()).describe("By name, or what stands in the first line"),
  time: z.strictObject({ column: z.int(), unit: z.enum(timeUnits) }),
  pressure: z.strictObject({ column: z.int(), unit: z.enum(pressureUnits) }),
  intervalMs: z.number().describe("From one sample to the next, as in most of the file"),
  gaps: z.int().describe("How often nothing was recorded for longer than three seconds"),
  lowestMmhg: z.number().nullable(),
  highestMmhg: z.number().nullable(),
});
export type Understood = Readonly<z.output<typeof understoodSchema>>;

export const importAnswer = z.strictObject({
  kind: z.enum(["facts", "pressures"]).nullable().describe("Null where the file could not be read"),
  sha256: z.string(),
  imported: z.boolean(),
  sessions: z.array(
    z.strictObject({
      session: z.string(),
      name: z.string(),
      programme: z.string(),
      startedAt: z.number(),
      endedAt: z.number(),
    }),
  ),
  undated: z.boolean().describe("The file does not say when it was recorded: `startedAt` has to"),
  facts: z.int(),
  samples: z.int(),
  alarms: z.array(z.strictObject({ condition: z.enum(conditions), times: z.int() })),
  understood: understoodSchema.nullable(),
  problems: z.array(fileProblemSchema),
  /** The same file, or the same session, is here. */
  already: z.strictObject({ session: z.string(), by: z.string(), at: z.number() }).nullable(),
});
export type ImportAnswer = Readonly<z.output<typeof importAnswer>>;
