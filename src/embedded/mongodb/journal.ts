/** One row to keep: its body, or null to delete it. */
export interface Change {
  collection: number;
  record: number;
  body: Uint8Array | null;
}
export type StoredRow = Change & { body: Uint8Array };

/** What one commit holds. Dropped collections lose every row they had before this commit. */
export interface Batch {
  changes: Change[];
  dropped: number[];
}

/** Where rows are kept. `load` gives them by collection; `write` resolves once the whole batch is durable. */
export interface Storage {
  load(onRow: (row: StoredRow) => void): Promise<void>;
  write(batch: Batch): Promise<void>;
}

/**
 * Gathers changes and commits them in groups: while one commit is in flight, the next changes share the following
 * one. Memory is ahead of the disk until then, so whoever shows a result waits for `durable` first.
 */
export class Journal {
  #pending = new Map<string, Change>();
  #dropped: number[] = [];
  #next: Promise<void> | undefined;
  #current: Promise<void> = Promise.resolve();
  readonly #storage: Storage;
  readonly #onFailure: (error: Error) => void;

  constructor(storage: Storage, onFailure: (error: Error) => void) {
    this.#storage = storage;
    this.#onFailure = onFailure;
  }

  put(collection: number, record: number, body: Uint8Array | null): void {
    this.#pending.set(`${collection}/${record}`, { collection, record, body });
  }

  drop(collection: number): void {
    this.#dropped.push(collection);
  }

  /** Resolves when everything changed so far is durable; rejects for good once a commit failed. */
  durable(): Promise<void> {
    if (this.#pending.size + this.#dropped.length > 0) this.#next ??= this.#commitAfter(this.#current);
    return this.#next ?? this.#current;
  }

  async #commitAfter(before: Promise<void>): Promise<void> {
    await before;
    await new Promise<void>((resolve) => setImmediate(resolve));
    const batch = { changes: [...this.#pending.values()], dropped: this.#dropped };
    this.#pending = new Map();
    this.#dropped = [];
    this.#current = this.#next ?? before;
    this.#next = undefined;
    await this.#storage.write(batch).catch((cause: unknown) => {
      const error = new Error('a write could not be made durable, so the embedded database stops', { cause });
      this.#onFailure(error);
      throw error;
    });
  }
}
