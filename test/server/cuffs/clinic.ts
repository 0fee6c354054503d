/** The API of the cuffs with everything real behind it but the people: register, broker, engine, HTTP. */
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { Router } from "express";
import { embeddedBroker } from "../../../server/broker/embedded.ts";
import { embeddedAddresses } from "../../../server/cuffs/addresses.ts";
import { openCuffBook, openCuffDesk } from "../../../server/cuffs/desk.ts";
import type { Access, Strangers } from "../../../server/cuffs/gate.ts";
import { cuffRoutes } from "../../../server/cuffs/routes.ts";
import { createApp } from "../../../server/http/app.ts";
import { healthOf } from "../../../server/http/health.ts";
import { route } from "../../../server/http/route.ts";
import { createIngest } from "../../../server/ingest.ts";
import { createLog } from "../../../server/log.ts";
import { openSqlite } from "../../../server/store/sqlite.ts";
import { type Me, meSchema } from "../../../shared/clinic/api.ts";
import type { Principal } from "../../../shared/clinic/rights.ts";
import { type Input, newState, type State, step } from "../../../shared/engine.ts";
import { siteId, staffId } from "../../../shared/ids.ts";
import { millis, monotonic, wallTime } from "../../../shared/units.ts";
import { valueOf } from "../store/contract.ts";

const person = (role: "admin" | "physiotherapist" | "assistant"): Principal => ({
  ...{ kind: "staff", staff: staffId("emily"), name: "Emily", roles: [role] },
});

export type Reply = Readonly<{
  status: number;
  etag: string | null;
  body: Readonly<Record<string, unknown>>;
}>;

export type Clinic = Readonly<{
  url: string;
  mqttPort: number;
  /** Who asks from now on. */
  be: (who: "admin" | "physiotherapist" | "assistant" | "stranger") => void;
  ask: (method: string, at: string, body?: unknown, seen?: number) => Promise<Reply>;
  /** Does something to the floor, as a roster or an order does. */
  take: (input: Input) => void;
  state: () => State;
  /** What held after each change of the credentials, the last at the end. */
  held: readonly (readonly Access[])[];
  close: () => Promise<void>;
}>;

/** Where the built pages are, for tests that look at them. */
const clientFolder = path.resolve(import.meta.dirname, "../../../client/dist");

export const openClinic = async (strangers: Strangers = "until-paired"): Promise<Clinic> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-cuffs-"));
  const store = valueOf(await openSqlite({ folder }));
  const site = siteId("main");
  const log = createLog("silent");
  const now = () => monotonic(Math.floor(performance.now()));
  const wall = () => wallTime(Date.now());
  const held: (readonly Access[])[] = [];
  let who: Principal = person("admin");
  let state = newState(site);
  const book = valueOf(
    await openCuffBook({
      ...{ register: store.register, site, strangers, now, log, changed: (all) => held.push(all) },
    }),
  );
  const take = (input: Input): void => {
    const done = step(state, input);
    state = done.state;
    book.lops.take(done.facts, state, wall());
  };
  const broker = embeddedBroker({ host: "127.0.0.1", port: 0, admission: book.gate });
  const ingest = createIngest({
    ...{ site, now, take, basicCuffs: () => state.roster.basicCuffs },
    ...{ answered: () => undefined, reject: () => undefined },
    ...{ allow: () => true, knows: () => true, makeRoom: () => true },
  });
  broker.onMessage((topic, payload, retained) => ingest({ topic, payload, retained }));
  const started = await broker.start();
  if (!started.ok) throw new Error(started.problem);
  const { desk, stop } = openCuffDesk({
    ...{ book, site, broker, embedded: true, state: () => state, now, wall, log },
    addresses: () => embeddedAddresses("127.0.0.1", started.port),
  });
  const me = route({
    ...{ method: "get", path: "/api/me", what: "Who asks.", right: null, answer: meSchema },
    handle: () => Promise.resolve({ ok: true, body: meOf(who) }),
  });
  const app = createApp({
    ...{ alarms: Router(), clientFolder, loopbackOnly: true },
    health: () =>
      healthOf({
        broker: { ...broker.state(), ...broker.figures() },
        heartbeatAge: millis(0),
        recorder: { ok: true, pending: 0, dropped: 0, lastError: null },
        damaged: 0,
        cuffs: { known: 0, live: 0, inflated: 0, silent: 0, unknown: [] },
        rejections: [],
      }),
    routes: [me, ...cuffRoutes(desk)],
    who: () => who,
  });
  const http = createServer(app);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    ...{ url, mqttPort: started.port, take, held, state: () => state },
    be: (next) => (who = next === "stranger" ? { kind: "stranger" } : person(next)),
    ask: async (method, at, body, seen) => {
      const response = await fetch(url + at, {
        method,
        headers: {
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(seen === undefined ? {} : { "If-Match": `"${seen}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        etag: response.headers.get("etag"),
        body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
      };
    },
    close: async () => {
      http.close();
      http.closeAllConnections();
      stop();
      await broker.stop();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};

const meOf = (who: Principal): Me => ({
  who: who.kind === "staff" ? { ...who, roles: [...who.roles] } : who,
  ...{ setUp: true, demo: false, simulated: false, unencrypted: false },
});
