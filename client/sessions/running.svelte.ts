/** What is under way and can be followed; asked anew every few seconds while somebody looks. */
import { type Running, runningSchema } from "../../shared/clinic/recording-api.ts";
import { ask } from "../desk/ask.ts";

const everyMs = 5000;

export class RunningNow {
  #now = $state.raw<Running | null>(null);

  /** Null before it is known, and where it cannot be. */
  get now(): Running | null {
    return this.#now;
  }

  /** Gives back how to end it. */
  start(): () => void {
    const read = async (): Promise<void> => {
      if (document.visibilityState === "hidden") return;
      const reply = await ask(runningSchema, "GET", "/api/recordings/running");
      this.#now = reply.ok ? reply.value : null;
    };
    void read();
    const timer = setInterval(() => void read(), everyMs);
    return () => clearInterval(timer);
  }
}
