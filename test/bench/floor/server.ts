/**
 * The floor: the least program that could show cuffs on a wall. Broker → subscriber → socket → text and a line in a page.
 * It judges nothing, records nothing and knows nobody; what the product takes beyond it is the price of supervision.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import { type AddressInfo, createServer, type Server as NetServer } from "node:net";
import { Aedes } from "aedes";
import { Server } from "socket.io";
import type { Listening } from "../subject.ts";

const here = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const html = here("index.html");
const script = stripTypeScriptTypes(here("page.ts"));
const cuffs = process.argv.slice(2);

const http = createHttp((request, response) => {
  const isScript = request.url === "/page.js";
  response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
  response.end(isScript ? script : html);
});
const io = new Server(http);
io.on("connection", (socket) => socket.emit("cuffs", cuffs));

const broker = await Aedes.createBroker();
broker.subscribe(
  "bfr/v1/+/+/data",
  ({ topic, payload }, done) => {
    io.emit("data", topic.split("/")[3], payload.toString());
    done();
  },
  () => undefined,
);
const mqtt = createServer(broker.handle);

const listen = async (server: NetServer): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};
const listening: Listening = {
  kind: "listening",
  httpPort: await listen(http),
  mqttPort: await listen(mqtt),
  setupPath: null,
};
process.send?.(listening);
process.on("disconnect", () => process.exit());
