/** From the fact that a session was finished to its record and its follow-ups: the same ones each time that it is done. */
import type { FinishedFact } from "../../shared/class/fact.ts";
import type { Check } from "../../shared/class/visit.ts";
import { wasRestricted } from "../../shared/class/outcome.ts";
import { type FollowUp, followUpKinds } from "../../shared/clinic/follow-up.ts";
import { dueAt } from "../../shared/clinic/follow-up-rules.ts";
import type { SessionRecord } from "../../shared/clinic/session-record.ts";
import type { Fact } from "../../shared/session/fact.ts";
import type { Monotonic, WallTime } from "../../shared/units.ts";
import type { Clinic } from "../records/clinic.ts";
import type { Change } from "../register/register.ts";

/** A fact and when it was recorded, by the wall clock. */
export type Told<F extends Fact = Fact> = Readonly<{ fact: F; wall: WallTime }>;

/** What is kept of a session: null for a class file's, which names nobody of the register. */
export const changesOf = (
  { sessions, followUps }: Pick<Clinic, "sessions" | "followUps">,
  { fact, wall }: Told<FinishedFact>,
  meanwhile: readonly Fact[],
): readonly Change[] | null => {
  const { patient } = fact.seat.visit;
  if (patient === null) return null;
  const writer = { by: fact.by, at: wall };
  const record = recordOf({ fact, wall }, patient, meanwhile);
  const asked = wasRestricted(
    fact.seat.visit,
    fact.restricted.map((r) => r.total),
  )
    ? followUpKinds
    : [];
  return [
    sessions.change(fact.session, record, null, writer),
    ...asked.map((kind) => {
      const due = dueAt(kind, record.endedAt);
      const followUp: FollowUp = {
        ...{ patient, session: fact.session, kind, dueAt: due, answered: null, cleared: null },
      };
      return followUps.change(`${fact.session}-${kind}`, followUp, null, writer);
    }),
  ];
};

const recordOf = (
  { fact, wall }: Told<FinishedFact>,
  patient: string,
  meanwhile: readonly Fact[],
): SessionRecord => {
  const { seat, session } = fact;
  const { visit, worn } = seat;
  /** A moment of the session on the wall clock of its end; that clock may have been set meanwhile, site time was not. */
  const at = (then: Monotonic): number => Math.round(wall - (fact.at - then));
  const checkOf = (c: Check): SessionRecord["checks"][number] => ({ ...c, red: [...c.red], at: at(c.at) });
  const cuffs = new Set(worn.map((w) => w.cuff));
  for (const f of meanwhile) if (f.kind === "cuff-swapped" && f.session === session) cuffs.add(f.from);
  const within = (f: Fact): boolean => f.at >= visit.seatedAt && f.at <= fact.at;
  return {
    patient,
    class: fact.class?.id ?? null,
    room: fact.class?.room ?? "",
    station: seat.station,
    programme: { id: seat.programme, name: visit.programme },
    startedAt: at(visit.seatedAt),
    endedAt: Math.round(wall),
    ...{ by: fact.by, verified: fact.verified, outcome: fact.outcome, reason: fact.reason },
    exercises: visit.exercises.map((e) => ({ ...e, sets: [...e.sets] })),
    sets: visit.setsDone.map((s) => ({ ...s, beganAt: at(s.beganAt), endedAt: at(s.endedAt) })),
    limbs: worn.map(({ cuff, limb, lop, found, given }, i) => ({
      ...{ ...limb, cuff, lop, lopMmhg: given[0].prescription.lop },
      ...{ method: found?.method ?? null, widthCm: found?.widthCm ?? null },
      targetsMmhg: given.map((g) => g.prescription.target),
      restrictedMs: fact.restricted[i]?.total ?? 0,
    })),
    check: visit.check === null ? null : checkOf(visit.check),
    checks: meanwhile.flatMap((f) =>
      f.kind === "checked" && f.session === session ? [checkOf(f.check)] : [],
    ),
    notes: meanwhile.flatMap((f) =>
      f.kind === "noted" && cuffs.has(f.cuff) && within(f)
        ? [{ note: f.note, cuff: f.cuff, by: f.by, at: at(f.at) }]
        : [],
    ),
    exertions: meanwhile.flatMap((f) =>
      f.kind === "exertion-noted" && f.session === session
        ? [{ score: f.score, by: f.by, at: at(f.at) }]
        : [],
    ),
    remarks: visit.remarks.map((r) => ({ ...r, at: at(r.at) })),
    swaps: meanwhile.flatMap((f) =>
      f.kind === "cuff-swapped" && f.session === session
        ? [{ from: f.from, to: f.to, seenOff: f.seenOff, by: f.by, at: at(f.at) }]
        : [],
    ),
    seenOff: [...fact.seenOff],
  };
};
