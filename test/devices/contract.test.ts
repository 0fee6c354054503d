import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { asyncApi, asyncApiText } from "../../devices/asyncapi.ts";
import { step } from "../../devices/cuff.ts";
import { basicCuff } from "../../shared/cuff/basic.ts";
import { commandMessage, fromCuff, hostAlarmMessage, hostStatusMessage } from "../../shared/cuff/message.ts";
import { someCuff } from "./some-cuff.ts";

const page = readFileSync(new URL("../../devices/contract.md", import.meta.url), "utf8");
const committed = readFileSync(new URL("../../devices/asyncapi.json", import.meta.url), "utf8");
const document = asyncApi();

/** Every example on the page, by what it is an example of. */
const examples = [...page.matchAll(/```json (\S+)\n([\s\S]*?)```/g)].map(([, kind = "", text = ""]) => ({
  kind,
  text,
}));

const schemas: Readonly<Record<string, z.ZodType>> = {
  ...fromCuff,
  cmd: commandMessage,
  "host-status": hostStatusMessage,
  "host-alarm": hostAlarmMessage,
  "basic-cuffs": z.array(basicCuff),
};

const ajv = new Ajv({ strict: false });
ajv.addSchema({ $id: "contract", ...document });
const validates = (id: string, value: unknown): boolean =>
  ajv.getSchema(`contract#/components/schemas/${id}`)?.(value) === true;

/** Every field and every fixed word in a schema. */
const namesIn = (schema: unknown): string[] => {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
    ...(key === "properties" && typeof value === "object" && value !== null ? Object.keys(value) : []),
    ...(key === "enum" && Array.isArray(value) ? value.map(String) : []),
    ...namesIn(value),
  ]);
};

/** Which schema of the document an example belongs to. */
const idOf: Readonly<Record<string, string>> = {
  status: "Status",
  meta: "Meta",
  data: "Data",
  backfill: "Data",
  event: "Event",
  ack: "Ack",
  cmd: "Command",
  "host-status": "HostStatus",
  "host-alarm": "HostAlarm",
};

describe("the page", () => {
  test("has an example of every message", () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(Object.keys(schemas)));
  });

  test.each(examples)("example of $kind parses with the schemas: $text", ({ kind, text }) => {
    expect(schemas[kind]?.safeParse(JSON.parse(text))).toMatchObject({ success: true });
  });

  test("has no example in JSON that says not what it is", () => {
    expect(page.match(/```json/g)).toHaveLength(examples.length);
  });

  test("names every topic, every field and every word of the schemas", () => {
    for (const { address } of Object.values(document.channels)) expect(page).toContain(`\`${address}\``);
    const named = new Set(namesIn(document.components.schemas));
    expect(named.size).toBeGreaterThan(50);
    expect([...named].filter((name) => !new RegExp(`[\`".]${name}["\`]`).test(page))).toEqual([]);
  });
});

describe("the AsyncAPI document", () => {
  test("is what the schemas generate; npm run contract writes it", () => {
    expect(committed).toBe(asyncApiText());
  });

  test("refers to nothing that is not in it", () => {
    const found = (reference: string): unknown =>
      reference
        .replace("#/", "")
        .split("/")
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    const references = [...asyncApiText().matchAll(/"\$ref": "(.*?)"/g)].map(
      ([, reference = ""]) => reference,
    );
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) expect(found(reference), reference).toBeDefined();
  });

  test.each(examples.filter(({ kind }) => kind in idOf))(
    "takes the page's example of $kind: $text",
    ({ kind, text }) => {
      expect(validates(idOf[kind] ?? "", JSON.parse(text))).toBe(true);
    },
  );

  test.each([
    ["a pressure out of range", "Data", { p: [6001] }],
    ["an unknown phase", "Data", { st: { phase: "resting", tgt: 0, occMs: 0, ep: 0 } }],
    ["another version", "Data", { v: 2 }],
    ["a boot in capitals", "Status", { boot: "7F" }],
    ["an unknown command", "Command", { kind: "inflate" }],
    ["an event without its code", "Event", { kind: "fault" }],
  ] as const)("refuses %s, as the schemas do", (_, id, wrong) => {
    const kind = Object.keys(idOf).find((key) => idOf[key] === id) ?? "";
    const example: unknown = JSON.parse(examples.find((e) => e.kind === kind)?.text ?? "null");
    const spoilt = { ...(example as object), ...wrong };
    expect(validates(id, spoilt)).toBe(false);
    expect(schemas[kind]?.safeParse(spoilt).success).toBe(false);
  });

  test("takes what a simulated cuff says in a minute", () => {
    for (const { channel, message } of step(someCuff(), 60_000).said)
      expect(validates(channel === "data" ? "Data" : "Event", message)).toBe(true);
  });
});
