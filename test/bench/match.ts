/** Which change on the screen belongs to which publish: values tell, since a cuff's values repeat only after a whole cycle. */

/** A message that a cuff published: when, and the whole mmHg in it. Times are machine time in ms. */
export type Published = Readonly<{ cuff: number; at: number; value: number }>;
/** A change of a cuff's number in the page: when its text changed, and when the next frame was painted. */
export type Shown = Readonly<{ cuff: number; text: number; frame: number; value: number }>;

/** How long each publish that was shown took, and how many there were in all. */
export type Latencies = Readonly<{
  published: number;
  shown: number;
  text: readonly number[];
  frame: readonly number[];
}>;

/** By how much two clocks may disagree, in ms: a change this little before its publish still belongs to it. */
const clocksDiffer = 1;

/**
 * For each publish with `from` ≤ at < `to`, the first change to its value that came before the value was published again.
 * Right as long as no change comes later than a whole cycle of values; `lastChangeAfter` tells whether it did.
 */
export const latencies = (
  published: readonly Published[],
  shown: readonly Shown[],
  from: number,
  to: number,
): Latencies => {
  const changes = grouped(shown);
  const text: number[] = [];
  const frame: number[] = [];
  let counted = 0;
  for (const [key, publishes] of grouped(published)) {
    const seen = (changes.get(key) ?? []).toSorted((a, b) => a.text - b.text);
    const sent = publishes.toSorted((a, b) => a.at - b.at);
    let next = 0;
    sent.forEach((one, i) => {
      const again = sent[i + 1]?.at ?? Infinity;
      while (next < seen.length && (seen[next]?.text ?? 0) < one.at - clocksDiffer) next++;
      const change = seen[next];
      const found = change !== undefined && change.text < again - clocksDiffer ? change : null;
      if (one.at < from || one.at >= to) return;
      counted++;
      if (found === null) return;
      text.push(found.text - one.at);
      frame.push(found.frame - one.at);
    });
  }
  return { published: counted, shown: text.length, text, frame };
};

/** How long after the last publish the page still changed, in ms; 0 where it did not. */
export const lastChangeAfter = (published: readonly Published[], shown: readonly Shown[]): number => {
  const last = published.reduce((latest, p) => Math.max(latest, p.at), -Infinity);
  return shown.reduce((longest, s) => Math.max(longest, s.text - last), 0);
};

const grouped = <T extends Readonly<{ cuff: number; value: number }>>(
  items: readonly T[],
): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = `${item.cuff} ${item.value}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};
