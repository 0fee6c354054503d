/** Sessions with simulated cuffs and what goes wrong with them: what is recorded of one is enough to play it and to judge it again. */
import { describe, expect, test } from "vitest";
import { newState } from "../../../shared/engine.ts";
import { siteId } from "../../../shared/ids.ts";
import { judgeAgain } from "../../../shared/recording/judge-again.ts";
import { linesFrom } from "../../../shared/recording/lines.ts";
import type { Recorded } from "../../../shared/recording/recorded.ts";
import { monotonic } from "../../../shared/units.ts";
import { demoWeeks, livedAlone } from "../../support/weeks.ts";

const weeks = demoWeeks();

describe("a session in which something goes wrong", () => {
  const { lines } = livedAlone(weeks, ({ trouble, cuffs }) => trouble !== null && cuffs.length === 1);
  const to = lines.at(-1)?.at ?? monotonic(0);
  const start = newState(siteId("main"));
  const recorded: Recorded = { start, lines: linesFrom(lines), holes: [], from: monotonic(0), to };

  test("is judged again as it was", () => {
    expect(lines.some(({ fact }) => fact.kind === "alarm-raised")).toBe(true);
    const again = judgeAgain(recorded).lines;
    expect(again.map(({ fact }) => JSON.stringify(fact))).toEqual(
      lines.map(({ fact }) => JSON.stringify(fact)),
    );
  });
});
