/** The names of the patients that a list speaks of, each read once. */
import { SvelteMap } from "svelte/reactivity";
import { followUpPageWords as words } from "../../shared/view/follow-up-words.ts";
import { ask } from "../desk/ask.ts";
import { fullName, patientEntry } from "../patients/api.ts";

export class Names {
  readonly #known = new SvelteMap<string, string>();
  readonly #asked: string[] = [];

  /** The name, or "" while it is not read yet. */
  of(patient: string): string {
    return this.#known.get(patient) ?? "";
  }

  /** Reads the names that are not known yet. */
  async read(patients: readonly string[]): Promise<void> {
    const wanted = patients.filter((id, n) => patients.indexOf(id) === n && !this.#asked.includes(id));
    this.#asked.push(...wanted);
    await Promise.all(
      wanted.map(async (id) => {
        const reply = await ask(patientEntry, "GET", `/api/patients/${id}`);
        if (reply.ok) this.#known.set(id, fullName(reply.value.body));
        else if (reply.status === 404) this.#known.set(id, words.unknownPatient);
      }),
    );
  }
}
