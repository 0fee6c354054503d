/** The door of a server in this process, over a real register and real HTTP, at a time that the test says. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Router } from "express";
import { createDoor, type Door } from "../../server/auth/door.ts";
import { authRoutes } from "../../server/auth/routes.ts";
import { createApp } from "../../server/http/app.ts";
import type { Route } from "../../server/http/route.ts";
import { createLog } from "../../server/log.ts";
import type { Register } from "../../server/register/register.ts";
import { openSqlite } from "../../server/store/sqlite.ts";
import { monotonic, wallTime } from "../../shared/units.ts";
import { valueOf } from "../server/store/contract.ts";

export type OpenDoor = Readonly<{
  url: string;
  door: () => Door;
  register: () => Register;
  setupPath: () => string | null;
  /** Lets time pass, in milliseconds. */
  pass: (ms: number) => void;
  /** Every line that was logged. */
  logged: () => string;
  /** The server ends and starts again on the same register. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}>;

export const openDoor = async ({
  demo = false,
  secure = false,
  more = [],
}: Readonly<{ demo?: boolean; secure?: boolean; more?: readonly Route[] }> = {}): Promise<OpenDoor> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-door-"));
  let passed = 0;
  let logged = "";
  const log = createLog("trace", (line) => (logged += line));
  const open = async () => {
    const store = valueOf(await openSqlite({ folder }));
    const now = () => ({ at: monotonic(1000 + passed), wall: wallTime(1_800_000_000_000 + passed) });
    const door = valueOf(await createDoor({ register: store.register, now, demo, secure, log }));
    const app = createApp({
      health: () => {
        throw new Error("Nobody asks for it here.");
      },
      alarms: Router(),
      routes: [...authRoutes(door, () => ({ simulated: false, unencrypted: false })), ...more],
      who: (request) => door.who(request.headers, request.method !== "GET"),
      clientFolder: folder,
      loopbackOnly: true,
    });
    return { store, door, app };
  };
  let standing = await open();
  const server = http.createServer((request, response) => void standing.app(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async (): Promise<void> => {
    await standing.door.stop();
    await standing.store.close();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    door: () => standing.door,
    register: () => standing.store.register,
    setupPath: () => standing.door.setupLink()?.path ?? null,
    pass: (ms) => {
      passed += ms;
    },
    logged: () => logged,
    restart: async () => {
      await stop();
      standing = await open();
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
};
