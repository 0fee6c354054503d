/** A strict reader of CSV (RFC 4180): every row ends in CR LF, every row has as many cells as the first. */
export const parseCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let row: string[] = [];
  // A cell is quoted, with quotes doubled, or holds neither quote, comma nor line end; then a comma or a line end follows.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const from = cell.lastIndex;
    const found = cell.exec(text);
    if (found === null)
      throw new Error(`No CSV from character ${from} on: ${JSON.stringify(text.slice(from, from + 60))}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error("The last row has no end.");
  for (const [n, { length }] of rows.entries())
    if (length !== rows[0]?.length)
      throw new Error(`Row ${n + 1} has ${length} cells, the first ${rows[0]?.length}.`);
  return rows;
};

/** The rows under the first one, by the names that stand in it. */
export const csvTable = (text: string): readonly Readonly<Record<string, string>>[] => {
  const [head = [], ...rows] = parseCsv(text);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ""])));
};
