/** The door of the server: who is let in, by which browser, and when that ends. */
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Moment } from "../../shared/alarm/history.ts";
import type { Principal } from "../../shared/clinic/rights.ts";
import type { Staff } from "../../shared/clinic/staff.ts";
import { deviceId } from "../../shared/ids.ts";
import { doorWords as words } from "../../shared/view/door-words.ts";
import type { Log } from "../log.ts";
import type { Entry, Register, Written } from "../register/register.ts";
import type { StoreResult } from "../store/store.ts";
import { createSecrets, type Secrets } from "./argon.ts";
import { type Browsers, type Caller, createBrowsers, demoDevice } from "./browsers.ts";
import { type Cookies, createCookies } from "./cookies.ts";
import { type Ledger, loadLedger } from "./ledger.ts";
import { createPairings, type Pairings } from "./pairings.ts";
import { createPeople, type People } from "./people.ts";
import { createSetupLink, type SetupLink } from "./setup-link.ts";
import type { Pending } from "./shelf.ts";
import { digestOf, newToken } from "./tokens.ts";
import { createTries, type Tries } from "./tries.ts";

export type DoorOptions = Readonly<{
  register: Register;
  now: () => Moment;
  /** Every unknown browser counts as a tablet of the clinic. */
  demo: boolean;
  /** The screens are served over TLS. */
  secure: boolean;
  log: Log;
}>;

/** Told whose connections are to end at once. */
export type ShutOut = (concerns: (caller: Caller) => boolean) => void;

export type Door = Readonly<{
  demo: boolean;
  now: () => Moment;
  ledger: Ledger;
  people: People;
  secrets: Secrets;
  pairings: Pairings;
  cookies: Cookies;
  tries: Tries;
  /** Null once somebody can sign in. */
  setupLink: () => SetupLink | null;

  caller: Browsers["caller"];
  /** Who a caller is at this moment. `use`: a person does this, so their sign-in goes on. */
  whoIs: (caller: Caller, use: boolean) => Principal;
  /** Who asks over HTTP. */
  who: (headers: IncomingHttpHeaders, use: boolean) => Principal;
  /** Who is at the other end of a connection, asked anew at each thing that it asks for. */
  at: (headers: IncomingHttpHeaders) => (use: boolean) => Principal;
  /** Calls back whenever somebody's connections have to end. Gives back how to stop. */
  onShutOut: (listener: ShutOut) => () => void;

  /** Signs somebody in on a browser, which is a known tablet from then on. To be called while nothing else is written. */
  letIn: (
    caller: Caller,
    person: Pick<Entry<Staff>, "id" | "body">,
    more?: readonly Pending[],
  ) => Promise<StoreResult<LetIn>>;
  /** Ends the sign-in of a browser, which stays a known tablet. */
  lock: (caller: Caller) => Promise<readonly string[]>;
  /** Ends it and the browser's connections; `forget`: it is no tablet of the clinic any more. */
  signOut: (caller: Caller, forget: boolean) => Promise<readonly string[]>;
  /** Shuts a device out; false where that could not be written down, so that it holds until a restart only. */
  revoke: (device: string, by: string) => Promise<boolean>;
  /** Ends the sign-ins of a person, but for the one in this browser. */
  endSignIns: (staff: string, by: string, but?: Caller) => Promise<void>;
  /** To be called where others have written who works here. */
  staffChanged: () => Promise<void>;
  /** Resolves once everything is written down. */
  stop: () => Promise<void>;
}>;

export type LetIn = Readonly<{ written: Written; cookies: readonly string[]; caller: Caller }>;

/** How long a page has to open a new connection after somebody has signed in, before its old one is ended, in milliseconds. */
const renewWithin = 1500;

