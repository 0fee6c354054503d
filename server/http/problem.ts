/** Errors as problem details (RFC 9457), without a trace of the framework. */
import { STATUS_CODES } from "node:http";
import type { Response } from "express";

/** Ends a response with `status`; `detail` is a sentence, `more` are members of the problem's own. */
export const sendProblem = (
  response: Response,
  status: number,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): void => {
  response
    .status(status)
    .set("Cache-Control", "no-store")
    .type("application/problem+json")
    .send(
      JSON.stringify({
        type: "about:blank",
        title: STATUS_CODES[status] ?? "Error",
        status,
        detail,
        ...more,
      }),
    );
};
