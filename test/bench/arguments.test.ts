import { describe, expect, test } from "vitest";
import { benches, helpText, parseArguments } from "./arguments.ts";

const usual = { cuffs: 32, hz: 10, rounds: 3, seconds: 10, seed: 1, json: false, short: false };

describe("the command line of the benches", () => {
  test("runs every bench where none is named", () => {
    expect(parseArguments([])).toEqual({ kind: "run", benches, options: usual });
  });
  test("runs the named bench with what was asked", () => {
    expect(
      parseArguments([
        "wall-latency",
        "--cuffs",
        "64",
        "--hz=50",
        "--rounds",
        "1",
        "--seconds",
        "5",
        "--json",
      ]),
    ).toEqual({
      kind: "run",
      benches: ["wall-latency"],
      options: { cuffs: 64, hz: 50, rounds: 1, seconds: 5, seed: 1, json: true, short: false },
    });
  });
  test.each([
    [
      ["wall-speed"],
      'There is no bench "wall-speed"; there are wall-latency, engine, storage, alarms, replay.',
    ],
    [["--cups", "3"], 'There is no option "--cups"; --help tells which there are.'],
    [["--cuffs", "65"], '--cuffs must be a whole number from 1 to 64; it was "65".'],
    [["--hz", "ten"], '--hz must be a whole number from 1 to 50; it was "ten".'],
    [["--seconds"], '--seconds must be a whole number from 1 to 240; it was "".'],
  ])("says in a sentence what is wrong with %j", (argv, reason) => {
    expect(parseArguments(argv)).toEqual({ kind: "wrong", reason });
  });
  test("runs the short form of the alarm bench where asked", () => {
    expect(parseArguments(["alarms", "--short"])).toEqual({
      kind: "run",
      benches: ["alarms"],
      options: { ...usual, short: true },
    });
  });
  test("tells what there is", () => {
    expect(parseArguments(["engine", "--help"])).toEqual({ kind: "help" });
    for (const name of benches) expect(helpText()).toContain(name);
  });
});
