/** Judged again under the limits that it had, a recording gives exactly what was recorded: it holds all that was decided on. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fact } from "../../../shared/session/fact.ts";
import { differences } from "../../../shared/recording/differences.ts";
import { judgeAgain, occurrencesIn } from "../../../shared/recording/judge-again.ts";
import { each } from "../../../shared/recording/recorded.ts";
import { lived, packed, someClass } from "../../support/recorded-class.ts";

test("under the recorded limits today's engine decides the recorded facts, and no others", () => {
  const kinds = new Set<Fact["kind"]>();
  fc.assert(
    fc.property(someClass, (events) => {
      const recorded = packed(lived(events));
      const judged = judgeAgain(recorded);
      const facts = [...each(recorded.lines)].map((line) => line.fact);
      for (const { kind } of facts) kinds.add(kind);
      expect(judged.lines.map((line) => line.fact)).toEqual(facts);
      expect(differences(occurrencesIn(each(recorded.lines), recorded.to), judged.occurrences)).toEqual([]);
    }),
    { numRuns: 30 },
  );
  // What was never recorded was never judged again.
  expect(kinds.size).toBeGreaterThan(20);
});
