/** A write to the cuffs counts once it holds at the broker's gate. */
import type { Answered } from "../http/route.ts";
import type { CuffDesk } from "./desk.ts";

/** The answer to a write; what was written is put into force first, and where that fails it is said instead. */
export const settled = async <T>(desk: CuffDesk, answer: Answered<T>): Promise<Answered<T>> =>
  answer.ok ? ((await desk.wrote()) ?? answer) : answer;
