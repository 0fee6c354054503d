/** Opens a recorded session for being laid over another: its pressures by limb, what they were held to, and its sets. */
import type { RecordingRecord } from "../../shared/clinic/recording-record.ts";
import { cuffId, sessionId } from "../../shared/ids.ts";
import type { Limb } from "../../shared/plan/prescription.ts";
import { accountOf, type Inflation } from "../../shared/recording/account.ts";
import type { SetMark } from "../../shared/recording/marks.ts";
import { recordedOf } from "../../shared/recording/recorded.ts";
import { type Trace, traceOf } from "../../shared/recording/trace.ts";
import type { Monotonic } from "../../shared/units.ts";
import type { OfSession } from "../../shared/view/progress.ts";
import { readRecording } from "../review/opened.ts";

export type OpenedLimb = Readonly<{
  limb: Limb;
  /** One for each cuff that it wore. */
  traces: readonly Trace[];
  inflations: readonly Inflation[];
}>;
export type Opened = Readonly<{
  id: string;
  body: RecordingRecord;
  from: Monotonic;
  to: Monotonic;
  limbs: readonly OpenedLimb[];
  inflations: readonly Inflation[];
  sets: readonly SetMark[];
  exercises: readonly string[];
}>;

export const openSession = async ({
  id,
  body,
}: OfSession): Promise<Readonly<{ ok: true; opened: Opened }> | Readonly<{ ok: false; detail: string }>> => {
  const answer = await readRecording(`/api/recordings/${encodeURIComponent(id)}/facts`);
  if (!answer.ok) return answer;
  const recorded = recordedOf(answer.recording);
  const { inflations, sets } = accountOf(recorded, sessionId(id));
  const worn = [...Map.groupBy(body.cuffs, ({ limb, side }) => `${limb} ${side}`).values()];
  const own = new Set(body.cuffs.map(({ cuff }) => cuff));
  const limbs = worn.flatMap((cuffs): readonly OpenedLimb[] => {
    const [first] = cuffs;
    if (first === undefined) return [];
    const names = [...new Set(cuffs.map(({ cuff }) => cuff))];
    return [
      {
        limb: { limb: first.limb, side: first.side },
        traces: names.map((cuff) => traceOf(recorded, cuffId(cuff))),
        inflations: inflations.filter(({ cuff }) => names.includes(cuff)),
      },
    ];
  });
  return {
    ok: true,
    opened: {
      ...{ id, body, limbs, sets },
      ...{ from: recorded.from, to: recorded.to },
      inflations: inflations.filter(({ cuff }) => own.has(cuff)),
      exercises: body.figures.exercises.map(({ name }) => name),
    },
  };
};
