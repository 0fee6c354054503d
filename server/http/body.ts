/** Reads the body of a request: JSON, or a problem that says in a sentence what it is instead. */
import express, { type Request, type RequestHandler, type Response } from "express";
import { jsonProblem } from "../json-problem.ts";
import { type Problem, problem } from "./route.ts";

/** What every form of the screens fits in, in bytes. */
const usuallyLargest = 256 * 1024;

type Expected = Readonly<{
  /** In bytes. */
  largest?: number | undefined;
  /** Nothing sent stands for something. */
  mayBeEmpty: boolean;
}>;

/** Leaves the parsed body in `request.body`, undefined where there is none and may be; null where that is done. */
export const readBody = async (
  request: Request,
  response: Response,
  { largest = usuallyLargest, mayBeEmpty }: Expected,
): Promise<Problem | null> => {
  const type = request.headers["content-type"];
  if (type !== undefined && !request.is(["application/json", "application/*+json"]))
    return problem(415, "The body must be JSON: send it as Content-Type: application/json.");
  let bytes = 0;
  const read: RequestHandler = express.json({
    ...{ limit: largest, strict: false, type: () => true },
    verify: (_request, _response, body) => {
      bytes = body.length;
    },
  });
  const error = await new Promise<unknown>((resolve) => {
    void read(request, response, resolve);
  });
  if (error !== undefined) return whyUnreadable(error, largest);
  if (bytes > 0) return null;
  // An empty body would be read as {}, and what was never sent would be taken for a wish.
  request.body = undefined;
  return mayBeEmpty ? null : problem(400, "The body is empty. Send what is asked for as JSON.");
};

const whyUnreadable = (error: unknown, largest: number): Problem => {
  switch (error instanceof Error && "type" in error ? error.type : undefined) {
    case "entity.parse.failed":
      return problem(400, `The body is not JSON${placeOf(error)}.`);
    case "entity.too.large":
      return problem(413, `The body is too large: ${Math.floor(largest / 1024)} KiB are read at most.`);
    case "encoding.unsupported":
    case "charset.unsupported":
      return problem(415, "The body must be JSON in UTF-8.");
    case "request.aborted":
    case "request.size.invalid":
      return problem(400, "The body did not arrive whole.");
    default:
      return problem(400, "The body cannot be read. Send it as JSON in UTF-8.");
  }
};

const placeOf = (error: unknown): string => {
  const text =
    error instanceof Error && "body" in error && typeof error.body === "string" ? error.body : null;
  if (text === null) return "";
  const { line, column, expected, found } = jsonProblem(text);
  return `: in line ${line}, column ${column}, expected ${expected}, found ${found}`;
};
