/** Who this browser is to the server, as the pages of the desk hold it. */
import { z } from "zod";
import { type Me, meSchema } from "../../shared/clinic/api.ts";
import { may, type Principal, type Right } from "../../shared/clinic/rights.ts";
import { deviceId, staffId } from "../../shared/ids.ts";
import { ask } from "./ask.ts";

class Identity {
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

  may(right: Right): boolean {
    return this.#me !== null && may(principalOf(this.#me), right);
  }

  async read(): Promise<void> {
    const reply = await ask(meSchema, "GET", "/api/me");
    this.#trouble = reply.ok ? null : reply.detail;
    if (reply.ok) this.#me = reply.value;
  }

  /** Ends the sign-in of this browser; it has to sign in with a password again. */
  async signOut(): Promise<void> {
    await ask(z.unknown(), "POST", "/api/sign-out");
    location.assign("/sign-in");
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
