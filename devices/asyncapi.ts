/**
 * The contract as an AsyncAPI 3.0 document, generated from the schemas that the server parses with.
 * `npm run contract` writes devices/asyncapi.json; a test fails when it is out of date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import {
  ackMessage,
  commandMessage,
  dataMessage,
  eventMessage,
  hostAlarmMessage,
  hostStatusMessage,
  metaMessage,
  statusMessage,
} from "../shared/cuff/message.ts";

type Channel = Readonly<{
  name: string;
  topic: string;
  schema: z.ZodType;
  /** From the server's side: what it receives and what it sends. */
  action: "receive" | "send";
  qos: 0 | 1;
  retain: boolean;
  summary: string;
}>;

const cuffTopic = (channel: string): string => `bfr/v1/{site}/{cuff}/${channel}`;
const fromCuff = (name: string, schema: z.ZodType, summary: string) =>
  ({ name, topic: cuffTopic(name), schema, action: "receive", summary, qos: 1, retain: false }) as const;

const channels: readonly Channel[] = [
  { ...fromCuff("status", statusMessage, "On connection, and as the last will"), retain: true },
  { ...fromCuff("meta", metaMessage, "On connection: what kind of cuff this is"), retain: true },
  { ...fromCuff("data", dataMessage, "At least once a second"), qos: 0 },
  fromCuff("event", eventMessage, "When something happens"),
  fromCuff("backfill", dataMessage, "After a gap or when asked: hist is true, oldest first"),
  fromCuff("ack", ackMessage, "In answer to a command"),
  {
    name: "cmd",
    topic: cuffTopic("cmd"),
    schema: commandMessage,
    action: "send",
    qos: 1,
    retain: false,
    summary: "A command; none raises a pressure",
  },
  {
    name: "hostStatus",
    topic: "bfr/v1/{site}/host/status",
    schema: hostStatusMessage,
    action: "send",
    qos: 1,
    retain: true,
    summary: "Every 2 s, and as the last will",
  },
  {
    name: "hostAlarm",
    topic: "bfr/v1/{site}/host/alarm",
    schema: hostAlarmMessage,
    action: "send",
    qos: 1,
    retain: true,
    summary: "At every change and every 2 s; taken away when the server ends",
  },
];

const parameters = {
  site: { description: "The clinic's site: 1 to 32 of a-z, 0-9 and -" },
  cuff: { description: "The cuff's own name: 1 to 32 of a-z, 0-9 and -, never host" },
};

/** The document, as a value that JSON can carry. */
export const asyncApi = () => ({
  asyncapi: "3.0.0",
  info: {
    title: "Cuffwatch cuff contract",
    version: "1.0.0",
    description:
      "What cuffs for blood flow restriction say to Cuffwatch over MQTT 3.1.1, seen from the server. devices/contract.md explains it.",
    license: { name: "MIT" },
  },
  defaultContentType: "application/json",
  channels: Object.fromEntries(channels.map((channel) => [channel.name, channelObject(channel)])),
  operations: Object.fromEntries(
    channels.map((channel) => [`${channel.action}${capital(channel.name)}`, operation(channel)]),
  ),
  components: {
    messages: Object.fromEntries(
      channels.map(({ schema }) => [
        idOf(schema),
        { name: idOf(schema), payload: { $ref: schemaAt(idOf(schema)) } },
      ]),
    ),
    schemas: schemas(),
  },
});

const channelObject = ({ topic, schema }: Channel) => ({
  address: topic,
  ...(topic.includes("{cuff}") ? { parameters } : { parameters: { site: parameters.site } }),
  messages: { [idOf(schema)]: { $ref: `#/components/messages/${idOf(schema)}` } },
});

const operation = ({ name, action, summary, schema, qos, retain }: Channel) => ({
  action,
  channel: { $ref: `#/channels/${name}` },
  summary,
  bindings: { mqtt: { qos, retain, bindingVersion: "0.2.0" } },
  messages: [{ $ref: `#/channels/${name}/messages/${idOf(schema)}` }],
});

const schemaAt = (id: string): string => `#/components/schemas/${id}`;

/** Everything in the schemas that has a name of its own. AsyncAPI's schemas are a superset of JSON Schema draft 07. */
const schemas = (): Record<string, object> => {
  const all = z.toJSONSchema(z.globalRegistry, { target: "draft-7", io: "input", uri: schemaAt }).schemas;
  const wanted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(wanted.map(([id, schema]) => [id, withoutIdentity(schema)]));
};

/** Each part is known by its place in the document; an address of its own would compete with it. */
const withoutIdentity = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "$id"));

const idOf = (schema: z.ZodType): string => {
  const id = z.globalRegistry.get(schema)?.id;
  if (id === undefined) throw new Error("A message of the contract has no id.");
  return id;
};

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const file = new URL("asyncapi.json", import.meta.url);

/** The document as it is committed. */
export const asyncApiText = (): string => `${JSON.stringify(asyncApi(), null, 2)}\n`;

if (import.meta.main) {
  if (process.argv.includes("--write")) writeFileSync(file, asyncApiText());
  else if (readFileSync(file, "utf8") !== asyncApiText()) {
    console.error("devices/asyncapi.json is not what the schemas say; npm run contract writes it anew.");
    process.exitCode = 1;
  }
}
