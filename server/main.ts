/** The composition root: the only place that builds the parts of the server and connects them. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import path from "node:path";
import { Server } from "socket.io";
import { z } from "zod";
import { type Epoch, epoch as epochOf } from "../shared/ids.ts";
import type { Moment } from "../shared/alarm/history.ts";
import type { Roster } from "../shared/plan/roster.ts";
import { allCuffs } from "../shared/session/cuffs.ts";
import type { GivenRoster } from "../shared/session/fact.ts";
import { isFresh } from "../shared/session/cuff-state.ts";
import { openAlarms, type State } from "../shared/engine.ts";
import type { Monotonic } from "../shared/units.ts";
import type { ScreenToServer, ServerToScreen } from "../shared/wire.ts";
import { createAlarmLog } from "./alarm-log.ts";
import type { Admission } from "./broker/admission.ts";
import type { Broker } from "./broker/broker.ts";
import { embeddedBroker } from "./broker/embedded.ts";
import { externalBroker } from "./broker/external.ts";
import { readClassFile } from "./class-file.ts";
import { startClock } from "./clock.ts";
import { asksForHelp, type Config, helpText, parseConfig } from "./config.ts";
import { embeddedAddresses, externalAddress } from "./cuffs/addresses.ts";
import { type CuffBook, openCuffBook, openCuffDesk, strangersOf } from "./cuffs/desk.ts";
import { mosquittoFiles } from "./cuffs/mosquitto.ts";
import { cuffRoutes } from "./cuffs/routes.ts";
import { cuffWelcome } from "./cuffs/welcome.ts";
import { alarmsRouter } from "./http/alarms.ts";
import { createApp } from "./http/app.ts";
import { type CuffCounts, type Health, healthOf } from "./http/health.ts";
import { isMeantForLoopback, isSameOrigin } from "./http/same-origin.ts";
import { createLog, type Log } from "./log.ts";
import type { Sockets } from "./push.ts";
import { importClass, importRoutes } from "./import-class.ts";
import type { Register } from "./register/register.ts";
import { createRejections } from "./rejections.ts";
import { restore } from "./restore.ts";
import { followRoster, readRoster } from "./roster.ts";
import { watched } from "./register/watched.ts";
import { recordWords } from "../shared/view/record-words.ts";
import { startSite } from "./site.ts";
import { openClinic } from "./records/clinic.ts";
import { recordRoutes } from "./records/routes.ts";
import { type Desk, openDesk } from "./desk/desk.ts";
import { classRoutes } from "./http/class.ts";
import { createRecorder } from "./store/recorder.ts";
import { openSqlite } from "./store/sqlite.ts";

const clientFolder = path.resolve(import.meta.dirname, "../client/dist");
/** The largest message that a screen may send, in bytes; a command is a few hundred. */
const largestFromScreen = 16 * 1024;

/** How many cuffs that are in no class `/healthz` names. */
const mostUnknown = 20;

/** Ends the start with sentences for the person who started it. */
class CannotStart extends Error {}

