/**
 * Who asks, by what its browser shows: a device that the clinic knows, and somebody who is signed in on it. Asked anew at every request
 * and every command, from memory.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Moment } from "../../shared/alarm/history.ts";
import type { Principal } from "../../shared/clinic/rights.ts";
import { type DeviceId, deviceId, staffId } from "../../shared/ids.ts";
import type { Log } from "../log.ts";
import type { Entry } from "../register/register.ts";
import type { Cookies } from "./cookies.ts";
import type { KnownDevice, SignIn } from "./kinds.ts";
import type { Ledger } from "./ledger.ts";
import type { People } from "./people.ts";
import { digestOf } from "./tokens.ts";

/** What a browser has shown: a device, known or not any more, and the digest of its sign-in. */
export type Caller = Readonly<{ device: DeviceId | null; signIn: string | null }>;

export type Browsers = Readonly<{
  caller: (headers: IncomingHttpHeaders) => Caller;
  /** Who that is now. `use`: this is something that a person does, so their sign-in goes on. */
  who: (caller: Caller, use: boolean) => Principal;
  /** Sign-ins and devices that are no longer to be believed, from this moment on; their records follow. */
  end: (ids: readonly string[]) => void;
  /** Sign-ins that nobody can use any more. */
  lapsed: () => readonly Entry<SignIn>[];
  /** The device of this id, if it is still known. */
  device: (id: string) => Entry<KnownDevice> | undefined;
}>;

/** Stands for every browser of a demonstration, where nobody has to be let in. */
export const demoDevice = deviceId("demo");

/** A sign-in that nobody has used for this long ends, in milliseconds. */
export const idleFor = 12 * 3_600_000;
/** That it was used is written down this often: a restart ends it earlier by so much at most, in milliseconds. */
const notedEvery = 30 * 60_000;

export const createBrowsers = (
  ledger: Ledger,
  {
    people,
    cookies,
    now,
    demo,
    log,
  }: Readonly<{
    people: People;
    cookies: Cookies;
    now: () => Moment;
    demo: boolean;
    log: Log;
  }>,
): Browsers => {
  const ended = new Set<string>();
  const usedAt = new Map<string, number>();
  const noting = new Set<string>();

  const device = (id: string): Entry<KnownDevice> | undefined =>
    ended.has(id) ? undefined : ledger.devices.get(id);
  const isThere = (id: string): boolean => (demo && id === demoDevice) || device(id)?.body.kind === "tablet";
  const signIn = (digest: string): Entry<SignIn> | undefined => {
    const known = ended.has(digest) ? undefined : ledger.signIns.get(digest);
    return known !== undefined && !isIdle(known) && isThere(known.body.device) ? known : undefined;
  };
  const isIdle = ({ id, body }: Entry<SignIn>): boolean =>
    now().wall - Math.max(body.usedAt, usedAt.get(id) ?? 0) > idleFor;

  const used = ({ id, body }: Entry<SignIn>): void => {
    const { wall } = now();
    usedAt.set(id, wall);
    if (wall - body.usedAt < notedEvery || noting.has(id)) return;
    noting.add(id);
    void ledger
      .alone(async () => {
        const standing = ended.has(id) ? undefined : ledger.signIns.get(id);
        if (standing === undefined) return;
        const by = people.get(body.staff)?.body.name ?? "";
        const written = await ledger.write([
          ledger.signIns.put(id, { ...standing.body, usedAt: wall }, { by, at: wall }),
        ]);
        if (!written.ok)
          log.warn({ error: written.error.detail }, "the use of a sign-in could not be stored");
      })
      .finally(() => noting.delete(id));
  };

  return {
    caller: ({ cookie }) => {
      const [token, deviceToken] = [cookies.read(cookie, "sign-in"), cookies.read(cookie, "device")];
      const digest = token === null ? null : digestOf(token);
      const deviceDigest = deviceToken === null ? null : digestOf(deviceToken);
      const shown = ledger.devices.all().find(({ body }) => body.digest === deviceDigest);
      const known = shown !== undefined && !ended.has(shown.id) ? deviceId(shown.id) : null;
      return { signIn: digest, device: known ?? (demo ? demoDevice : null) };
    },
    who: (caller, use) => {
      const known = caller.signIn === null ? undefined : signIn(caller.signIn);
      const person = known === undefined ? undefined : people.get(known.body.staff);
      if (known !== undefined && person?.body.active === true) {
        if (use) used(known);
        const { name, roles } = person.body;
        return { kind: "staff", staff: staffId(person.id), name, roles };
      }
      if (caller.device === null) return { kind: "stranger" };
      if (demo && caller.device === demoDevice) return { kind: "tablet", device: demoDevice };
      const kind = device(caller.device)?.body.kind;
      return kind === undefined ? { kind: "stranger" } : { kind, device: caller.device };
    },
    end: (ids) => {
      for (const id of ids) {
        ended.add(id);
        usedAt.delete(id);
      }
    },
    lapsed: () =>
      ledger.signIns.all().filter((one) => isIdle(one) || ended.has(one.id) || !isThere(one.body.device)),
    device,
  };
};
