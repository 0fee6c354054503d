/** Reads the body of a request, JSON or a file, or makes a problem that says in a sentence what it is instead. */
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

/** Leaves the parsed JSON in `request.body`, undefined where there is none and may be; null where that is done. */
export const readBody = async (
  request: Request,
  response: Response,
  { largest = usuallyLargest, mayBeEmpty }: Expected,
): Promise<Problem | null> => {
  const type = request.headers["content-type"];
  if (type !== undefined && !request.is(["application/json", "application/*+json"]))
    return problem(415, "The body must be JSON: send it as Content-Type: application/json.");
  let bytes = 0;
  const read = express.json({
    ...{ limit: largest, strict: false, type: () => true },
    verify: (_request, _response, body) => {
      bytes = body.length;
    },
  });
  const error = await readWith(read, request, response);
  if (error !== undefined) return whyUnreadable(error, largest, "JSON");
  if (bytes > 0) return null;
  // An empty body would be read as {}, and what was never sent would be taken for a wish.
  request.body = undefined;
  return mayBeEmpty ? null : problem(400, "The body is empty. Send what is asked for as JSON.");
};

/** Leaves the bytes of a file in `request.body`; null where that is done. */
export const readBytes = async (
  request: Request,
  response: Response,
  { media, largest = usuallyLargest }: Readonly<{ media: readonly string[]; largest?: number | undefined }>,
): Promise<Problem | null> => {
  const type = request.headers["content-type"];
  if (type === undefined || !media.some((one) => request.is(one) !== false))
    return problem(415, `Send the file itself as the body, as Content-Type: ${media.join(" or ")}.`);
  const error = await readWith(express.raw({ limit: largest, type: () => true }), request, response);
  if (error !== undefined) return whyUnreadable(error, largest, "the file");
  return Buffer.isBuffer(request.body) && request.body.length > 0
    ? null
    : problem(400, "The file is empty. Send its content as the body.");
};

const readWith = (read: RequestHandler, request: Request, response: Response): Promise<unknown> =>
  new Promise<unknown>((resolve) => {
    void read(request, response, resolve);
  });

const whyUnreadable = (error: unknown, largest: number, what: "JSON" | "the file"): Problem => {
  switch (error instanceof Error && "type" in error ? error.type : undefined) {
    case "entity.parse.failed":
      return problem(400, `The body is not JSON${placeOf(error)}.`);
    case "entity.too.large":
      return what === "JSON"
        ? problem(413, `The body is too large: ${sizeOf(largest)} are read at most.`)
        : problem(413, `The file is too large: ${sizeOf(largest)} are taken at most.`);
    case "encoding.unsupported":
    case "charset.unsupported":
      return what === "JSON"
        ? problem(415, "The body must be JSON in UTF-8.")
        : problem(415, "The body must be the file as it is, or compressed with gzip, deflate or br.");
    case "request.aborted":
    case "request.size.invalid":
      return problem(400, "The body did not arrive whole.");
    default:
      return what === "JSON"
        ? problem(400, "The body cannot be read. Send it as JSON in UTF-8.")
        : problem(400, "The body cannot be read. Send the file as it is.");
  }
};

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KiB` : `${Math.floor(bytes / 1024 / 1024)} MiB`;

const placeOf = (error: unknown): string => {
  const text =
    error instanceof Error && "body" in error && typeof error.body === "string" ? error.body : null;
  if (text === null) return "";
  const { line, column, expected, found } = jsonProblem(text);
  return `: in line ${line}, column ${column}, expected ${expected}, found ${found}`;
};
