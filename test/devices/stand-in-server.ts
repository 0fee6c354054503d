/** Stands in for the server in a demonstration: a broker on a free port, the message that says so, and a count of what it was told. */
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { Aedes } from "aedes";

const { values } = parseArgs({
  options: {
    demo: { type: "boolean" },
    class: { type: "string", default: "" },
    data: { type: "string", default: "" },
    site: { type: "string" },
    "http-port": { type: "string", default: "0" },
  },
  // What it does not know is for the real server.
  strict: false,
});

const broker = await Aedes.createBroker();
const heard = new Set<string>();
broker.on("publish", (packet, client) => {
  if (client !== null) heard.add(packet.topic);
  // With an exit code to show, it fails as soon as the first cuff has been heard.
  if (heard.size > 0 && process.env["STAND_IN_EXIT"] !== undefined)
    process.exit(Number(process.env["STAND_IN_EXIT"]));
});
const tcp = createServer(broker.handle);
tcp.listen(0, "127.0.0.1", () => {
  const address = tcp.address();
  const mqttPort = typeof address === "object" && address !== null ? address.port : 0;
  process.send?.({
    kind: "listening",
    httpHost: "127.0.0.1",
    httpPort: Number(values["http-port"]),
    mqttHost: "127.0.0.1",
    mqttPort,
  });
});
console.log(
  JSON.stringify({
    args: process.argv.slice(2),
    classFile: existsSync(String(values.class)),
    data: readdirSync(String(values.data)),
  }),
);
process.on("SIGTERM", () => process.exit(0));
