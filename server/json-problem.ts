/** Where a text stops being JSON (RFC 8259), since the parser of the platform does not always say. */

export type JsonProblem = Readonly<{
  /** Counted from 1. */
  line: number;
  column: number;
  /** What could have stood there: "a comma or }". */
  expected: string;
  /** What stands there: `"x"`, or "the end of the file". */
  found: string;
}>;

const token =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/uy;
const space = /[ \t\r\n]*/y;

type Awaited = "value" | "value or ]" | "name" | "name or }" | "colon" | "comma" | "end";

/** The first place at which `text`, which is not JSON, goes wrong. */
export const jsonProblem = (text: string): JsonProblem => {
  const open: ("{" | "[")[] = [];
  let awaited: Awaited = "value";
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    space.exec(text);
    at = space.lastIndex;
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? null;
    const next: Awaited | null = found === null ? null : after(awaited, found, open);
    if (next === null || found === null) return problemAt(text, at, expectedWords(awaited, open));
    awaited = next;
    at += found.length;
  }
};

/** What is awaited after a token, or null where the token may not stand. Keeps the list of what is open. */
const after = (awaited: Awaited, found: string, open: ("{" | "[")[]): Awaited | null => {
  const closed = (): Awaited => {
    open.pop();
    return open.length === 0 ? "end" : "comma";
  };
  const inside = open.at(-1);
  switch (awaited) {
    case "value":
    case "value or ]":
      if (found === "{" || found === "[") {
        open.push(found);
        return found === "{" ? "name or }" : "value or ]";
      }
      if (found === "]" && awaited === "value or ]") return closed();
      if (/^[}\],:]/.test(found)) return null;
      return open.length === 0 ? "end" : "comma";
    case "name":
    case "name or }":
      if (found === "}" && awaited === "name or }") return closed();
      return found.startsWith('"') ? "colon" : null;
    case "colon":
      return found === ":" ? "value" : null;
    case "comma":
      if (found === ",") return inside === "{" ? "name" : "value";
      return (found === "}" && inside === "{") || (found === "]" && inside === "[") ? closed() : null;
    case "end":
      return null;
  }
};

const expectedWords = (awaited: Awaited, open: readonly ("{" | "[")[]): string => {
  switch (awaited) {
    case "value":
      return "a value";
    case "value or ]":
      return "a value or ]";
    case "name":
      return "a name in double quotes";
    case "name or }":
      return "a name in double quotes or }";
    case "colon":
      return "a colon";
    case "comma":
      return `a comma or ${open.at(-1) === "{" ? "}" : "]"}`;
    case "end":
      return "the end of the file";
  }
};

/** How much of a wrong text is shown. */
const shown = 20;

const problemAt = (text: string, at: number, expected: string): JsonProblem => {
  const lines = text.slice(0, at).split("\n");
  const rest = /^[^\n\r]*/.exec(text.slice(at))?.[0] ?? "";
  return {
    line: lines.length,
    column: (lines.at(-1) ?? "").length + 1,
    expected,
    found:
      at >= text.length ? "the end of the file" : rest.length > shown ? `${rest.slice(0, shown)}…` : rest,
  };
};
