/** A cuff that nobody here wrote: `mosquitto_pub`, once for each message or fed line by line. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { DataMessage } from "../../shared/cuff/message.ts";
import { findProgram } from "./programs.ts";

/** A `mosquitto_pub` that stays connected and publishes each line it is given on one topic. */
export type Publisher = Readonly<{ say: (line: string) => void; end: () => Promise<void> }>;

export const publisher = (port: number, topic: string): Publisher => {
  const program = findProgram("mosquitto_pub") ?? "mosquitto_pub";
  const child = spawn(program, ["-h", "127.0.0.1", "-p", String(port), "-t", topic, "-l"], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  return {
    say: (line) => void child.stdin.write(`${line}\n`),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.stdin.end();
      // Once its broker is gone it waits for it for ever.
      const patience = setTimeout(() => child.kill("SIGKILL"), 500);
      await ended;
      clearTimeout(patience);
    },
  };
};

/** What a cuff of the contract does from now on, as a person with a script would write it. */
export type Doing = Readonly<{
  /** mmHg */
  p: number;
  phase: DataMessage["st"]["phase"];
  tgt: number;
  /** Seconds on the cuff's own timer now; it runs on from there. 0 stands still while the cuff is down. */
  occ: number;
}>;

/** A cuff of the contract that speaks five times a second through `mosquitto_pub`. */
export const spokenCuff = (port: number, cuff: string, boot = "00c0ffee") => {
  const pub = publisher(port, `bfr/v1/main/${cuff}/data`);
  const born = performance.now();
  let seq = 0;
  let doing: Doing = { p: 0, phase: "idle", tgt: 0, occ: 0 };
  let since = born;
  const speak = (): void => {
    const now = performance.now();
    const running = doing.phase === "idle" ? 0 : now - since;
    const message: DataMessage = {
      v: 1,
      boot,
      seq: seq++,
      m0: Math.round(now - born),
      dt: 100,
      // A sensor on a living limb never reads exactly the same for long.
      p: [Math.round(doing.p * 10) + (seq % 2)],
      st: {
        phase: doing.phase,
        tgt: doing.tgt * 10,
        occMs: Math.round(doing.occ * 1000 + running),
        ep: 1,
        set: 1,
        rep: 3,
      },
    };
    pub.say(JSON.stringify(message));
  };
  const timer = setInterval(speak, 200);
  return {
    does: (next: Doing): void => {
      doing = next;
      since = performance.now();
      speak();
    },
    /** Falls silent, as with an empty battery. */
    end: (): Promise<void> => {
      clearInterval(timer);
      return pub.end();
    },
  };
};
