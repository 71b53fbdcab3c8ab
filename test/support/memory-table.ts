/** A table of rows in memory that behaves like a store elsewhere: what goes in and comes out is a copy. */
export class Table<T extends { readonly id: string }> {
  private readonly rows = new Map<string, T>();

  get(id: string): T | undefined {
    const row = this.rows.get(id);
    return row && structuredClone(row);
  }

  /** The rows of these ids, each once, in the order of the table as a store's `$in` gives them. */
  some(ids: readonly string[]): T[] {
    return this.where(({ id }) => ids.includes(id));
  }

  where(wanted: (row: T) => boolean): T[] {
    return [...this.rows.values()].filter(wanted).map((row) => structuredClone(row));
  }

  /** False: there is a row of this id already, and it is left as it is. */
  insert(row: T): boolean {
    if (this.rows.has(row.id)) return false;
    this.rows.set(row.id, structuredClone(row));
    return true;
  }

  /** Sets fields of those that match; returns how many did. */
  update(ids: readonly string[], matches: (row: T) => boolean, change: (row: T) => Partial<T>): number {
    const found = this.where((row) => ids.includes(row.id) && matches(row));
    for (const row of found) this.rows.set(row.id, structuredClone({ ...row, ...change(row) }));
    return found.length;
  }
}

/** Ascending by a key, stable. */
export function by<T>(key: (row: T) => number | string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
