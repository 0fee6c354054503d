import { expect, test } from "vitest";
import { cuffWords as words, isOutOfReach } from "../../../shared/view/cuff-words.ts";

test("who may not make the first credentials yet is told how to get there", () => {
  expect(words.firstWhileInflated(["cuff-01"])).toContain("Release it, or say on the floor that it is off.");
  expect(words.firstWhileInflated(["cuff-01", "cuff-02"])).toContain(
    "Release them, or say on the floor that they are off.",
  );
});

test("the line that starts simulated cuffs keeps them down, and names a broker that is not at the usual port", () => {
  const line = (address: string | null): string => words.emptyTry(address).split(": ").slice(1).join(": ");
  expect(line(null)).toBe("npm run cuffs -- --scenario ready");
  expect(line("mqtt://127.0.0.1:1883")).toBe("npm run cuffs -- --scenario ready");
  expect(line("mqtt://127.0.0.1:2883")).toBe("npm run cuffs -- --scenario ready --url mqtt://127.0.0.1:2883");
  expect(words.simulatedStart("cuff-01", "secret", "mqtt://127.0.0.1:1883")).toBe(
    'CUFF_PASSWORDS="cuff-01=secret" npm run cuffs -- --scenario ready',
  );
});

test.each([
  [["mqtt://127.0.0.1:1883"], true],
  [["mqtts://localhost:8883", "mqtt://[::1]:1883"], true],
  [["mqtts://192.168.1.20:8883", "mqtt://127.0.0.1:1883"], false],
  [["mqtt://192.168.1.20:1883"], false],
])("whether cuffs on the network reach %j", (addresses, is) => {
  const broker = { up: true, detail: "", addresses, strangersMayIn: true };
  expect(isOutOfReach({ kind: "embedded", ...broker })).toBe(is);
  expect(isOutOfReach({ kind: "external", ...broker })).toBe(false);
});
