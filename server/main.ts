/** The composition root: the only place that builds the parts of the server and connects them. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import path from "node:path";
import type { Request } from "express";
import { epoch as epochOf } from "../shared/ids.ts";
import type { Moment } from "../shared/alarm/history.ts";
import type { Principal } from "../shared/clinic/rights.ts";
import type { GivenRoster } from "../shared/session/fact.ts";
import { openAlarms, type State } from "../shared/engine.ts";
import { createAlarmLog } from "./alarm-log.ts";
import { admitDemoStaff } from "./auth/demo.ts";
import { authRoutes } from "./auth/routes.ts";
import { guardSockets } from "./auth/sockets.ts";
import { eraseAgain } from "./erasure/erase.ts";
import { openLedger } from "./erasure/ledger.ts";
import { startRetention } from "./erasure/retention.ts";
import { erasureRoutes } from "./erasure/routes.ts";
import { startClock } from "./clock.ts";
import { asksForHelp, type Config, helpText, isLoopback, parseConfig, plainMqttHost } from "./config.ts";
import { countsOf, isSimulated } from "./cuff-counts.ts";
import { brokerAddresses } from "./cuffs/addresses.ts";
import { openCuffDesk, strangersOf } from "./cuffs/desk.ts";
import { cuffRoutes } from "./cuffs/routes.ts";
import { cuffWelcome } from "./cuffs/welcome.ts";
import { alarmsRouter } from "./http/alarms.ts";
import { createApp } from "./http/app.ts";
import { buildOf } from "./http/build.ts";
import { type Health, healthOf } from "./http/health.ts";
import { openApiRoutes } from "./http/openapi.ts";
import { CannotStart, listen, type Ports } from "./listen.ts";
import { createLog } from "./log.ts";
import { prepareDemoPatients } from "./demo-patients.ts";
import { hearHistory } from "./history/channel.ts";
import { takeIn } from "./history/take.ts";
import { importClass, importRoutes } from "./import-class.ts";
import { brokerOf, classFileOf, complain, cuffBookOf, doorOf, socketsOf, tlsOf } from "./parts.ts";
import { openRecordings } from "./recordings/open.ts";
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
import { damageLog } from "./store/damage-log.ts";
import { startPacker } from "./store/packer.ts";
import { openSqlite } from "./store/sqlite.ts";
import { isUnencrypted, wayIn, webAddress, welcome } from "./welcome.ts";

const clientFolder = path.resolve(import.meta.dirname, "../client/dist");
const start = async (config: Config): Promise<() => Promise<void>> => {
  const log = createLog(config.logLevel);
  const tls = tlsOf(config);
  const epoch = epochOf(randomUUID());
  const classFile = await classFileOf(config);
  const opened = await openSqlite({ folder: config.data, site: config.site, damaged: damageLog(log) });
  if (!opened.ok) throw new CannotStart(opened.error.detail);
  const store = opened.value;
  const erasing = { register: store.register, recordings: store, ledger: openLedger(config.data) };
  // Before anything is folded: a backup that was put back may hold somebody who was erased since.
  const erased = await eraseAgain(erasing);
  if (!erased.ok) throw new CannotStart(erased.error.detail);
  const { erased: again, unscrubbed } = erased.value;
  if (again > 0) log.warn({ count: again }, "patients who had been erased are erased again");
  // Nothing of them can be read any more, and whoever waits for the floor must not wait for this.
  if (unscrubbed !== null) log.error({ error: unscrubbed }, "what was erased is not overwritten yet");
  const [anchor, restored] = [await store.loadAnchor(), await restore(store, config.site)];
  if (!anchor.ok) throw new CannotStart(anchor.error.detail);
  if (!restored.ok) throw new CannotStart(restored.error.detail);
  const clock = startClock(anchor.value);
  const now = (): Moment => ({ at: clock.now(), wall: clock.wall() });
  if (classFile !== null) {
    const admitted = config.demo
      ? await admitDemoStaff(store.register, classFile.roster, clock.wall())
      : null;
    if (admitted?.ok === false) throw new CannotStart(admitted.error.detail);
    const imported = await importClass(store.register, classFile.file, clock.wall());
    if (!imported.ok) throw new CannotStart(imported.detail);
    if (config.demo) {
      const writer = { by: classFile.roster.staff[0]?.name ?? "demo", at: clock.wall() };
      const prepared = await prepareDemoPatients(store.register, imported.imported.made, writer);
      if (!prepared.ok) throw new CannotStart(prepared.error.detail);
    }
  }
  const known = await readRoster(store.register);
  if (!known.ok) throw new CannotStart(known.error.detail);
  // Without a class file whoever was in the class when the server ended is still there.
  const roster: GivenRoster = { ...known.value, stations: classFile?.roster.stations ?? "keep" };
  const recorder = createRecorder({ store, anchor: () => ({ ...clock.alive(), epoch }) });
  const rejections = createRejections(log, clock.now);
  const tellFloor = followRoster(known.value, {
    register: store.register,
    changed: (changed) => site.takeRoster({ ...changed, stations: "keep" }),
    failed: (error) => log.error({ error: error.detail }, recordWords.rosterStale),
  });
  const register = watched(store.register, tellFloor);
  const book = await cuffBookOf(config, { register, now: clock.now, log });
  const door = await doorOf({ register, now, demo: config.demo, secure: tls !== null, log });
  const broker = brokerOf(config, { epoch, admission: book.gate, tls });
  const http = tls === null ? createServer() : createSecureServer(tls);
  const sockets = socketsOf(http, config);
  guardSockets(sockets, door);
  const clinic = openClinic({
    // Who works here can be changed by a class file too.
    register: watched(register, (kinds) => kinds.has("staff") && void door.staffChanged()),
    wall: clock.wall,
    isInUse: (kind, id) => desk.isInUse(kind, id) || recordings.isInUse(kind, id),
  });
  const recordings = openRecordings({
    ...{ clinic, store, log, site: config.site, now: clock.now, erased: () => erasing.ledger.all() },
    stored: () => recorder.stored(),
    start: restored.value.state.class,
  });
  const desk: Desk = openDesk({
    ...{ clinic, store, log },
    stored: () => recorder.stored(),
    state: () => site.floor.state,
  });
  const site = startSite({
    ...{ config, epoch, clock, roster, recorder, broker, sockets, rejections, log },
    who: door.at,
    build: buildOf(clientFolder),
    state: restored.value.state,
    seat: desk.seat,
    swap: desk.swap,
    told: (facts, state, wall) => {
      book.lops.take(facts, state, clock.wall());
      recordings.told(facts, wall);
    },
    finished: (told) => void desk.sessions.finished(told),
  });
  const health = (): Health =>
    healthOf({
      broker: { ...broker.state(), ...broker.figures() },
      heartbeatAge: site.floor.sinceBeat,
      recorder: recorder.health(),
      damaged: store.damage().length,
      cuffs: countsOf(site.floor.state, clock.now()),
      rejections: rejections.list(),
    });
  const who = (request: Request): Principal =>
    door.who(request.headers, request.method !== "GET" || request.path === "/api/me");
  const simulated = (): boolean => isSimulated(config, site.floor.state);
  const alarms = alarmsRouter({
    alarms: createAlarmLog({ store, now, open: () => openAlarms(site.floor.state) }),
    wall: clock.wall,
    site: () => ({ recording: recorder.health().ok, simulated: simulated() }),
    ...{ who, log },
  });
  let ports: Ports = { ...config, mqttsPort: null };
  const cuffs = openCuffDesk({
    ...{ book, site: config.site, broker, embedded: config.mqttUrl === null, log },
    ...{ state: () => site.floor.state, now: clock.now, wall: clock.wall },
    addresses: () => brokerAddresses(config, ports),
  });
  http.on(
    "request",
    createApp({
      ...{ health, alarms, clientFolder, loopbackOnly: isLoopback(config.host) },
      routes: openApiRoutes([
        ...authRoutes(door, () => ({ simulated: simulated(), unencrypted: isUnencrypted(config) })),
        ...recordRoutes(clinic),
        ...recordings.routes,
        ...erasureRoutes({
          ...{ ...erasing, register, clinic, state: () => site.floor.state },
          checkpoint: site.checkpoint,
        }),
        ...importRoutes(clinic, cuffs.desk.wrote),
        ...cuffRoutes(cuffs.desk),
        ...classRoutes({ command: site.command, epoch, now: clock.now, state: () => site.floor.state }),
      ]),
      who,
    }),
  );

  await desk.sessions.makeGood();
  const state = (): State => site.floor.state;
  const stopPacking = startPacker({ store, recorder, log, now: clock.now, state });
  // The screens need not wait for it.
  void recordings.makeGood();
  const stopRetention = startRetention({ clinic, recordings: store, state, log });
  const stop = async (): Promise<void> => {
    stopRetention();
    stopPacking();
    desk.sessions.stop();
    recordings.stop();
    await sockets.close();
    cuffs.stop();
    await door.stop();
    await site.stop();
  };
  ports = await listen(http, broker, config).catch(async (error: unknown) => {
    await site.stop();
    throw error;
  });
  log.info({ site: config.site, epoch, address: config.host, port: ports.httpPort }, "screens are served");
  const setupPath = door.setupLink()?.path ?? null;
  complain(...welcome({ config, ports, roster: site.floor.state.roster }));
  if (config.mqttUrl === null) complain(...cuffWelcome(strangersOf(config), book.roll.paired()));
  complain(...wayIn({ config, ports, setupPath }));
  process.send?.({
    ...{ kind: "listening", mqttHost: plainMqttHost(config), ...ports },
    ...{ web: webAddress(config, ports.httpPort), setupPath },
  });
  if (config.demo && classFile !== null)
    hearHistory(process, classFile.file, {
      ...{ at: clock.wall(), log },
      take: (parcel) => takeIn({ clinic, store }, parcel),
    });
  return stop;
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
