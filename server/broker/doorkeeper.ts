/** Stands at the embedded broker's door: keeps who came in as whom, and puts out whose pass has become void. */
import net from "node:net";
import type { AedesOptions, Client, PublishPacket } from "aedes";
import type { Admission, Admitted, Pass } from "./admission.ts";

type Authenticate = NonNullable<AedesOptions["authenticate"]>;
type Refusal = Parameters<Parameters<Authenticate>[3]>[0];

/** MQTT 3.1.1, 3.2.2.3: the client's name is not one that it may have here. */
const nameRejected = 2;

export class Doorkeeper {
  readonly #admission: Admission;
  /** A pass outlives its connection: the last will is said after it. */
  readonly #passes = new WeakMap<Client, Pass>();
  readonly #inside = new Set<Client>();
  /** Who has which client id: whoever comes with the same one throws the older connection out, so it has to be the same somebody. */
  readonly #ids = new Map<string, Client>();
  readonly #putOut = new WeakSet<Client>();
  readonly #stopListening: () => void;

  constructor(admission: Admission) {
    this.#admission = admission;
    this.#stopListening = admission.onChange(() => this.#lookAround());
  }

  close(): void {
    this.#stopListening();
  }

  readonly authenticate: Authenticate = (client, user, password, done) => {
    const { conn } = client;
    const from = conn instanceof net.Socket ? (conn.remoteAddress ?? "") : "";
    void this.#admission.admit(user, password, from).then((admitted) => {
      // Whoever is gone meanwhile is not answered.
      if (client.closed || conn.destroyed) return;
      const code = this.#enter(client, admitted);
      if (code === null) done(null, true);
      else done(refusal(code), false);
    });
  };

  /** Whether this client may say this; a void pass and a client that is none may say nothing. */
  mayPublish(client: Client | null, { topic, payload }: PublishPacket): boolean {
    const pass = client === null ? undefined : this.#passes.get(client);
    if (pass === undefined || !this.#admission.holds(pass)) return false;
    if (this.#admission.mayPublish(pass, topic)) return true;
    this.#admission.refused(pass, topic, typeof payload === "string" ? Buffer.from(payload) : payload);
    return false;
  }

  maySubscribe(client: Client, filter: string): boolean {
    const pass = this.#passes.get(client);
    return pass !== undefined && this.#admission.holds(pass) && this.#admission.maySubscribe(pass, filter);
  }

  /** Whether this client is being put out: its last will counts for nothing then, and for no offence. */
  hasPutOut(client: Client | null): boolean {
    return client !== null && this.#putOut.has(client);
  }

  /** Lets a client in; the return code of MQTT where it may not come in after all. */
  #enter(client: Client, admitted: Admitted): number | null {
    if (!admitted.ok) return admitted.code;
    const { pass } = admitted;
    if (!this.#admission.holds(pass)) return 4;
    const other = this.#ids.get(client.id);
    const theirs = other === undefined ? undefined : this.#passes.get(other);
    if (theirs !== undefined && !isSame(theirs, pass)) return nameRejected;
    this.#passes.set(client, pass);
    this.#inside.add(client);
    this.#ids.set(client.id, client);
    client.conn.once("close", () => {
      this.#inside.delete(client);
      if (this.#ids.get(client.id) === client) this.#ids.delete(client.id);
    });
    return null;
  }

  #lookAround(): void {
    for (const client of this.#inside) {
      const pass = this.#passes.get(client);
      if (pass !== undefined && this.#admission.holds(pass)) continue;
      this.#putOut.add(client);
      client.close();
    }
  }
}

const isSame = (a: Pass, b: Pass): boolean =>
  a.kind === "cuff" ? b.kind === "cuff" && a.user === b.user : b.kind === "stranger";

const refusal = (returnCode: number): Refusal =>
  Object.assign(new Error("The connection was not let in."), { returnCode });
