import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { encodeChunk, openChunk } from "../../../shared/recording/chunk.ts";
import { openRecording, packRecording } from "../../../shared/recording/container.ts";
import { layoutVersion } from "../../../shared/recording/layout.ts";
import type { Line } from "../../../shared/recording/line.ts";

const folder = path.resolve(import.meta.dirname, "../../recordings");
const names = readdirSync(folder).filter((name) => name.endsWith(".chunk"));

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(folder, name)));

const linesOf = (name: string): readonly Line[] =>
  readFileSync(path.join(folder, name.replace(/chunk$/, "ndjson")), "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as Line);

test.each(names)("%s still has the lines with which it was written", (name) => {
  const chunk = openChunk(bytesOf(name));
  if (!chunk.ok) throw new Error(chunk.error.detail);
  expect(Array.from({ length: chunk.value.length }, (_, row) => chunk.value.line(row))).toStrictEqual(
    linesOf(name),
  );
});

test.each(names.filter((name) => name.endsWith(`-${layoutVersion}.chunk`)))(
  "%s is written so today",
  (name) => {
    expect(encodeChunk(linesOf(name))).toStrictEqual(bytesOf(name));
  },
);

test("a recording of version 1 still opens", () => {
  const bytes = bytesOf("recording-1.cwr");
  const found = openRecording(bytes);
  if (!found.ok) throw new Error(found.error.detail);
  const { head, lines } = found.value;
  expect(head.of).toStrictEqual({ kind: "session", session: "s-1" });
  expect(lines.length).toBeGreaterThan(250);
  expect(packRecording(head, ["one-cuff-1.chunk", "rare-1.chunk"].map(bytesOf))).toStrictEqual(bytes);
});
