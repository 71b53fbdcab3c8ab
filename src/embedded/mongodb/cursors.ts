import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { refuse } from './errors.ts';
import { cursorIdleMs, limits } from './table.ts';
import { cursorReply } from './wire.ts';

/** The rest of a result that the client has not fetched yet, as it was when the query ran. */
interface Cursor {
  namespace: string;
  documents: Uint8Array[];
  next: number;
  touchedAt: number;
}

/** A reply stays below the document limit, with room for its envelope. */
const replyBytes = limits.documentBytes - 16_384;

/** Open cursors; those idle for too long are forgotten. */
export class Cursors {
  readonly open = new Map<string, Cursor>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Answers with the first batch of a result, and keeps the rest unless this batch is to be the only one. */
  start(namespace: string, documents: Uint8Array[], batchSize = 101, single = false): Buffer {
    const id = Long.fromBytesLE([...randomBytes(7), 0x3f]);
    this.open.set(id.toString(), { namespace, documents, next: 0, touchedAt: this.#now() });
    return this.more(id, namespace, batchSize, single, 'firstBatch');
  }

  /** Answers with the next batch. */
  more(id: Long, namespace: string, batchSize: number, single = false, field = 'nextBatch'): Buffer {
    this.expire();
    const cursor = this.open.get(id.toString());
    if (cursor?.namespace !== namespace) return refuse(43, `cursor id ${id.toString()} not found`);
    cursor.touchedAt = this.#now();
    const { documents, next: from } = cursor;
    for (let bytes = 0; cursor.next - from < batchSize && cursor.next < documents.length; cursor.next++) {
      bytes += (documents[cursor.next]?.length ?? 0) + 16;
      if (bytes > replyBytes && cursor.next > from) break;
    }
    const over = single || cursor.next >= documents.length;
    if (over) this.open.delete(id.toString());
    return cursorReply(over ? Long.ZERO : id, namespace, field, documents.slice(from, cursor.next));
  }

  expire(): void {
    const oldest = this.#now() - cursorIdleMs;
    for (const [id, { touchedAt }] of this.open) if (touchedAt < oldest) this.open.delete(id);
  }
}
