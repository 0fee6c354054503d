/** The digits of a PIN as they are typed, by finger or by keys. */
import { pin as pinSchema } from "../../shared/clinic/staff.ts";
import { wayInWords as words } from "../../shared/view/way-in-words.ts";
import type { Refused } from "../desk/ask.ts";
import { Try } from "./try.svelte.ts";

const most = 8;

export class Pin {
  digits = $state("");
  readonly attempt: Try;
  readonly #send: (pin: string) => Promise<Refused | null>;

  constructor(send: (pin: string) => Promise<Refused | null>, attempt: Try = new Try()) {
    this.#send = send;
    this.attempt = attempt;
  }

  /** Takes what a field holds: its digits, and nothing else. */
  type(text: string): void {
    this.digits = text.replace(/\D/g, "").slice(0, most);
  }

  press(digit: string): void {
    this.type(this.digits + digit);
  }

  back(): void {
    this.digits = this.digits.slice(0, -1);
  }

  /** Sends it. A wrong one is taken away, so that the next try begins with the first digit. */
  async enter(): Promise<boolean> {
    if (this.attempt.barred) return false;
    if (!pinSchema.safeParse(this.digits).success) {
      this.attempt.refuse(words.pinTooShort);
      return false;
    }
    const { digits } = this;
    const there = await this.attempt.go(() => this.#send(digits));
    this.digits = "";
    return there;
  }
}
