/** Two people have changed the same record: what each changed, field by field, so that nothing is lost of what either typed. */

type Fields = Readonly<Record<string, unknown>>;

export type Conflict = Readonly<{ field: string; mine: unknown; theirs: unknown }>;

export type Merged<Draft> = Readonly<{
  /** Mine, with what only they have changed. */
  draft: Draft;
  /** What both have changed; mine stands in the draft until somebody chooses. */
  conflicts: readonly Conflict[];
  /** What only they have changed. */
  taken: readonly string[];
}>;

/** `key` names a row on the screen and is no part of what it says. */
const written = (value: unknown): string | undefined =>
  JSON.stringify(value, (name, part: unknown) => (name === "key" ? undefined : part));

/** Whether two values say the same. */
export const same = (a: unknown, b: unknown): boolean => written(a) === written(b);

/** What I have typed and what stands there now, both from the same `base`. */
export const merged = <Draft extends object>(base: Draft, mine: Draft, theirs: Draft): Merged<Draft> => {
  const [was, own, other] = [fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)];
  const changed = (now: Fields): string[] =>
    Object.keys(mine).filter((field) => !same(now[field], was[field]));
  const byThem = changed(other);
  const byMe = changed(own);
  const conflicts = byThem
    .filter((field) => byMe.includes(field) && !same(own[field], other[field]))
    .map((field) => ({ field, mine: own[field], theirs: other[field] }));
  const taken = byThem.filter((field) => !byMe.includes(field));
  const draft = { ...mine, ...Object.fromEntries(taken.map((field) => [field, other[field]])) };
  return { draft, conflicts, taken };
};

const fieldsOf = (draft: object): Fields => Object.fromEntries(Object.entries(draft));
