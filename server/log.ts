/**
 * Structured logs, one JSON line each. A line can hold only the fields below, so that no patient's name gets into it by
 * oversight: cuffs, stations and alarms stand there with their ids.
 */
import { pino } from "pino";
import type { LogLevel } from "./config.ts";

const fieldNames = [
  "site",
  "epoch",
  "cuff",
  "station",
  "stations",
  "alarm",
  "session",
  "condition",
  "priority",
  "value",
  "limit",
  "occlusion",
  "command",
  "ok",
  "code",
  "kind",
  "count",
  "detail",
  "broker",
  "error",
  "pending",
  "lost",
  "address",
  "port",
  "path",
  "ms",
  "gapMs",
  "vouchedBy",
  "screens",
  "count",
] as const;
export type LogFields = Readonly<
  Partial<Record<(typeof fieldNames)[number], string | number | boolean | null | undefined>>
>;

export type Log = Readonly<
  Record<"debug" | "info" | "warn" | "error" | "fatal", (fields: LogFields, message: string) => void>
>;

/** A log at `level`; `write` takes each line, standard output where it is not given. */
export const createLog = (level: LogLevel, write?: (line: string) => void): Log => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = write === undefined ? pino(options) : pino(options, { write });
  const at =
    (name: keyof Log) =>
    (fields: LogFields, message: string): void =>
      logger[name](onlyKnown(fields), message);
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error"), fatal: at("fatal") };
};

/** The types stop a wrong field where it is written; this stops one that came in a larger object. */
const onlyKnown = (fields: LogFields): LogFields =>
  Object.fromEntries(
    fieldNames.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]),
  );
