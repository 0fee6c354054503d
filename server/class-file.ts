/** Reads a class file: the roster in it, or everything that is wrong with it, in sentences. */
import { readFile } from "node:fs/promises";
import { parseRoster, type ReadClassFile, type Roster } from "../shared/plan/roster.ts";
import { jsonProblem } from "./json-problem.ts";

export type ClassFileResult =
  | Readonly<{ ok: true; roster: Roster; file: ReadClassFile }>
  | Readonly<{ ok: false; problems: readonly string[] }>;

/** The roster in the file at `path`. Never rejects. */
export const readClassFile = async (path: string): Promise<ClassFileResult> => {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return wrong(whyUnreadable(path, error));
  }
  return parseClassFile(path, bytes);
};

/** The roster in the content of a class file; `path` is what the sentences call it. */
export const parseClassFile = (path: string, bytes: Uint8Array): ClassFileResult => {
  let text: string;
  try {
    // The decoder also takes away the byte order mark that some editors write.
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return wrong(`The class file ${path} is not text in UTF-8. Save it as UTF-8.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    const { line, column, expected, found } = jsonProblem(text);
    return wrong(
      `The class file ${path} is not JSON: in line ${line}, column ${column}, expected ${expected}, found ${found}.`,
    );
  }
  const result = parseRoster(content);
  if (result.ok) return result;
  return wrong(...result.issues.map((i) => `In the class file ${path}, at ${i.path}: ${sentence(i.reason)}`));
};

const wrong = (...problems: readonly string[]): ClassFileResult => ({ ok: false, problems });

const sentence = (reason: string): string => (/[.!?]$/.test(reason) ? reason : `${reason}.`);

const whyUnreadable = (path: string, error: unknown): string => {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "ENOENT":
      return `There is no class file ${path}. Correct the name after --class (CUFFWATCH_CLASS).`;
    case "EISDIR":
      return `${path} is a folder; --class (CUFFWATCH_CLASS) takes a file.`;
    case "EACCES":
      return `The class file ${path} may not be read by this user. Change its permissions.`;
    default:
      return `The class file ${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`;
  }
};
