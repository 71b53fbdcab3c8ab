import type { Batch, Storage, StoredRow } from '../mongodb/journal.ts';
import { binaryArray, columnsOf, execute, int4, int8, oid, parse, query, sync } from './protocol.ts';
import type { Session } from './session.ts';

// Some room is left in every page, so that an updated row stays there and needs no new index entry.
const schema = `
  create schema if not exists mongodb;
  create table if not exists mongodb.documents (
    collection int4 not null,
    record int8 not null,
    body bytea not null,
    primary key (collection, record)
  ) with (fillfactor = 60);
  alter table mongodb.documents alter column body set storage external;
`;

const statements = {
  put: `insert into mongodb.documents select * from unnest($1::int4[], $2::int8[], $3::bytea[])
        on conflict (collection, record) do update set body = excluded.body`,
  remove: `delete from mongodb.documents d using unnest($1::int4[], $2::int8[]) gone(collection, record)
           where d.collection = gone.collection and d.record = gone.record`,
  drop: 'delete from mongodb.documents where collection = any($1::int4[])',
  load: `select collection, record, body from mongodb.documents
         where (collection, record) > ($1::int4, $2::int8) order by collection, record limit 2000`,
};

/** Keeps the MongoDB documents as rows of one table: one round trip and one transaction per batch. */
export class DocumentsTable implements Storage {
  readonly #session: Session;
  #prepared = false;

  constructor(session: Session) {
    this.#session = session;
  }

  async load(onRow: (row: StoredRow) => void): Promise<void> {
    await this.#session.exclusive(() => {
      this.#prepare();
      let last = { collection: -1, record: 0 };
      for (let full = true; full; ) {
        const rows = this.#page(last.collection, last.record);
        for (const row of rows) onRow(row);
        last = rows.at(-1) ?? last;
        full = rows.length > 0;
      }
    });
  }

  #prepare(): void {
    if (this.#prepared) return;
    this.#session.run(query(schema));
    const all = Object.entries(statements).map(([name, sql]) => parse(`documents_${name}`, sql));
    this.#session.run(Buffer.concat([...all, sync()]));
    this.#prepared = true;
  }

  #page(collection: number, record: number): StoredRow[] {
    const request = Buffer.concat([execute('documents_load', [int4(collection), int8(record)]), sync()]);
    const rows = this.#session.run(request).filter(({ type }) => type === 'D');
    return rows.map(({ bytes }) => {
      const [first, second, body] = columnsOf(bytes) as [Buffer, Buffer, Buffer];
      return {
        collection: first.readInt32BE(0),
        record: Number(second.readBigInt64BE(0)),
        body: Uint8Array.from(body),
      };
    });
  }

  async write(batch: Batch): Promise<void> {
    const request = writeRequest(batch);
    await this.#session.exclusive(() => this.#session.run(request));
  }
}

function writeRequest({ changes, dropped }: Batch): Buffer {
  const kept = changes.filter(({ body }) => body !== null);
  const gone = changes.filter(({ body }) => body === null);
  const keys = (rows: typeof changes): Buffer[] => [
    binaryArray(
      oid.int4,
      rows.map(({ collection }) => int4(collection)),
    ),
    binaryArray(
      oid.int8,
      rows.map(({ record }) => int8(record)),
    ),
  ];
  const parts: Buffer[] = [];
  if (kept.length > 0) {
    const bodies = binaryArray(
      oid.bytea,
      kept.map(({ body }) => body as Uint8Array),
    );
    parts.push(execute('documents_put', [...keys(kept), bodies]));
  }
  if (gone.length > 0) parts.push(execute('documents_remove', keys(gone)));
  if (dropped.length > 0) parts.push(execute('documents_drop', [binaryArray(oid.int4, dropped.map(int4))]));
  return Buffer.concat([...parts, sync()]);
}