const start = async (config: Config): Promise<() => Promise<void>> => {
  const log = createLog(config.logLevel);
  const epoch = epochOf(randomUUID());
  const classFile = await classFileOf(config);
  const opened = await openSqlite({ folder: config.data });
  if (!opened.ok) throw new CannotStart(opened.error.detail);
  const store = opened.value;
  const [anchor, restored] = [await store.loadAnchor(), await restore(store, config.site)];
  if (!anchor.ok) throw new CannotStart(anchor.error.detail);
  if (!restored.ok) throw new CannotStart(restored.error.detail);
  const clock = startClock(anchor.value);
  if (classFile !== null) {
    const imported = await importClass(store.register, classFile.file, clock.wall());
    if (!imported.ok) throw new CannotStart(imported.detail);
  }
  const known = await readRoster(store.register);
  if (!known.ok) throw new CannotStart(known.error.detail);
  // Without a class file whoever was in the class when the server ended is still there.
  const roster: GivenRoster = { ...known.value, stations: classFile?.roster.stations ?? "keep" };
  const recorder = createRecorder({ store, anchor: () => ({ ...clock.alive(), epoch }) });
  const rejections = createRejections(log, clock.now);
  const register = watched(
    store.register,
    followRoster(known.value, {
      register: store.register,
      changed: (changed) => site.takeRoster({ ...changed, stations: "keep" }),
      failed: (error) => log.error({ error: error.detail }, recordWords.rosterStale),
    }),
  );
  const book = await cuffBookOf(config, { register, now: clock.now, log });
  const broker = brokerOf(config, epoch, book.gate);
  const http = createServer();
  const sockets = socketsOf(http, config);
  const clinic = openClinic({
    ...{ register, wall: clock.wall },
    isInUse: (kind, id) => desk.isInUse(kind, id),
  });
  const desk: Desk = openDesk({
    ...{ clinic, store, log },
    stored: () => recorder.stored(),
    state: () => site.floor.state,
  });
  const site = startSite({
    ...{ config, epoch, clock, roster, recorder, broker, sockets, rejections, log },
    build: buildOf(clientFolder),
    state: restored.value.state,
    seat: desk.seat,
    told: (facts, state) => book.lops.take(facts, state, clock.wall()),
    finished: (told) => void desk.sessions.finished(told),
  });
  const health = (): Health =>
    healthOf({
      broker: { ...broker.state(), ...broker.figures() },
      heartbeatAge: site.floor.sinceBeat,
      recorder: recorder.health(),
      cuffs: countsOf(site.floor.state, clock.now()),
      rejections: rejections.list(),
    });
  const now = (): Moment => ({ at: clock.now(), wall: clock.wall() });
  const alarms = alarmsRouter({
    alarms: createAlarmLog({ store, now, open: () => openAlarms(site.floor.state) }),
    wall: clock.wall,
    site: () => ({ recording: recorder.health().ok, simulated: isSimulated(config, site.floor.state) }),
    log,
  });
  let mqttPort = config.mqttPort;
  const cuffs = openCuffDesk({
    ...{ book, site: config.site, broker, embedded: config.mqttUrl === null, log },
    ...{ state: () => site.floor.state, now: clock.now, wall: clock.wall },
    addresses: () =>
      config.mqttUrl === null
        ? embeddedAddresses(config.mqttHost, mqttPort)
        : [externalAddress(config.mqttUrl)],
  });
  http.on(
    "request",
    createApp({
      ...{ health, alarms, clientFolder, loopbackOnly: !config.open },
      routes: [
        ...recordRoutes(clinic),
        ...importRoutes(clinic),
        ...cuffRoutes(cuffs.desk),
        ...classRoutes({ command: site.command, epoch, now: clock.now, state: () => site.floor.state }),
      ],
      who: () => ({ kind: "stranger" }),
    }),
  );

  await desk.sessions.makeGood();
  const stop = async (): Promise<void> => {
    desk.sessions.stop();
    await sockets.close();
    cuffs.stop();
    await site.stop();
  };
  const listening = await listen(http, broker, config).catch(async (error: unknown) => {
    await site.stop();
    throw error;
  });
  mqttPort = listening.mqttPort;
  log.info(
    { site: config.site, epoch, address: config.host, port: listening.httpPort },
    "screens are served",
  );
  for (const line of welcome(config, listening, site.floor.state.roster)) process.stderr.write(`${line}\n`);
  if (config.mqttUrl === null)
    for (const line of cuffWelcome(strangersOf(config), book.roll.paired()))
      process.stderr.write(`${line}\n`);
  process.send?.({ kind: "listening", httpHost: config.host, mqttHost: config.mqttHost, ...listening });
  return stop;
};

/** What whoever started the server wants to know first, beside the log; the demonstration says its own. */
const welcome = (config: Config, ports: Ports, { stations, basicCuffs }: Roster): readonly string[] => {
  const web = `http://${config.host}:${ports.httpPort}`;
  const worn = new Set(stations.flatMap((s) => s.cuffs.map((c) => c.cuff)));
  const moved = ports.httpPort !== config.httpPort && config.httpPort !== 0;
  return [
    ...(moved ? [`Port ${config.httpPort} is taken by another program, so the screens are at ${web}.`] : []),
    ...(config.demo ? [] : [`The wall is at ${web}/wall, the floor at ${web}/floor.`]),
    ...(stations.length > 0
      ? []
      : ["Nobody is in the class yet: start one on the floor, or name a class file with --class."]),
    ...basicCuffs
      .filter((b) => !worn.has(b.cuff))
      .map((b) => `The basic cuff ${b.cuff} is at no station of the class file: is its name right?`),
  ];
};

const classFileOf = async (config: Config) => {
  if (config.classFile === null) return null;
  const read = await readClassFile(config.classFile);
  if (!read.ok) throw new CannotStart(read.problems.join("\n"));
  return read;
};

