/** What the server says over HTTP: the screens' files, `/healthz`, and what its parts answer under `/api`. */
import { existsSync } from "node:fs";
import path from "node:path";
import compression from "compression";
import express, { type Express, type NextFunction, type Request, type Response, Router } from "express";
import helmet from "helmet";
import type { Principal } from "../../shared/clinic/rights.ts";
import { type Health, withoutNames } from "./health.ts";
import { sendProblem } from "./problem.ts";
import { type Route, routesRouter } from "./route.ts";
import { isMeantForLoopback } from "./same-origin.ts";

export type AppOptions = Readonly<{
  /** Asked at each request of `/healthz`. */
  health: () => Health;
  /** The log of the alarms. */
  alarms: Router;
  /** Everything else under `/api`. */
  routes: readonly Route[];
  /** Who asks. */
  who: (request: Request) => Principal;
  /** What Vite has built: `index.html`, and `assets/` with a hash in each name. */
  clientFolder: string;
  /** Refuse requests that were meant for another host: true while the server listens on loopback alone. */
  loopbackOnly: boolean;
}>;

/** The screens, each at its own address in one page. */
const screens = [
  ...["/", "/wall", "/floor", "/alarms", "/sign-in", "/setup", "/setup/:part"],
  ...["/patients", "/patients/:id", "/plans", "/plans/:id", "/cuffs", "/follow-up"],
  ...["/sessions", "/sessions/:id", "/classes", "/classes/:id"],
  ...["/sessions/:id/report", "/patients/:id/progress", "/summary"],
];

export const createApp = ({
  health,
  alarms,
  routes,
  who,
  clientFolder,
  loopbackOnly,
}: AppOptions): Express => {
  const app = express();
  app.disable("x-powered-by");
  app.use(security);
  if (loopbackOnly)
    app.use((request, response, next) => {
      if (isMeantForLoopback(request.headers.host)) next();
      else
        sendProblem(
          response,
          403,
          "This server speaks to its own machine only, as localhost. Start it with --host 0.0.0.0 to let others in.",
        );
    });
  // A wall on a slow radio link shows its first tile a second sooner.
  app.use(compression());
  app.use(healthRouter(health, who));
  app.use(alarms);
  app.use(routesRouter(routes, who));
  app.use(screensRouter(clientFolder));
  app.use((request: Request, response: Response) =>
    sendProblem(response, 404, `There is nothing at ${request.path}.`),
  );
  app.use(failed);
  return app;
};

/**
 * Everything comes from this server and nothing is evaluated. `connect-src 'self'` covers the WebSocket of the same
 * host (CSP 3). Nothing asks for HTTPS: in a clinic's own network there may be none.
 */
const security = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
      imgSrc: ["'self'", "data:"],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'"],
    },
  },
  // Browsers heed these over HTTPS only, and complain of them elsewhere.
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
});

/** Anybody may ask whether all is well; the names of cuffs, and what they were refused for, are for those whom the clinic knows. */
const healthRouter = (health: () => Health, who: AppOptions["who"]): Router =>
  Router().get("/healthz", (request, response) => {
    const now = who(request).kind === "stranger" ? withoutNames(health()) : health();
    response
      .status(now.ok ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json(now);
  });

const screensRouter = (clientFolder: string): Router => {
  const router = Router();
  router.use(
    express.static(clientFolder, {
      index: false,
      redirect: false,
      setHeaders: (response, file) => {
        const hashed = path.relative(clientFolder, file).startsWith(`assets${path.sep}`);
        response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  router.get(screens, (_request, response) => {
    if (existsSync(path.join(clientFolder, "index.html")))
      response.sendFile("index.html", { root: clientFolder, headers: { "Cache-Control": "no-cache" } });
    else sendProblem(response, 503, "The screens have not been built. Run npm run build.");
  });
  return router;
};

/** Four parameters make it an error handler, also where the last one is not used. */
const failed = (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
  if (response.headersSent) return next(error);
  const status = statusOf(error);
  sendProblem(
    response,
    status,
    status < 500 ? "The request cannot be understood." : "The server failed to answer. Its log may say why.",
  );
};

const statusOf = (error: unknown): number =>
  error instanceof Error && "status" in error && typeof error.status === "number" && error.status >= 400
    ? error.status
    : 500;
