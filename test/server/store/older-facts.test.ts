import { expect, test } from "vitest";
import { inPresentForm } from "../../../server/store/older-facts.ts";
import { fromRow } from "../../../server/store/fact-row.ts";
import { apply, nextDeadline, openAlarms } from "../../../shared/engine.ts";
import type { Fact } from "../../../shared/session/fact.ts";
import { floorOf, classOf } from "../../support/floor.ts";

/** As the first version wrote them. */
const raised = `{"kind":"alarm-raised","at":5000,"cuff":"cuff-1","occurrence":{"id":"main/cuff-1/silent/1/1","condition":"silent",
  "cuff":"cuff-1","station":"1","priority":"medium","raisedAt":5000,"value":3000,"limit":3000,"unconfirmed":false,"acknowledged":null,"clearedAt":null}}`;
const changed = `{"kind":"alarm-changed","at":6000,"cuff":"cuff-1","id":"main/cuff-1/silent/1/1","priority":"high","value":1,"limit":1,"unconfirmed":true}`;
const answered = `{"kind":"alarm-acknowledged","at":7000,"cuff":"cuff-1","id":"main/cuff-1/silent/1/1",
  "acknowledged":{"by":"Aidan R.","at":7000,"verified":false}}`;

const stored = (body: string): Fact =>
  fromRow({
    id: 1,
    epoch: "e",
    at: 5000,
    wall: 1,
    kind: "x",
    cuff: "cuff-1",
    boot: null,
    seq: null,
    alarm: null,
    body,
  }).fact;

test("what the first version recorded folds into a state whose deadlines are numbers", () => {
  const floor = floorOf(classOf()).state;
  const once = [raised, changed].map(stored).reduce(apply, floor);
  expect(openAlarms(once)).toEqual([
    expect.objectContaining({ roseAt: 6000, waitingSince: 5000, remindedAt: null, patient: "", cause: null }),
  ]);
  expect(nextDeadline(once)).toBe(30_000);
  const gone = apply(once, stored(answered));
  expect(openAlarms(gone)[0]).toMatchObject({ acknowledged: { until: 37_000 }, waitingSince: null });
});

test("what is in the present form stays as it is", () => {
  const fact = stored(raised);
  expect(inPresentForm(fact)).toEqual(fact);
});
