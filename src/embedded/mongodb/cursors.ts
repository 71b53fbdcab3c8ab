import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { MongoError } from './errors.ts';
import { limits } from './table.ts';

/** The rest of a result that the client has not fetched yet: encoded documents, made one batch at a time. */
interface Cursor {
  namespace: string;
  next: number;
  total: number;
  bytesAt: (index: number) => Uint8Array;
  touchedAt: number;
}

export interface CursorBatch {
  id: Long;
  namespace: string;
  field: 'firstBatch' | 'nextBatch';
  documents: Uint8Array[];
}

/** A reply stays below the document limit, with room for its envelope. */
const replyBytes = limits.documentBytes - 16_384;

/** Open cursors; those idle for too long are forgotten. */
export class Cursors {
  readonly #open = new Map<string, Cursor>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Gives the first batch of a result and keeps the rest. */
  start(
    namespace: string,
    total: number,
    bytesAt: Cursor['bytesAt'],
    batchSize: number,
    single: boolean,
  ): CursorBatch {
    this.expire();
    const cursor: Cursor = { namespace, next: 0, total, bytesAt, touchedAt: this.#now() };
    const documents = take(cursor, batchSize);
    if (cursor.next >= total || single) return { id: Long.ZERO, namespace, field: 'firstBatch', documents };
    const id = Long.fromBytesLE([...randomBytes(7), 0x3f]);
    this.#open.set(id.toString(), cursor);
    return { id, namespace, field: 'firstBatch', documents };
  }

  more(id: Long, namespace: string, batchSize: number): CursorBatch {
    this.expire();
    const cursor = this.#open.get(id.toString());
    if (!cursor || cursor.namespace !== namespace) {
      throw new MongoError('CursorNotFound', `cursor id ${id.toString()} not found`);
    }
    cursor.touchedAt = this.#now();
    const documents = take(cursor, batchSize);
    if (cursor.next < cursor.total) return { id, namespace, field: 'nextBatch', documents };
    this.#open.delete(id.toString());
    return { id: Long.ZERO, namespace, field: 'nextBatch', documents };
  }

  kill(id: Long): boolean {
    return this.#open.delete(id.toString());
  }

  expire(): void {
    const oldest = this.#now() - limits.cursorIdleMs;
    for (const [id, cursor] of this.#open) if (cursor.touchedAt < oldest) this.#open.delete(id);
  }
}

function take(cursor: Cursor, batchSize: number): Uint8Array[] {
  const documents: Uint8Array[] = [];
  let bytes = 0;
  while (documents.length < batchSize && cursor.next < cursor.total) {
    const document = cursor.bytesAt(cursor.next);
    if (documents.length > 0 && bytes + document.length > replyBytes) break;
    bytes += document.length + 16;
    documents.push(document);
    cursor.next++;
  }
  return documents;
}
