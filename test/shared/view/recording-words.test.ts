import { expect, test } from "vitest";
import { recordingPageWords as words } from "../../../shared/view/recording-words.ts";

test("a session in the list tells reminders apart from alarms", () => {
  expect(words.alarms(0, 0, 4)).toBe("no alarm · 4 reminders");
  expect(words.alarms(3, 1, 1)).toBe("3 alarms, 1 high · 1 reminder");
  expect(words.alarms(0, 0, 0)).toBe("no alarm");
});
