/** Runs a demonstration around the stand-in server, as a process that can be told to stop. */
import { demonstrate } from "../../devices/demonstration.ts";
import { scenarios, usualRates } from "../../devices/scenarios.ts";
import { siteId } from "../../shared/ids.ts";

const simulated = scenarios["demo"]?.build({ patients: 2, seed: 7, ...usualRates });
if (simulated === undefined) throw new Error("there is no demonstration");

process.exitCode = await demonstrate({
  simulated,
  history:
    process.env["STAND_IN_PATIENT"] === undefined
      ? null
      : { scenario: "demo", patients: 2, seed: 7, weeks: 1, site: "main" },
  site: siteId("main"),
  serverScript: new URL("./stand-in-server.ts", import.meta.url),
  serverFlags: ["--http-port", "8123"],
  folder: "data-demo",
  verbose: false,
  say: (text) => console.log(text),
});
