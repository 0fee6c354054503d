/** Between the process that makes the weeks before today and the server that keeps them: each parcel one way, each answer the other. */
import { type ChildProcess, fork } from "node:child_process";
import { type ParcelTalk, parcelMessage, parcelTalk } from "../../shared/recording/parcel.ts";
import { historyBroken, historyComplete } from "../words.ts";
import type { MakerOrder } from "./maker.ts";

export type WeeksWanted = Omit<MakerOrder, "known">;

/** Has the weeks made once the server says who its patients are. The answer ends it. */
export const handOver = (
  server: ChildProcess,
  wanted: WeeksWanted,
  say: (text: string) => void,
): (() => void) => {
  let maker: ChildProcess | null = null;
  const begin = (known: Extract<ParcelTalk, { kind: "patients" }>["patients"]): ChildProcess => {
    const order: MakerOrder = { ...wanted, known };
    const made = fork(new URL("./maker.ts", import.meta.url), [JSON.stringify(order)], {
      serialization: "advanced",
    });
    made.on("message", (message) => {
      const parcel = parcelMessage.safeParse(message);
      if (parcel.success && server.connected) server.send(parcel.data);
    });
    // Told to stop it ends by a signal, without a code.
    made.on("exit", (code) => {
      if (code === 0) say(historyComplete(wanted.weeks));
      else if (code !== null) say(historyBroken);
    });
    return made;
  };
  const hear = (message: unknown): void => {
    const talk = parcelTalk.safeParse(message);
    if (!talk.success) return;
    if (talk.data.kind === "taken") {
      if (maker?.connected === true) maker.send(talk.data);
    } else maker ??= begin(talk.data.patients);
  };
  server.on("message", hear);
  return () => {
    server.off("message", hear);
    maker?.kill("SIGTERM");
  };
};
