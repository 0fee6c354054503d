/** What is wrong with a field where its schema says nothing of its own: in words, to stand beside the field. */
import type { z } from "zod";

type Issue = Readonly<Parameters<z.core.$ZodErrorMap>[0]>;

const kinds: Readonly<Record<string, string>> = {
  string: "must be text",
  number: "must be a number",
  int: "must be a whole number",
  boolean: "must be true or false",
  array: "must be a list",
  object: "must be an object",
  record: "must be an object",
  date: "must be a date",
};

/** The words for an issue, or undefined where the validator's own have to do. */
export const fieldWords = (issue: Issue): string | undefined => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "must be given" : kinds[issue.expected];
    case "too_small":
      return tooSmall(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case "too_big":
      return tooBig(issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case "invalid_value":
      return `must be ${oneOf(issue.values)}`;
    case "unrecognized_keys":
      return "is not known here";
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? `must be ${oneOf(issue.options)}`
        : undefined;
    case "invalid_format":
      return "has another form than it must have";
    default:
      return undefined;
  }
};

const tooSmall = (origin: string, least: number, inclusive: boolean): string => {
  switch (origin) {
    case "string":
      return least === 1 ? "must not be empty" : `must have ${least} characters at least`;
    case "array":
      return least === 1 ? "must not be empty" : `must have ${least} entries at least`;
    default:
      return inclusive ? `must be ${least} at least` : `must be over ${least}`;
  }
};

const tooBig = (origin: string, most: number, inclusive: boolean): string => {
  switch (origin) {
    case "string":
      return `must have ${most} characters at most`;
    case "array":
      return `must have ${most} entries at most`;
    default:
      return inclusive ? `must be ${most} at most` : `must be under ${most}`;
  }
};

const oneOf = (values: readonly unknown[]): string => values.map((v) => JSON.stringify(v)).join(" or ");
