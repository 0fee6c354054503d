/** An API that says what a test tells it to, for pages that are looked at in states that a real server reaches slowly or never. */
import express, { type Router } from "express";
import type { Me } from "../../shared/clinic/api.ts";

export type Said = Readonly<{
  status?: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}>;
export type AskedOf = Readonly<{ what: string; body: unknown; seen: string | undefined }>;

export type Desk = Readonly<{
  router: Router;
  /** From now on "GET /api/me" is answered so; a function is asked anew each time. */
  says: (what: string, said: Said | ((body: unknown) => Said)) => void;
  /** Every request so far, in order. */
  asked: readonly AskedOf[];
}>;

/** Who a browser is; the rest as on a clinic's own server. */
export const meAs = (who: Me["who"], more: Partial<Me> = {}): Said => ({
  body: { who, setUp: true, demo: false, simulated: false, unencrypted: false, ...more },
});
export const aidan: Me["who"] = {
  ...{ kind: "staff", staff: "aidan", name: "Aidan R." },
  roles: ["admin", "physiotherapist"],
};
/** A refusal as the server words it. */
export const refusal = (
  status: number,
  detail: string,
  errors: readonly Readonly<{ field: string; detail: string }>[] = [],
): Said => ({ status, body: { type: "about:blank", title: "Error", status, detail, errors } });

/** An API that answers nothing yet but 404. */
export const createDesk = (): Desk => {
  const lines = new Map<string, Said | ((body: unknown) => Said)>();
  const asked: AskedOf[] = [];
  const router = express.Router();
  router.use(["/api", "/healthz"], express.json(), (request, response) => {
    const what = `${request.method} ${request.originalUrl.split("?")[0] ?? ""}`;
    const body: unknown = request.body;
    asked.push({ what, body, seen: request.headers["if-match"] });
    const line = lines.get(what) ?? refusal(404, `Nobody has said what ${what} answers.`);
    const said = typeof line === "function" ? line(body) : line;
    response.status(said.status ?? 200).set(said.headers ?? {});
    if (said.body === undefined) response.end();
    else response.json(said.body);
  });
  return { router, asked, says: (what, said) => void lines.set(what, said) };
};
