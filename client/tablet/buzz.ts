/** What the hand feels, on a tablet that can. */

/** Vibrates; nothing where the browser cannot, or has not been touched yet and so may not. */
export const buzz = (pattern: number[]): void => {
  if ("vibrate" in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate(pattern);
};

const key = "cuffwatch.reminded";
/** How many reminders are remembered: far more than can stand at a time. */
const keep = 200;

/** Which reminders this tablet has given, also over a reload: none is given twice. */
export class GivenReminders {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  #given: readonly string[];

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
    this.#given = (storage.getItem(key) ?? "").split("\n").filter((line) => line !== "");
  }

  /** Whether one of `keys` was not given yet; from now on all of them were. */
  give(keys: readonly string[]): boolean {
    const fresh = keys.filter((reminder) => !this.#given.includes(reminder));
    if (fresh.length === 0) return false;
    this.#given = [...this.#given, ...fresh].slice(-keep);
    this.#storage.setItem(key, this.#given.join("\n"));
    return true;
  }
}