const cuffBookOf = async (
  config: Config,
  parts: Readonly<{ register: Register; now: () => Monotonic; log: Log }>,
): Promise<CuffBook> => {
  const { site, data } = config;
  const address = config.mqttUrl === null ? "mqtt://127.0.0.1:1883" : externalAddress(config.mqttUrl);
  const files = mosquittoFiles({ data, site, address, log: parts.log });
  const opened = await openCuffBook({ ...parts, site, strangers: strangersOf(config), changed: files.write });
  if (!opened.ok) throw new CannotStart(opened.error.detail);
  return opened.value;
};

const brokerOf = (config: Config, epoch: Epoch, admission: Admission): Broker =>
  config.mqttUrl === null
    ? embeddedBroker({ host: config.mqttHost, port: config.mqttPort, orFree: config.demo, admission })
    : externalBroker({ url: config.mqttUrl, site: config.site, epoch });

const socketsOf = (http: HttpServer, config: Config): Sockets =>
  new Server<ScreenToServer, ServerToScreen>(http, {
    serveClient: false,
    maxHttpBufferSize: largestFromScreen,
    // A screen whose connection broke without a word counts as listening until it is found out.
    ...{ pingInterval: 5000, pingTimeout: 5000 },
    allowRequest: ({ headers }, done) =>
      done(null, isSameOrigin(headers) && (config.open || isMeantForLoopback(headers.host))),
  });

/** Which build of the screens is served; "dev" where none was built. */
const buildOf = (folder: string): string => {
  try {
    const build = z
      .object({ build: z.string() })
      .safeParse(JSON.parse(readFileSync(path.join(folder, "build.json"), "utf8")));
    return build.success ? build.data.build : "dev";
  } catch {
    return "dev";
  }
};

type Ports = Readonly<{ httpPort: number; mqttPort: number }>;

const listen = async (http: HttpServer, broker: Broker, config: Config): Promise<Ports> => {
  const httpPort = await listenHttp(http, config);
  const started = await broker.start();
  if (!started.ok) {
    http.close();
    throw new CannotStart(started.problem);
  }
  return { httpPort, mqttPort: started.port };
};

const listenHttp = async (http: HttpServer, { host, httpPort, demo }: Config): Promise<number> => {
  for (const port of demo ? [httpPort, 0] : [httpPort]) {
    http.listen(port, host);
    try {
      await once(http, "listening");
      const address = http.address();
      return typeof address === "object" && address !== null ? address.port : port;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (demo && code === "EADDRINUSE" && port !== 0) continue;
      throw new CannotStart(whyNotServed(code, host, port));
    }
  }
  throw new CannotStart(whyNotServed("", host, httpPort));
};

const whyNotServed = (code: string, host: string, port: number): string => {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program, so the screens cannot be served there. Stop that program, or choose another port with --http-port.`;
    case "EACCES":
      return `Port ${port} may not be used by this user. Choose one above 1023 with --http-port.`;
    default:
      return `The screens cannot be served at ${host}:${port} (${code}). --host takes an address of this machine.`;
  }
};

/** Whether any of this comes from a simulated cuff: then every page says so. */
const isSimulated = (config: Config, state: State): boolean =>
  config.demo || allCuffs(state.cuffs).some((c) => c.meta?.simulated === true);

const countsOf = (state: State, now: Monotonic): CuffCounts => {
  const cuffs = allCuffs(state.cuffs);
  const fresh = cuffs.filter((c) => isFresh(c, now));
  return {
    known: cuffs.length,
    live: fresh.length,
    inflated: cuffs.filter((c) => c.occlusion !== null).length,
    silent: cuffs.filter((c) => c.station !== null && !isFresh(c, now)).length,
    unknown: cuffs
      .filter((c) => c.station === null)
      .map((c) => c.cuff)
      .slice(0, mostUnknown),
  };
};

const complain = (...lines: readonly string[]): void => {
  process.stderr.write(`${lines.join("\n")}\n`);
};

const main = async (): Promise<void> => {
  const argv = process.argv.slice(2);
  if (asksForHelp(argv)) {
    process.stdout.write(`${helpText()}\n`);
    return;
  }
  const parsed = parseConfig(process.env, argv);
  if (!parsed.ok) {
    complain(...parsed.problems);
    process.exitCode = 2;
    return;
  }
  try {
    const stop = await start(parsed.config);
    let stopping = false;
    const end = (): void => {
      if (stopping) return;
      stopping = true;
      void stop().then(() => process.exit(0));
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
    // A demonstration that is gone leaves no server behind.
    process.on("disconnect", end);
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    complain(error.message);
    process.exit(2);
  }
};

await main();