/** Opens the door, or says why the register cannot be read. */
export const createDoor = async (options: DoorOptions): Promise<StoreResult<Door>> => {
  const { register, now, demo, secure, log } = options;
  const loaded = await loadLedger(register);
  if (!loaded.ok) return loaded;
  const ledger = loaded.value;
  const { signIns, devices } = ledger;
  const people = createPeople(ledger.staff, ledger.secrets);
  const cookies = createCookies({ secure, apart: demo });
  const browsers = createBrowsers(ledger, { people, cookies, now, demo, log });
  const listeners = new Set<ShutOut>();
  const link = createSetupLink();

  const shutOut: ShutOut = (concerns) => {
    for (const listener of listeners) listener(concerns);
  };
  const writer = (by: string) => ({ by, at: now().wall });
  /** Sign-ins are over at once, and then in the register; whether that went well. */
  const endAll = (
    ids: { signIns: readonly string[]; devices: readonly string[] },
    by: string,
  ): Promise<boolean> => {
    browsers.end([...ids.signIns, ...ids.devices]);
    return ledger.alone(async () => {
      const gone = [
        ...ids.signIns.filter((id) => signIns.get(id)).map((id) => signIns.remove(id, writer(by))),
        ...ids.devices.filter((id) => devices.get(id)).map((id) => devices.remove(id, writer(by))),
      ];
      if (gone.length === 0) return true;
      const written = await ledger.write(gone);
      if (!written.ok)
        log.warn({ error: written.error.detail }, "who was shut out is so until the next restart only");
      return written.ok;
    });
  };
  const nameOf = (caller: Caller): string => {
    const known = caller.signIn === null ? undefined : signIns.get(caller.signIn);
    return (known === undefined ? undefined : people.get(known.body.staff)?.body.name) ?? "";
  };
  /** The tablet that a browser is: by its cookie, or as the one on which it is signed in. */
  const tabletOf = (caller: Caller): string | null => {
    const signedInOn = caller.signIn === null ? undefined : signIns.get(caller.signIn)?.body.device;
    const id = caller.device ?? signedInOn ?? null;
    if (id === null || (demo && id === demoDevice)) return id;
    return browsers.device(id)?.body.kind === "tablet" ? id : null;
  };

  const letIn: Door["letIn"] = async (caller, { id: staff, body }, more = []) => {
    const [token, deviceToken] = [newToken(), newToken()];
    const digest = digestOf(token);
    const tablet = tabletOf(caller);
    const device = tablet ?? randomUUID();
    const by = writer(body.name);
    const over = browsers
      .lapsed()
      .concat(caller.signIn === null ? [] : (signIns.get(caller.signIn) ?? []))
      .map(({ id }) => id);
    // A wall on which somebody signs in is a wall no longer.
    const wall = caller.device !== null && tablet === null ? devices.get(caller.device) : undefined;
    const written = await ledger.write([
      ...more,
      ...(tablet === null
        ? [
            devices.put(
              device,
              { name: words.tabletOf(body.name), kind: "tablet", digest: digestOf(deviceToken) },
              by,
            ),
          ]
        : []),
      signIns.put(digest, { staff, device, usedAt: by.at }, by),
      ...[...new Set(over)].map((id) => signIns.remove(id, by)),
      ...(wall === undefined ? [] : [devices.remove(wall.id, by)]),
    ]);
    if (!written.ok) return written;
    const given = [
      cookies.give("sign-in", token),
      ...(tablet === null ? [cookies.give("device", deviceToken)] : []),
    ];
    if (written.value.is === "written") {
      browsers.end([...over, ...(wall === undefined ? [] : [wall.id])]);
      // Another page of this browser goes on with the sign-in of before, and would be recorded as nobody's.
      setTimeout(
        () => shutOut((c) => c.signIn !== digest && c.device === device && device !== demoDevice),
        renewWithin,
      ).unref();
    }
    const session = {
      signIn: digest,
      device: browsers.device(device) === undefined ? caller.device : deviceId(device),
    };
    return { ok: true, value: { written: written.value, cookies: given, caller: session } };
  };

  return {
    ok: true,
    value: {
      ...{ demo, now, ledger, people, cookies, letIn },
      ...{ secrets: createSecrets(), pairings: createPairings(), tries: createTries({ demo }) },
      setupLink: () => (people.anybodyWith("password") || (demo && people.anybodyWith("pin")) ? null : link),
      caller: browsers.caller,
      whoIs: browsers.who,
      who: (headers, use) => browsers.who(browsers.caller(headers), use),
      at: (headers) => {
        const caller = browsers.caller(headers);
        return (use) => browsers.who(caller, use);
      },
      onShutOut: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      lock: async (caller) => {
        if (caller.signIn !== null) await endAll({ signIns: [caller.signIn], devices: [] }, nameOf(caller));
        return [cookies.take("sign-in")];
      },
      signOut: async (caller, forget) => {
        const by = nameOf(caller);
        const tablet = forget && caller.device !== demoDevice ? tabletOf(caller) : null;
        const ending = endAll(
          {
            signIns: caller.signIn === null ? [] : [caller.signIn],
            devices: tablet === null ? [] : [tablet],
          },
          by,
        );
        shutOut(
          (c) =>
            (caller.signIn !== null && c.signIn === caller.signIn) ||
            (caller.device !== null && c.device === caller.device && c.device !== demoDevice),
        );
        await ending;
        return [cookies.take("sign-in"), ...(tablet === null ? [] : [cookies.take("device")])];
      },
      revoke: async (device, by) => {
        const there = signIns.all().filter(({ body }) => body.device === device);
        const ids = new Set(there.map(({ id }) => id));
        const ending = endAll({ signIns: [...ids], devices: [device] }, by);
        shutOut((c) => c.device === device || (c.signIn !== null && ids.has(c.signIn)));
        return ending;
      },
      endSignIns: async (staff, by, but) => {
        const theirs = signIns.all().filter(({ id, body }) => body.staff === staff && id !== but?.signIn);
        await endAll({ signIns: theirs.map(({ id }) => id), devices: [] }, by);
      },
      staffChanged: () =>
        ledger.alone(async () => {
          const read = await ledger.staff.reread();
          if (!read.ok) log.error({ error: read.error.detail }, "the staff could not be read anew");
        }),
      stop: ledger.settled,
    },
  };
};
