/**
 * Stands in for the server in a demonstration: a broker on a free port and the message that says so. Once the first cuff
 * is heard it says what it was started with; with STAND_IN_EXIT it then ends with that code.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { Aedes } from "aedes";
import { parcelMessage } from "../../shared/recording/parcel.ts";

const after = (flag: string): string => process.argv[process.argv.indexOf(flag) + 1] ?? "";

const broker = await Aedes.createBroker();
let heard = false;
broker.on("publish", ({ topic }, client) => {
  if (client === null || heard) return;
  heard = true;
  const patients = readFileSync(after("--class"), "utf8").match(/"patient"/g)?.length ?? 0;
  const files = readdirSync(after("--data"));
  const broker = process.env["CUFFWATCH_MQTT_URL"] ?? "own";
  console.log(`STAND-IN ${JSON.stringify({ topic, patients, files, broker, args: process.argv.slice(2) })}`);
  if (process.env["STAND_IN_EXIT"] !== undefined) process.exit(Number(process.env["STAND_IN_EXIT"]));
});

const tcp = createServer(broker.handle);
tcp.listen(0, "127.0.0.1", () => {
  const address = tcp.address();
  const mqttPort = typeof address === "object" && address !== null ? address.port : 0;
  const httpPort = Number(after("--http-port"));
  process.send?.({
    ...{ kind: "listening", web: `http://127.0.0.1:${httpPort}` },
    ...{ mqttHost: "127.0.0.1", mqttPort },
  });
});
// With STAND_IN_PATIENT it is one of whom there may be a history: it answers for all that it is handed.
const patient = process.env["STAND_IN_PATIENT"];
if (patient !== undefined) process.send?.({ kind: "patients", patients: [{ station: "1", patient }] });
process.on("message", (message) => {
  const { parcel } = parcelMessage.parse(message);
  console.log(parcel.holds === "documents" ? "PARCEL documents" : `PARCEL ${parcel.class}`);
  process.send?.({ kind: "taken", ok: true, detail: "" });
});
process.on("SIGTERM", () => process.exit(0));
// A demonstration that was killed must not leave its server behind.
process.on("disconnect", () => process.exit(0));
