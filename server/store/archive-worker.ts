/** The thread of the archive. */
import { parentPort, type Transferable } from "node:worker_threads";
import type { SiteId } from "../../shared/ids.ts";
import { openRecording } from "../../shared/recording/container.ts";
import type { ArchiveCalls, TaskAsked } from "./archive-calls.ts";
import { factsOf, type FactsAsked } from "./archive-facts.ts";
import type { Followed } from "./archive-own.ts";
import { archiveTasks, type TaskName, type Tasks } from "./archive-tasks.ts";
import { closeChunk, type ClosedChunk } from "./closed-chunk.ts";
import { damageTeller } from "./damage.ts";
import { LogCloser } from "./log-closer.ts";
import { Preparing } from "./prepare.ts";
import { openReader, type SqliteFile } from "./sqlite-file.ts";
import { kindOf, reasonOf } from "./sqlite-errors.ts";
import { failed, type StoreResult } from "./store.ts";
import type { Notice, Question, Reply } from "./thread.ts";

type Open = Readonly<{ file: SqliteFile; site: SiteId; preparing: Preparing }>;
type Answer = StoreResult<ArchiveCalls[keyof ArchiveCalls]["answer"]>;

const port = parentPort;
const followed: Followed = new Map();
const closing = new Map<number, LogCloser>();
const damaged = damageTeller((damage) => port?.postMessage({ damaged: damage } satisfies Notice));
let open: Open | null = null;

const answer = async (question: Question<ArchiveCalls>): Promise<Answer> => {
  if (question.call === "open") {
    const opened = openReader(question.given);
    if (!opened.ok) return opened;
    const preparing = new Preparing(opened.value.db);
    open = { file: opened.value, site: question.given.site, preparing };
    return { ok: true, value: null };
  }
  if (open === null) return failed("closed", "The archive is closed.");
  switch (question.call) {
    case "facts":
      return { ok: true, value: await facts(open, question.given) };
    case "run":
      return run(open, question.given);
    case "closeLines":
      return closeSome(question.given);
    case "closeChunk": {
      const closed = closeChunk(question.given);
      return closed.ok ? closed : failed("unfit", closed.error.detail);
    }
    case "forgetLines":
      closing.delete(question.given);
      return { ok: true, value: null };
    case "prepare":
      return { ok: true, value: await open.preparing.next(question.given) };
    case "close": {
      const { file } = open;
      open = null;
      await file.close();
      return { ok: true, value: null };
    }
  }
};

const facts = ({ file, site }: Open, asked: FactsAsked): Promise<Uint8Array> =>
  factsOf({ db: file.db, site, followed, damaged }, asked);

const run = async <T extends TaskName>(
  from: Open,
  { task, asked, given }: Extract<TaskAsked, { task: T }> & { given: Tasks[T]["given"] },
): Promise<StoreResult<Tasks[T]["answer"]>> => {
  const recording = openRecording(await facts(from, asked));
  if (!recording.ok) return failed("io", recording.error.detail);
  return { ok: true, value: await archiveTasks[task](recording.value, given) };
};

const closeSome = ({
  log,
  lines,
  last,
}: ArchiveCalls["closeLines"]["given"]): StoreResult<readonly ClosedChunk[]> => {
  const closer = closing.get(log) ?? new LogCloser();
  closing.set(log, closer);
  const taken = closer.take(lines);
  const rest = taken.ok && last ? closer.end() : taken;
  if (last || !rest.ok) closing.delete(log);
  if (!taken.ok || !rest.ok || !last) return rest;
  return { ok: true, value: [...taken.value, ...rest.value] };
};

/** What is handed over: the bytes of an answer that is nothing but bytes, or a few files. */
const handedOver = (result: Answer): readonly Transferable[] => {
  if (!result.ok) return [];
  const { value } = result;
  if (value instanceof Uint8Array) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  return value !== null && "facts" in value
    ? [value.facts.buffer, value.samples.buffer, value.events.buffer]
    : [];
};

/** One after the other: a transaction is not shared. */
let before: Promise<void> = Promise.resolve();
port?.on("message", (question: Question<ArchiveCalls>) => {
  before = before.then(async () => {
    const result = await answer(question).catch((error: unknown) => failed(kindOf(error), reasonOf(error)));
    port.postMessage({ number: question.number, result } satisfies Reply<ArchiveCalls>, handedOver(result));
  });
});
