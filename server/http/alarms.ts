/** `/api/alarms`: the log of the alarms and its figures, as JSON and as CSV. Patients' names stand in it: nothing of it is kept by a browser. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Request, type Response, Router } from "express";
import type { Range } from "../../shared/alarm/figures.ts";
import type { Principal } from "../../shared/clinic/rights.ts";
import type { LogPage } from "../../shared/alarm/log-wire.ts";
import type { WallTime } from "../../shared/units.ts";
import { type AlarmLog, type LogFilter, LogUnreadable } from "../alarm-log.ts";
import type { Log } from "../log.ts";
import type { StoreResult } from "../store/store.ts";
import { csvHead, csvRowsOf, type RowKind } from "./alarm-csv.ts";
import { type ParsedQuery, parseFigures, parsePage, parseTable } from "./alarm-query.ts";
import { sendProblem } from "./problem.ts";
import { refuse, whyRefused } from "./route.ts";

export type AlarmApi = Readonly<{
  alarms: AlarmLog;
  wall: () => WallTime;
  /** What must be known of the server to trust what the log says. */
  site: () => Readonly<{ recording: boolean; simulated: boolean }>;
  who: (request: Request) => Principal;
  log: Log;
}>;

/** What stands in every answer. */
type About = Omit<LogPage, "occurrences" | "next">;

export const alarmsRouter = ({ alarms, wall, site, who, log }: AlarmApi): Router => {
  const router = Router();
  router.use(["/api/alarms", "/api/alarms.csv"], (request, response, next) => {
    response.set("Cache-Control", "no-store");
    const refused = whyRefused("review", request, who(request));
    if (refused === null) next();
    else refuse(response, refused);
  });
  const about = ({ from, to }: Range): About => ({
    ...{ from, to, now: wall() },
    ...site(),
  });

  router.get("/api/alarms", async (request, response) => {
    const query = understood(parsePage(request.query, wall()), response);
    if (query === null) return;
    const { filter, limit, cursor } = query;
    answer(response, await alarms.page(filter, limit, cursor), about(filter.range));
  });

  router.get("/api/alarms/figures", async (request, response) => {
    const query = understood(parseFigures(request.query, wall()), response);
    if (query === null) return;
    const { filter } = query;
    answer(response, await alarms.figures(filter), about(filter.range));
  });

  router.get("/api/alarms.csv", async (request: Request, response: Response) => {
    const query = understood(parseTable(request.query, wall()), response);
    if (query === null) return;
    const { filter, rows } = query;
    const table = tableOf(alarms, filter, rows);
    try {
      // The first rows are read before anything is promised.
      const begin = await table.next();
      response
        .type("text/csv; charset=utf-8; header=present")
        .set("Content-Disposition", `attachment; filename="${fileName(filter.range, rows)}"`);
      await pipeline(Readable.from(resumed(begin, table)), response);
    } catch (error) {
      if (error instanceof LogUnreadable && !response.headersSent) sendUnreadable(response, error.message);
      else {
        // A table that ends in the middle must not look whole: the connection is cut instead.
        log.warn({ error: String(error) }, "a table of alarms could not be sent whole");
        response.destroy();
      }
    }
  });
  return router;
};

const understood = <T>(query: ParsedQuery<T>, response: Response): T | null => {
  if (query.ok) return query.value;
  const [first] = query.errors;
  sendProblem(response, 400, first?.detail ?? "The question cannot be understood.", { errors: query.errors });
  return null;
};

const answer = <T>(response: Response, read: StoreResult<T>, about: About): void => {
  if (read.ok) response.json({ ...about, ...read.value });
  else sendUnreadable(response, read.error.detail);
};

const sendUnreadable = (response: Response, detail: string): void =>
  sendProblem(response, 503, `The log of the alarms cannot be read: ${detail}`);

const tableOf = async function* (
  alarms: AlarmLog,
  filter: LogFilter,
  rows: RowKind,
): AsyncGenerator<string, undefined> {
  let head = csvHead(rows);
  for await (const some of alarms.all(filter)) {
    yield head + some.map((h) => csvRowsOf(h, rows)).join("");
    head = "";
  }
  if (head !== "") yield head;
};

const resumed = async function* (
  begin: IteratorResult<string, undefined>,
  rest: AsyncGenerator<string, undefined>,
): AsyncGenerator<string> {
  if (begin.done === true) return;
  yield begin.value;
  yield* rest;
};

const fileName = ({ from, to }: Range, rows: RowKind): string => {
  const day = (wall: WallTime): string =>
    new Date(wall).toISOString().slice(0, 16).replaceAll(":", "").replaceAll("-", "");
  return `cuffwatch-alarms-${rows}-${day(from)}Z-${day(to)}Z.csv`;
};
