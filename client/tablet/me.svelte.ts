/** Who holds this tablet. A name is asked for when one is needed, and never stands between a person and a cuff. */

const key = "cuffwatch.me";

export class Me {
  name = $state(sessionStorage.getItem(key));
  asking = $state(false);
  #waiting: ((name: string) => void) | null = null;

  /** Does something in the person's name, asking for it first where it is not known. */
  as(act: (name: string) => void): void {
    if (this.name !== null) return act(this.name);
    this.#waiting = act;
    this.asking = true;
  }

  /** Asks for another name. */
  change(): void {
    this.asking = true;
  }

  choose(name: string): void {
    this.name = name;
    sessionStorage.setItem(key, name);
    this.asking = false;
    const act = this.#waiting;
    this.#waiting = null;
    act?.(name);
  }

  /** Closed without a choice: what was waiting for a name is not done. */
  dismiss(): void {
    this.asking = false;
    this.#waiting = null;
  }

  /** Forgets a name that is no longer on the staff. */
  keepIf(known: (name: string) => boolean): void {
    if (this.name === null || known(this.name)) return;
    this.name = null;
    sessionStorage.removeItem(key);
  }
}
