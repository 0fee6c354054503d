/** Routes of the API over real HTTP, on a register of their own in SQLite. Whoever asks is whoever the test says. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { Router } from "express";
import { createApp } from "../../server/http/app.ts";
import type { Route } from "../../server/http/route.ts";
import type { Register } from "../../server/register/register.ts";
import { openSqlite, type SqliteStore } from "../../server/store/sqlite.ts";
import type { Principal, Role } from "../../shared/clinic/rights.ts";
import { staffId } from "../../shared/ids.ts";
import { healthOf } from "../../server/http/health.ts";
import { millis } from "../../shared/units.ts";

export type Reply = Readonly<{
  status: number;
  etag: string | null;
  type: string;
  /** What came back as JSON; the test says what it must be. */
  body: unknown;
}>;
export type Question = Readonly<{
  body?: unknown;
  seen?: number;
  headers?: Readonly<Record<string, string>>;
}>;

export type Api = Readonly<{
  register: Register;
  url: string;
  /** Where the store keeps its files. */
  folder: string;
  /** Who asks from now on. */
  as: (who: Principal) => void;
  ask: (method: string, address: string, question?: Question) => Promise<Reply>;
  end: () => Promise<void>;
}>;

/** Somebody of the staff with these roles. */
export const signedIn = (name: string, ...roles: readonly Role[]): Principal => ({
  ...{ kind: "staff", staff: staffId(name.toLowerCase()), name, roles },
});
export const stranger: Principal = { kind: "stranger" };

/** Begins with a physiotherapist who is an administrator too. */
export const startApi = async (
  routesOf: (register: Register, store: SqliteStore) => readonly Route[],
  /** Where the screens are, for a test that looks at them. */
  screens?: string,
): Promise<Api> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-api-"));
  const opened = await openSqlite({ folder });
  if (!opened.ok) throw new Error(opened.error.detail);
  const { register } = opened.value;
  let who = signedIn("Emily", "physiotherapist", "admin");
  const server = http.createServer(
    createApp({
      health: () => healthOf(idle),
      alarms: Router(),
      routes: routesOf(register, opened.value),
      who: () => who,
      clientFolder: screens ?? folder,
      loopbackOnly: true,
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    register,
    ...{ url, folder },
    as: (next) => (who = next),
    ask: async (method, at, { body, seen, headers = {} } = {}) => {
      const response = await fetch(`${url}${at}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(seen === undefined ? {} : { "If-Match": `"${seen}"` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const said = await response.text();
      return {
        status: response.status,
        etag: response.headers.get("etag"),
        type: response.headers.get("content-type") ?? "",
        body: said === "" ? undefined : (JSON.parse(said) as unknown),
      };
    },
    end: async () => {
      server.close();
      server.closeAllConnections();
      await opened.value.close();
      rmSync(folder, { recursive: true });
    },
  };
};

const idle: Parameters<typeof healthOf>[0] = {
  broker: { kind: "up", detail: "", dropped: 0, refused: 0, turnedAway: 0, oversized: 0, clients: 0 },
  heartbeatAge: millis(0),
  recorder: { ok: true, pending: 0, dropped: 0, lastError: null },
  damaged: 0,
  cuffs: { known: 0, live: 0, inflated: 0, silent: 0, unknown: [] },
  rejections: [],
};
