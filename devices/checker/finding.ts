/** What the checker works on and what it finds. */
import type {
  CommandMessage,
  AckMessage,
  DataMessage,
  EventMessage,
  MetaMessage,
  StatusMessage,
} from "../../shared/cuff/message.ts";

/** One message as it arrived. */
export type Arrived = Readonly<{ atMs: number; channel: string; qos: number; text: string }>;

/** All that was heard: while listening, and what a second subscriber was handed as retained afterwards. */
export type Hearing = Readonly<{
  live: readonly Arrived[];
  retained: readonly Arrived[];
  listenedMs: number;
}>;

/** `departs` breaks the contract; `advice` would make for better supervision. */
export type Finding = Readonly<{ kind: "departs" | "advice"; text: string }>;

/** What could be read of a hearing. */
export type Readings = Readonly<{
  listenedMs: number;
  data: readonly Readonly<{ atMs: number; message: DataMessage }>[];
  backfill: readonly DataMessage[];
  events: readonly EventMessage[];
  /** What is retained now. */
  status: StatusMessage | null;
  meta: MetaMessage | null;
}>;

export const departs = (text: string): Finding => ({ kind: "departs", text });
export const advice = (text: string): Finding => ({ kind: "advice", text });

/** A command that was tried, what the contract wants for an answer, and the answer, if one came in time. */
export type Tried = Readonly<{
  command: CommandMessage;
  because: string;
  wanted: boolean;
  answer: AckMessage | null;
}>;
