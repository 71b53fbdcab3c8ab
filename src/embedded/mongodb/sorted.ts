/** A stored document: its number gives the natural order, its bytes are the only copy in memory. */
export interface Rec {
  readonly no: number;
  bytes: Uint8Array;
}

interface Chunk {
  keys: string[];
  recs: Rec[];
}

/** Keys from `from` (inclusive) up to `to` (exclusive). */
export interface Interval {
  from: string;
  to: string;
}

const chunkSize = 512;

/** Index entries ordered by key and then by record number, in chunks so that an insert moves little. */
export class SortedEntries {
  #chunks: Chunk[] = [];
  size = 0;

  /** Replaces everything by entries in any order. */
  load(entries: { key: string; rec: Rec }[]): void {
    entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.rec.no - b.rec.no));
    this.#chunks = [];
    this.size = entries.length;
    const step = chunkSize / 2;
    for (let i = 0; i < entries.length; i += step) {
      const part = entries.slice(i, i + step);
      this.#chunks.push({ keys: part.map((entry) => entry.key), recs: part.map((entry) => entry.rec) });
    }
  }

  insert(key: string, rec: Rec): void {
    this.size++;
    if (this.#chunks.length === 0) this.#chunks.push({ keys: [], recs: [] });
    const at = Math.min(this.#chunkAt(key, rec.no), this.#chunks.length - 1);
    const chunk = this.#chunks[at] as Chunk;
    const slot = slotIn(chunk, key, rec.no);
    chunk.keys.splice(slot, 0, key);
    chunk.recs.splice(slot, 0, rec);
    if (chunk.keys.length < chunkSize) return;
    const half = chunkSize / 2;
    this.#chunks.splice(at + 1, 0, { keys: chunk.keys.splice(half), recs: chunk.recs.splice(half) });
  }

  remove(key: string, rec: Rec): void {
    const at = this.#chunkAt(key, rec.no);
    const chunk = this.#chunks[at];
    const slot = chunk ? slotIn(chunk, key, rec.no) : 0;
    if (!chunk || chunk.recs[slot] !== rec || chunk.keys[slot] !== key) {
      throw new Error('an index entry to remove is missing: the index and its documents have diverged');
    }
    this.size--;
    chunk.keys.splice(slot, 1);
    chunk.recs.splice(slot, 1);
    if (chunk.keys.length === 0) this.#chunks.splice(at, 1);
  }

  /** The first record under exactly this key. */
  first(key: string): Rec | undefined {
    const chunk = this.#chunks[this.#chunkAt(key, -1)];
    if (!chunk) return undefined;
    const slot = slotIn(chunk, key, -1);
    return chunk.keys[slot] === key ? chunk.recs[slot] : undefined;
  }

  *ascending({ from, to }: Interval): Generator<Rec> {
    for (let at = this.#chunkAt(from, -1); at < this.#chunks.length; at++) {
      const chunk = this.#chunks[at] as Chunk;
      for (let slot = slotIn(chunk, from, -1); slot < chunk.keys.length; slot++) {
        if ((chunk.keys[slot] as string) >= to) return;
        yield chunk.recs[slot] as Rec;
      }
    }
  }

  *descending({ from, to }: Interval): Generator<Rec> {
    for (let at = Math.min(this.#chunkAt(to, -1), this.#chunks.length - 1); at >= 0; at--) {
      const chunk = this.#chunks[at] as Chunk;
      for (let slot = slotIn(chunk, to, -1) - 1; slot >= 0; slot--) {
        if ((chunk.keys[slot] as string) < from) return;
        yield chunk.recs[slot] as Rec;
      }
    }
  }

  /** The first chunk whose last entry is not before this one. */
  #chunkAt(key: string, no: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle] as Chunk;
      if (before(chunk, chunk.keys.length - 1, key, no)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether the entry in this slot comes before (key, no). */
function before(chunk: Chunk, slot: number, key: string, no: number): boolean {
  const own = chunk.keys[slot] as string;
  return own < key || (own === key && (chunk.recs[slot] as Rec).no < no);
}

function slotIn(chunk: Chunk, key: string, no: number): number {
  let low = 0;
  let high = chunk.keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(chunk, middle, key, no)) low = middle + 1;
    else high = middle;
  }
  return low;
}
