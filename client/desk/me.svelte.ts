/** Who this browser is to the server, as every page holds it, and how somebody else comes to be that. */
import { z } from "zod";
import { type Me, meSchema } from "../../shared/clinic/api.ts";
import { may, type Principal, type Right } from "../../shared/clinic/rights.ts";
import { deviceId, staffId } from "../../shared/ids.ts";
import { ask, type Refused } from "./ask.ts";

export class Identity {
  #me = $state.raw<Me | null>(null);
  #trouble = $state.raw<string | null>(null);

  /** Null before the server has answered. */
  get me(): Me | null {
    return this.#me;
  }
  /** Why nobody can be asked who this is; null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Who is signed in; null where nobody is. */
  get name(): string | null {
    return this.#me?.who.kind === "staff" ? this.#me.who.name : null;
  }

  may(right: Right): boolean {
    return this.#me !== null && may(principalOf(this.#me), right);
  }

  async read(): Promise<void> {
    const reply = await ask(meSchema, "GET", "/api/me");
    this.#trouble = reply.ok ? null : reply.detail;
    if (reply.ok) this.#me = reply.value;
  }

  signIn(login: string, password: string): Promise<Refused | null> {
    return this.#become("/api/sign-in", { login, password });
  }

  /** Switches to another person, on a tablet that is known here. */
  enterPin(staff: string, pin: string): Promise<Refused | null> {
    return this.#become("/api/pin", { staff, pin });
  }

  /** Nobody is signed in from now on; the tablet stays known. */
  lock(): Promise<Refused | null> {
    return this.#become("/api/lock", {});
  }

  async #become(address: string, body: Readonly<Record<string, unknown>>): Promise<Refused | null> {
    const reply = await ask(z.unknown(), "POST", address, { body });
    if (!reply.ok) return reply;
    await this.read();
    return null;
  }

  /** Ends the sign-in of this browser; it has to sign in with a password again. */
  async signOut(): Promise<void> {
    const reply = await ask(z.unknown(), "POST", "/api/sign-out");
    // Whoever believes that they are signed out leaves the screen to others.
    if (reply.ok || reply.status === 401) location.assign("/sign-in");
    else this.#trouble = reply.detail;
  }
}

const principalOf = ({ who }: Me): Principal => {
  switch (who.kind) {
    case "staff":
      return { ...who, staff: staffId(who.staff) };
    case "tablet":
    case "wall":
      return { ...who, device: deviceId(who.device) };
    case "stranger":
      return who;
  }
};

/** One for the page. */
export const identity = new Identity();
