import type { Batch, Storage, StoredRow } from '../../src/embedded/mongodb/journal.ts';

/** Keeps rows in memory, and lets a test hold commits back or make them fail. */
export class MemoryStorage implements Storage {
  readonly rows = new Map<string, StoredRow>();
  readonly batches: Batch[] = [];
  /** What every write waits for. */
  gate: Promise<void> = Promise.resolve();

  async load(onRow: (row: StoredRow) => void): Promise<void> {
    const rows = [...this.rows.values()];
    rows.sort((a, b) => a.collection - b.collection || a.record - b.record);
    for (const row of rows) onRow(row);
  }

  async write(batch: Batch): Promise<void> {
    this.batches.push(batch);
    await this.gate;
    for (const { collection, record, body } of batch.changes) {
      if (body) this.rows.set(`${collection}/${record}`, { collection, record, body });
      else this.rows.delete(`${collection}/${record}`);
    }
    for (const [key, row] of this.rows) if (batch.dropped.includes(row.collection)) this.rows.delete(key);
  }
}
