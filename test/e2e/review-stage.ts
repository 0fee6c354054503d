/** The pages of recordings over a class that was lived through in virtual time, from the containers that a server would give. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import helmet from "helmet";
import { scenarios } from "../../devices/scenarios.ts";
import { containerType } from "../../shared/recording/container.ts";
import { after, type Monotonic, type Millis, millis, minutes } from "../../shared/units.ts";
import { began, type LivedClass, livedClass } from "../support/lived-class.ts";
import { classRecordOf, packedClass, packedSession, recordOf, spanAt } from "../support/packed-recording.ts";

const dist = new URL("../../client/dist/", import.meta.url).pathname;

export type ReviewStage = Readonly<{
  url: string;
  /** The address of the session at a station; a class is at /classes/any. */
  session: (station: string) => string;
  /** From now on it is under way, and so much of it has passed; the rest passes while the test does. */
  run: (passed: Millis) => void;
  /** It is over. */
  finish: () => void;
  /** Answers nothing any more, or again. */
  mute: (muted: boolean) => void;
  close: () => Promise<void>;
}>;

export const liveClass = (patients: number, lasts: Millis, scenario = "demo"): LivedClass => {
  const simulated = scenarios[scenario]?.build({ patients, seed: 7, hz: 5, samples: 2 });
  if (simulated === undefined) throw new Error(`There is no scenario ${scenario}.`);
  return livedClass(simulated, lasts);
};

export const openReview = async (lived: LivedClass = liveClass(4, minutes(12))): Promise<ReviewStage> => {
  const app = express();
  app.use(helmet({ hsts: false }));
  let begun: Readonly<{ at: number; passed: Millis }> | null = null;
  let muted = false;
  const end = lived.lines.at(-1)?.at ?? began.at;
  const now = (): Monotonic => {
    if (begun === null) return end;
    const at = after(began.at, millis(Math.round(begun.passed + performance.now() - begun.at)));
    return at < end ? at : end;
  };
  const wanted = (query: unknown) => ({
    ...{ to: now(), running: begun !== null },
    ...(typeof query === "string" ? { after: Number(query) } : {}),
  });
  const entry = (id: string, body: object) => ({
    running: begun !== null,
    entry: { id, version: 1, at: Date.now(), by: "", body },
  });
  const spans = lived.end.class.seats.map((seat) => spanAt(lived, seat.station));
  const spanOf = (session: string) => spans.find((s) => s.session === session);
  app.use("/api", (request, _response, next) => {
    if (!muted) next();
    else request.socket.destroy();
  });
  app.get("/api/me", (_request, response) => {
    response.json({
      who: { kind: "staff", staff: "emily", name: "Emily", roles: ["physiotherapist"] },
      ...{ setUp: true, demo: false, simulated: false, unencrypted: false },
    });
  });
  app.get("/api/recordings/:id", ({ params: { id } }, response) => {
    const span = spanOf(id);
    if (span === undefined)
      response.status(404).json({ title: "Not Found", status: 404, detail: "There is none.", errors: [] });
    else response.json(entry(id, recordOf(lived, span, now())));
  });
  app.get("/api/recordings/:id/facts", ({ params: { id }, query }, response) => {
    const span = spanOf(id);
    if (span === undefined)
      response.status(404).json({ title: "Not Found", status: 404, detail: "There is none.", errors: [] });
    else response.type(containerType).send(Buffer.from(packedSession(lived, span, wanted(query["after"]))));
  });
  app.get("/api/classes/:id", ({ params: { id } }, response) => {
    response.json(entry(id, classRecordOf(lived, now())));
  });
  app.get("/api/classes/:id/facts", ({ query }, response) => {
    response.type(containerType).send(Buffer.from(packedClass(lived, wanted(query["after"]))));
  });
  app.use(express.static(dist, { index: false }));
  app.get(["/sessions/:id", "/classes/:id"], (_request, response) =>
    response.sendFile("index.html", { root: dist }),
  );
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    session: (station) => `${url}/sessions/${spanAt(lived, station).session}`,
    run: (passed) => (begun = { at: performance.now(), passed }),
    finish: () => (begun = null),
    mute: (now) => (muted = now),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
};
