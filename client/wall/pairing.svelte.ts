/** How a screen that nobody knows asks to be let in: it shows a code, and looks whether somebody has typed it. */
import { z } from "zod";
import { pairingStates } from "../../shared/clinic/device.ts";
import { ask, type Reply } from "../desk/ask.ts";

const askedSchema = z.object({ code: z.string(), expiresAt: z.number() });
const mineSchema = z.object({ state: z.enum(pairingStates) });
type Asked = Readonly<z.output<typeof askedSchema>>;
type Mine = Readonly<z.output<typeof mineSchema>>;

/** What stands on the screen. */
export type Shown =
  | Readonly<{ kind: "asking" }>
  | Readonly<{ kind: "code"; code: string; expiresAt: number }>
  | Readonly<{ kind: "confirmed" }>
  | Readonly<{ kind: "no-server" }>
  | Readonly<{ kind: "refused"; detail: string }>;

export type PairingRoutes = Readonly<{
  begin: () => Promise<Reply<Asked>>;
  mine: () => Promise<Reply<Mine>>;
}>;

const overHttp: PairingRoutes = {
  begin: () => ask(askedSchema, "POST", "/api/pairings"),
  mine: () => ask(mineSchema, "GET", "/api/pairings/mine"),
};

/** How often it looks whether it was let in, and how soon it asks again after a failure, in milliseconds. */
const lookEvery = 1500;
const afterRefusal = 10_000;
/** A screen that was let in and still has no class after this long begins anew, in milliseconds. */
const classWithin = 8000;

export class Pairing {
  shown: Shown = $state.raw({ kind: "asking" });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  readonly #letIn: () => void;
  readonly #routes: PairingRoutes;

  /** `letIn` opens the connection over which the class comes. */
  constructor(letIn: () => void, routes: PairingRoutes = overHttp) {
    this.#letIn = letIn;
    this.#routes = routes;
  }

  /** Asks for a code and goes on until it is stopped; gives back how. */
  start(): () => void {
    this.#then(0, () => this.#begin());
    return () => {
      this.#stopped = true;
      clearTimeout(this.#timer);
    };
  }

  async #begin(): Promise<void> {
    const reply = await this.#routes.begin();
    if (!reply.ok) {
      this.#failed(reply);
      return;
    }
    this.shown = { kind: "code", ...reply.value };
    this.#lookAgain();
  }

  async #look(): Promise<void> {
    const reply = await this.#routes.mine();
    // A code that is shown stays good while the server does not answer for a moment: whoever types it need not begin anew.
    if (!reply.ok && reply.status === 0) this.#lookAgain();
    else if (!reply.ok) this.#failed(reply);
    else if (reply.value.state === "waiting") this.#lookAgain();
    else if (reply.value.state === "expired") await this.#begin();
    else {
      this.shown = { kind: "confirmed" };
      this.#letIn();
      this.#then(classWithin, () => this.#begin());
    }
  }

  #lookAgain(): void {
    this.#then(lookEvery, () => this.#look());
  }

  #failed({ status, detail, retryAfterS }: Reply<unknown> & { ok: false }): void {
    this.shown = status === 0 ? { kind: "no-server" } : { kind: "refused", detail };
    const wait = status === 0 ? lookEvery : Math.max(afterRefusal, (retryAfterS ?? 0) * 1000);
    this.#then(wait, () => this.#begin());
  }

  #then(ms: number, go: () => Promise<void>): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void go(), ms);
  }
}
