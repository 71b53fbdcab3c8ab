/** Rows in columns: the first to the left, figures to the right. */
export function print(rows: readonly (readonly string[])[]): void {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widthOf(0)) : cell.padStart(widthOf(column) + 2);
  process.stdout.write(`\n${rows.map((row) => row.map(pad).join('')).join('\n')}\n`);
}
