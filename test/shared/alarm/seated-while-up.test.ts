/** What becomes of the alarms of a cuff that is up on nobody when it is found to be on somebody. */
import { expect, test } from "vitest";
import { historiesOf } from "../../../shared/alarm/history.ts";
import { occurrenceState } from "../../../shared/alarm/occurrence.ts";
import { sounds } from "../../../shared/alarm/suppression.ts";
import { type Input, openAlarms } from "../../../shared/engine.ts";
import { isAboutAlarm } from "../../../shared/session/fact.ts";
import { cuffId } from "../../../shared/ids.ts";
import { monotonic, wallTime } from "../../../shared/units.ts";
import { emptyFloor, left, programme, seat, session, start, worn } from "../../support/class.ts";
import {
  acknowledge,
  alarmOf,
  at,
  classOf,
  cuff,
  floorOf,
  heard,
  inRoom,
  roster,
  type Run,
  run,
  tick,
} from "../../support/floor.ts";

const by = { by: "Lena M.", verified: true };
/** The class wears another cuff. */
const nobodyHere = {
  ...classOf(),
  stations: classOf().stations.map((s) => ({ ...s, cuffs: s.cuffs.map((c) => ({ ...c, cuff: "cuff-9" })) })),
};
/** 310 mmHg, over any cap, until `to`. */
const shut = (from: number, to: number): readonly Input[] => heard({ from, to, p: 310, occ: from });
const seated = (second: number, file = classOf()): Input => ({
  ...{ kind: "roster", at: at(second) },
  roster: roster(file),
});
const andrew = {
  ...classOf(),
  stations: classOf().stations.map((s) => ({ ...s, patient: "Andrew B." })),
};
const onNobody = run(shut(0, 20), floorOf(nobodyHere));
const full = (r: Run) => alarmOf(r, "full-occlusion");
const ofFull = (r: Run) => openAlarms(r.state).filter((o) => o.condition === "full-occlusion");
const isHeard = (r: Run, second: number): boolean =>
  ofFull(r).some((o) => sounds(o, at(second), r.state.room.pause));

test("what somebody answered stays answered, silent until that answer runs out", () => {
  const going = run([acknowledge(20, full(onNobody), "Lena M.")], onNobody);
  const r = run([...shut(20, 25), seated(25), ...shut(25, 30)], going);
  expect(ofFull(r)).toHaveLength(1);
  expect(full(r)).toMatchObject({ station: "1", patient: "Maya K.", raisedAt: at(25), waitingSince: null });
  expect(full(r)?.acknowledged).toEqual({ by: "Lena M.", at: at(20), until: at(50), verified: false });
  expect([isHeard(r, 30), isHeard(r, 49), isHeard(run([tick(51)], r), 51)]).toEqual([false, false, true]);
});

test("what nobody answered waits for one answer, as long as it has waited", () => {
  const r = run([seated(25), ...shut(25, 40)], run(shut(20, 25), onNobody));
  expect(ofFull(r).map(occurrenceState)).toEqual(["present"]);
  expect(full(r)?.waitingSince).toEqual(full(onNobody)?.waitingSince);
  expect(isHeard(r, 40)).toBe(true);
  const answered = run([acknowledge(40, full(r)), ...heard({ from: 40, to: 60, p: 150, occ: 40 })], r);
  expect(ofFull(answered)).toEqual([]);
});

test("a pause of sound that covered it still does", () => {
  const paused = run([inRoom(20, { kind: "pause-sound" })], onNobody);
  const r = run([...shut(20, 25), seated(25), ...shut(25, 30)], paused);
  expect(full(r)?.patient).toBe("Maya K.");
  expect(isHeard(r, 30)).toBe(false);
});

test("an answer to what is more urgent by the patient's plan is void", () => {
  const long = heard({ from: 0, to: 485, p: 150, occ: 0 });
  const before = run(long, floorOf(nobodyHere));
  const going = run([acknowledge(485, alarmOf(before, "overrun"))], before);
  expect(alarmOf(going, "overrun")).toMatchObject({ priority: "medium", acknowledged: { at: at(485) } });
  const r = run([seated(486, classOf({ limitS: 30 }))], going);
  expect(alarmOf(r, "overrun")).toMatchObject({ priority: "high", acknowledged: null, roseAt: at(486) });
});

test("a cuff that was up on nobody and is swapped in brings its alarms and their answers", () => {
  const plan = programme();
  const inClass = run(
    [
      { kind: "order", at: at(1), order: { ...start, ...by } },
      { kind: "order", at: at(1), order: { ...seat(1, [worn("cuff-9", left, plan)], plan), ...by } },
      ...heard({ cuff: "cuff-9", from: 1, to: 20, p: 0, phase: "idle" }),
    ],
    emptyFloor(),
  );
  const upOnNobody = run(shut(20, 40), inClass);
  const going = run([acknowledge(40, full(upOnNobody), "Lena M.")], upOnNobody);
  const swap = {
    kind: "swap-cuff",
    session: session(1),
    from: cuffId("cuff-9"),
    to: cuff,
    seenOff: [cuffId("cuff-9")],
  } as const;
  const r = run([{ kind: "order", at: at(41), order: { ...swap, ...by } }, ...shut(41, 45)], going);
  expect(ofFull(r)).toHaveLength(1);
  expect(full(r)).toMatchObject({ station: "1", acknowledged: { by: "Lena M.", at: at(40) } });
});

test("from one patient to another nothing goes over, by way of nobody neither", () => {
  const idle = (from: number, to: number): readonly Input[] =>
    heard({ from, to, p: 2, phase: "idle", tgt: 0, pct: 15 });
  const battery = (r: Run) => alarmOf(r, "battery");
  const first = run([seated(0), ...idle(0, 20)], floorOf(nobodyHere));
  const going = run([acknowledge(20, battery(first))], first);
  expect(battery(going)).toMatchObject({ patient: "Maya K.", acknowledged: { at: at(20) } });
  expect(battery(run([seated(21, andrew)], going))).toMatchObject({
    ...{ patient: "Andrew B.", acknowledged: null, roseAt: at(21) },
  });
  const nobody = run([{ kind: "roster", at: at(21), roster: roster(nobodyHere) }], going);
  expect(battery(nobody)).toBeUndefined();
  expect(battery(run([seated(22, andrew)], nobody))).toMatchObject({
    ...{ patient: "Andrew B.", acknowledged: null },
  });
});

test("the log has both: the one of nobody ends where the patient's begins", () => {
  const going = run([acknowledge(20, full(onNobody), "Lena M.")], onNobody);
  const r = run([...shut(20, 25), seated(25), ...shut(25, 30)], going);
  const told = r.facts.flatMap((fact, id) =>
    isAboutAlarm(fact) ? [{ id, wall: wallTime(fact.at), fact }] : [],
  );
  const { histories } = historiesOf(told, { at: monotonic(40_000), wall: wallTime(40_000) });
  const [old, now] = histories.filter((h) => h.condition === "full-occlusion");
  expect(old).toMatchObject({ patient: "", state: "closed", present: at(25) - (old?.raised.at ?? 0) });
  expect(old?.transitions.map((t) => t.kind)).toEqual(["raised", "acknowledged", "superseded"]);
  expect(now).toMatchObject({ patient: "Maya K.", state: "acknowledged", unattended: [] });
  expect(now?.transitions.map((t) => t.kind)).toEqual(["raised", "acknowledged"]);
});
