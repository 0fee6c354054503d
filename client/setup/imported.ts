/** What became of a class file, in lines. */
import { z } from "zod";
import { setupWords } from "../../shared/view/setup-words.ts";

const words = setupWords.import;
const records = z.array(z.object({ kind: z.string(), id: z.string() }));
export const importedSchema = z.object({ made: records, changed: records, left: records });
export type Imported = Readonly<z.output<typeof importedSchema>>;

const kinds: Readonly<Record<string, readonly [one: string, many: string]>> = words.kinds;

/** "New: 4 patients, 2 plans"; no line for what did not happen. */
export const linesOf = (imported: Imported): readonly string[] =>
  (["made", "changed", "left"] as const).flatMap((outcome) => {
    const counts = new Map<string, number>();
    for (const { kind } of imported[outcome]) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const parts = [...counts].map(([kind, n]) => `${n} ${(kinds[kind] ?? words.others)[n === 1 ? 0 : 1]}`);
    return parts.length === 0 ? [] : [`${words.outcome[outcome]}: ${parts.join(", ")}`];
  });
