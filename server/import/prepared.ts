/** What a file turns out to be, and all that would be kept of it: read, judged and counted, and nothing of it written yet. */
import { createHash } from "node:crypto";
import type { ConditionId } from "../../shared/alarm/policy.ts";
import type { ChosenLimits } from "../../shared/alarm/limits.ts";
import { checkpointFormat, freeze, thaw } from "../../shared/checkpoint.ts";
import type { RunningClass } from "../../shared/class/visit.ts";
import type { ImportAnswer, ImportWishes } from "../../shared/clinic/import-api.ts";
import type { ClassRecord, RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { apply, newState, type State } from "../../shared/engine.ts";
import { epoch, patientId, sessionId, type SiteId } from "../../shared/ids.ts";
import { figuresOf } from "../../shared/recording/figures.ts";
import type { FactsHeader } from "../../shared/recording/facts-file.ts";
import type { Line } from "../../shared/recording/line.ts";
import { linesFrom } from "../../shared/recording/lines.ts";
import { ownLines } from "../../shared/recording/session-lines.ts";
import { type Span, spansOf } from "../../shared/recording/span.ts";
import { type Monotonic, type WallTime, wallTime } from "../../shared/units.ts";
import { exportWords as words } from "../../shared/view/export-words.ts";
import { type FileProblem, looksLikeFacts, readFacts } from "../export/facts-in.ts";
import { classRecordOf, inClass, recordingOf } from "../recordings/record.ts";
import { judged } from "./judged.ts";
import { readPressures } from "./read-pressures.ts";

export type Context = Readonly<{
  site: SiteId;
  by: string;
  /** When the file was brought in, on the wall clock. */
  at: WallTime;
  /** What the clinic has chosen. */
  limits: ChosenLimits;
  /** What stands on the tile of a table's patient. */
  name: string;
}>;

/** A state to begin a replay with: every line up to `afterId` is in it. */
export type Beginning = Readonly<{ afterId: number; at: Monotonic; format: number; state: string }>;

/** What would be written; `log` of the records is still to be told. */
export type Prepared = Readonly<{
  answer: ImportAnswer;
  /** Null where anything is wrong with it. */
  kept: Readonly<{
    lines: readonly Line[];
    beginning: Beginning | null;
    recordings: readonly Readonly<{ id: string; body: RecordingRecord }>[];
    class: Readonly<{ id: string; body: ClassRecord }> | null;
    /** Everybody whom the file names by the number of a patient's record. */
    patients: readonly string[];
  }> | null;
}>;

export const prepared = (bytes: Uint8Array, wishes: ImportWishes, context: Context): Prepared => {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return looksLikeFacts(bytes)
    ? ofFacts(bytes, sha256, wishes, context)
    : ofTable(bytes, sha256, wishes, context);
};

/** How far the clock of where a file was made may be ahead of this one. */
const clocksDifferMs = 60_000;

const nothing: Omit<ImportAnswer, "sha256"> = {
  ...{ kind: null, imported: false, undated: false, sessions: [], facts: 0, samples: 0, alarms: [] },
  ...{ understood: null, problems: [], already: null },
};
const wrong = (sha256: string, some: Partial<ImportAnswer>): Prepared => ({
  answer: { ...nothing, sha256, ...some },
  kept: null,
});
const problem = (reason: string, line: number | null = null, field: string | null = null): FileProblem => ({
  ...{ line, field, reason },
});

const ofTable = (bytes: Uint8Array, sha256: string, wishes: ImportWishes, context: Context): Prepared => {
  const read = readPressures(bytes, wishes);
  if (!read.ok)
    return wrong(sha256, {
      kind: read.understood === null ? null : "pressures",
      ...{ understood: read.understood, problems: [...read.problems] },
    });
  const { understood, ms, mmhg, startedAt } = read.value;
  // The same file is the same session, however often it is brought in.
  const session = sessionId(`imported-${sha256.slice(0, 24)}`);
  const known = wishes.startedAt ?? startedAt;
  // Looked at only: without its date it is not taken in.
  const began = known ?? Math.max(0, context.at - (ms.at(-1) ?? 0));
  const patient = wishes.patient === undefined ? null : patientId(wishes.patient);
  const lines = judged(
    { ms, mmhg },
    {
      ...{ session, patient, name: context.name, limb: { limb: wishes.limb, side: wishes.side } },
      ...{
        lopMmhg: wishes.lopMmhg ?? null,
        pctLop: wishes.pctLop ?? null,
        targetMmhg: wishes.targetMmhg ?? null,
      },
      ...{ limitMin: wishes.limitMin, falls: wishes.falls, startedAt: wallTime(began) },
    },
    {
      site: context.site,
      epoch: epoch(`import-${sha256.slice(0, 16)}`),
      by: context.by,
      limits: context.limits,
    },
  );
  const start = newState(context.site);
  return counted({
    ...{ start, lines, sha256, wishes, context, beginning: null, isMeant: () => true },
    ...{ kind: "pressures", understood, running: null, ofMany: false, named: [], undated: known === null },
  });
};

const ofFacts = (bytes: Uint8Array, sha256: string, wishes: ImportWishes, context: Context): Prepared => {
  const read = readFacts(bytes);
  if (!read.ok) return wrong(sha256, { problems: [read.problem] });
  const { header, lines } = read.value;
  const start = startOf(header);
  const unfit = foldable(start, lines);
  if (unfit !== null) return wrong(sha256, { kind: "facts", problems: [unfit] });
  const { of } = header;
  const isMeant = (span: Span): boolean =>
    of.kind === "session" ? span.session === of.session : span.class === of.class;
  const first = lines[0];
  return counted({
    ...{ start, lines, sha256, wishes, context, isMeant, kind: "facts", understood: null },
    beginning:
      header.start === null || first === undefined
        ? null
        : { afterId: first.id - 1, at: start.at, format: checkpointFormat, state: freeze(start) },
    running: of.kind === "class" ? classIn(start, lines) : null,
    ofMany: of.kind === "class",
    undated: false,
    named: [header.patient?.id ?? null, ...header.sessions.map(({ patient }) => patient)],
  });
};

/** A state in another form than the present one is left out: then what the facts themselves say is all there is. */
const startOf = ({ site, start }: FactsHeader): State =>
  (start?.format === checkpointFormat ? thaw(JSON.stringify(start.state), site) : null) ?? newState(site);

/** Whether the facts fit each other: whoever plays them must not come to a halt on the way. */
const foldable = (start: State, lines: readonly Line[]): FileProblem | null => {
  let state = start;
  for (const [i, { fact }] of lines.entries())
    try {
      state = apply(state, fact);
    } catch {
      return problem(words.unfit, i + 2, "fact");
    }
  return null;
};

const classIn = (start: State, lines: readonly Line[]): RunningClass | null => {
  let state = start;
  for (const { fact } of lines) {
    if (state.class.running !== null) break;
    if (!("cuff" in fact)) state = apply(state, fact);
  }
  return state.class.running;
};

type Counting = Readonly<{
  start: State;
  lines: readonly Line[];
  sha256: string;
  wishes: ImportWishes;
  context: Context;
  beginning: Beginning | null;
  isMeant: (span: Span) => boolean;
  kind: "facts" | "pressures";
  understood: ImportAnswer["understood"];
  running: RunningClass | null;
  /** Whether it is of a whole class, however few were in it. */
  ofMany: boolean;
  /** Whether nobody has said when it was recorded. */
  undated: boolean;
  /** Whom the head of the file names. */
  named: readonly (string | null)[];
}>;

const counted = (all: Counting): Prepared => {
  const { start, lines, sha256, wishes, context, isMeant, running } = all;
  const last = lines.at(-1);
  const seated = spansOf(lines, start.class);
  const spans = seated.filter(isMeant);
  if (last === undefined || spans.length === 0)
    return wrong(sha256, { kind: all.kind, problems: [problem(words.nobody)] });
  // What others did must not be put on one patient's record.
  if (wishes.patient !== undefined && (all.ofMany || spans.length > 1))
    return wrong(sha256, { kind: all.kind, problems: [problem(words.notOnePatient(spans.length))] });
  const known = { at: last.at, wall: last.wall };
  const file = { name: wishes.file, sha256, by: context.by, at: context.at };
  const origin = { log: 1, source: "imported" } as const;
  const recordings = spans.map((span) => {
    const to = span.to ?? last.at;
    const own = linesFrom([...ownLines(span, start, lines)]);
    const figures = figuresOf({ start, lines: own, holes: [], from: span.from, to }, span);
    const body = recordingOf({ span, to, outcome: outcomeOf(span, lines), known, figures });
    return { id: String(span.session), body: { ...body, ...origin, file } };
  });
  if (recordings.some(({ body }) => body.startedAt > body.endedAt))
    return wrong(sha256, {
      kind: all.kind,
      understood: all.understood,
      problems: [problem(words.endsBefore)],
    });
  if (recordings.some(({ body }) => body.endedAt > context.at + clocksDifferMs))
    return wrong(sha256, { kind: all.kind, understood: all.understood, problems: [problem(words.inFuture)] });
  return {
    answer: {
      ...{
        ...nothing,
        undated: all.undated,
        kind: all.kind,
        sha256,
        facts: lines.length,
        understood: all.understood,
      },
      samples: recordings.flatMap((r) => r.body.figures.limbs).reduce((sum, { samples }) => sum + samples, 0),
      alarms: timesOf(
        lines.flatMap(({ fact }) => (fact.kind === "alarm-raised" ? [fact.occurrence.condition] : [])),
      ),
      sessions: recordings.map(({ id, body: { name, programme, startedAt, endedAt } }) => ({
        ...{ session: id, name, programme, startedAt, endedAt },
      })),
    },
    kept: {
      ...{ lines, beginning: all.beginning, recordings },
      patients: [...new Set([...all.named, ...seated.map(({ patient }) => patient)])].filter(
        (p) => p !== null,
      ),
      class:
        running === null
          ? null
          : {
              id: running.id,
              body: {
                ...classRecordOf({ class: running, to: last.at, known }, spans.map(inClass)),
                ...origin,
              },
            },
    },
  };
};

const outcomeOf = ({ session }: Span, lines: readonly Line[]): RecordingRecord["outcome"] => {
  for (const { fact } of lines) if (fact.kind === "finished" && fact.session === session) return fact.outcome;
  return null;
};

const timesOf = (raised: readonly ConditionId[]): ImportAnswer["alarms"] =>
  [...Map.groupBy(raised, (condition) => condition)].map(([condition, all]) => ({
    condition,
    times: all.length,
  }));
