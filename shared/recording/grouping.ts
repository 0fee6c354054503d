/** Which lines make a chunk: those of one cuff that are said again and again, or those of everything else, within a span of time. */
import { frequentKinds, type Line } from "./line.ts";

/** A chunk spans less than this, in milliseconds of site time. */
export const chunkSpanMs = 600_000;
/** Lines of a chunk: few enough that taking them in holds nobody up, enough that what each chunk costs is lost among them. */
export const mostLines = 6200;

const frequent: ReadonlySet<string> = new Set(frequentKinds);

/** The cuff whose chunk a line belongs to; null for the chunk of everything else. */
export const groupOf = ({ fact }: Pick<Line, "fact">): string | null =>
  frequent.has(fact.kind) && "cuff" in fact ? fact.cuff : null;

/** Takes lines in order of their ids and gives them back as groups, each of which is to be one chunk. */
export class Grouping {
  readonly #open = new Map<string | null, Line[]>();

  /** Takes a line in; answers with a group that it was too late or too much for. */
  add(line: Line): readonly Line[] | null {
    const group = groupOf(line);
    const open = this.#open.get(group);
    const first = open?.[0];
    if (open !== undefined && first !== undefined) {
      if (open.length < mostLines && line.at - first.at < chunkSpanMs) {
        open.push(line);
        return null;
      }
    }
    this.#open.set(group, [line]);
    return open ?? null;
  }

  /** What is left when no more lines come. */
  rest(): readonly (readonly Line[])[] {
    const left = [...this.#open.values()];
    this.#open.clear();
    return left;
  }
}

/** All groups of some lines. */
export const grouped = (lines: Iterable<Line>): readonly (readonly Line[])[] => {
  const grouping = new Grouping();
  const groups: (readonly Line[])[] = [];
  for (const line of lines) {
    const full = grouping.add(line);
    if (full !== null) groups.push(full);
  }
  return [...groups, ...grouping.rest()];
};
