/** Comes into a real server as people do: by the setup link, with a password, by a code on a screen. */
import { z } from "zod";
import type { Role } from "../../shared/clinic/rights.ts";
import { type Answer, type Visitor, visitor } from "./visitor.ts";

/** A server that can be entered; `test/support/server.ts` starts one. */
export type Enterable = Readonly<{ url: string; setupPath: () => string | null }>;

export const password = "six cuffs and a wall";
export const pin = "2468";
export type Person = Readonly<{ name: string; login: string; roles: readonly Role[] }>;
export const ada: Person = { name: "Ada Admin", login: "ada", roles: ["admin", "physiotherapist"] };

const first = new WeakMap<Enterable, Readonly<{ path: string; visitor: Visitor }>>();

/** Somebody who is administrator and physiotherapist, signed in; set up by the link where nobody was before. */
export const administrator = async (server: Enterable, person = ada, ca?: string): Promise<Visitor> => {
  const known = first.get(server);
  const path = server.setupPath();
  if (known !== undefined && (path === null || path === known.path)) return known.visitor;
  if (path === null) throw new Error("This server was set up by somebody else.");
  const fresh = visitor(server.url, ca);
  const token = new URL(path, server.url).searchParams.get("token");
  const { name, login } = person;
  done(
    await fresh.ask("POST", "/api/setup", {
      token,
      name,
      login,
      password,
      pin,
      clinic: "Clinic",
      room: "Studio",
    }),
  );
  first.set(server, { path, visitor: fresh });
  return fresh;
};

const entries = z.object({
  entries: z.array(z.object({ id: z.string(), version: z.number(), body: z.object({ name: z.string() }) })),
});

/** Somebody with these roles, signed in on a tablet of their own. */
export const signedIn = async (server: Enterable, { name, login, roles }: Person): Promise<Visitor> => {
  const admin = await administrator(server);
  const staff = entries.parse(done(await admin.ask("GET", "/api/staff?limit=500")).body);
  const known = staff.entries.find(({ body }) => body.name === name);
  if (known === undefined) done(await admin.ask("POST", "/api/staff", { name, login, roles, password, pin }));
  else {
    const seen = { "if-match": `"${known.version}"` };
    done(await admin.ask("PUT", `/api/staff/${known.id}`, { name, login, roles, active: true }, seen));
    done(await admin.ask("PUT", `/api/staff/${known.id}/password`, { password }));
    done(await admin.ask("PUT", `/api/staff/${known.id}/pin`, { pin }));
  }
  const fresh = visitor(server.url);
  done(await fresh.ask("POST", "/api/sign-in", { login, password }));
  return fresh;
};

export const assistant = (server: Enterable): Promise<Visitor> =>
  signedIn(server, { name: "Asha Assistant", login: "asha", roles: ["assistant"] });

const paired = async (server: Enterable, kind: "wall" | "tablet", ca?: string): Promise<Visitor> => {
  const admin = await administrator(server, ada, ca);
  const screen = visitor(server.url, ca);
  const { code } = z.object({ code: z.string() }).parse(done(await screen.ask("POST", "/api/pairings")).body);
  done(await admin.ask("POST", "/api/pairings/confirm", { code, name: `A ${kind}`, kind }));
  done(await screen.ask("GET", "/api/pairings/mine"));
  return screen;
};

/** A tablet that the clinic knows and on which nobody is signed in. */
export const lockedTablet = (server: Enterable, ca?: string): Promise<Visitor> =>
  paired(server, "tablet", ca);
export const pairedWall = (server: Enterable, ca?: string): Promise<Visitor> => paired(server, "wall", ca);

/** Cookies as Playwright's contexts take them. */
export const cookiesOf = (from: Visitor): { name: string; value: string; url: string }[] =>
  from
    .cookie()
    .split("; ")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return { name, value, url: from.url };
    });

const done = (answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};
