import { type Connection, mongo, Schema } from 'mongoose';
import type { FileKey, Files, StoredFile } from '../usecases/ports.ts';
import { findRaw, isDuplicate, modelOf, onlyDuplicates } from './connect.ts';

interface Row extends Omit<StoredFile, 'id' | 'owners'> {
  _id: string;
  owners?: string[];
  /** Present once every chunk is stored: only then is there a file. */
  whole?: true;
  /** When it is thrown away; absent once it has an owner. */
  purgeAt?: Date;
}

/** A piece of a file. Its id names the bytes that it is of, so that pieces of two attempts never mix. */
interface Chunk {
  _id: string;
  bytes: mongo.Binary;
  /** A while after the file's own, so that no file that is there lacks a piece. */
  purgeAt?: Date;
}

const CHUNK_BYTES = 255 * 1024;
/** One message to or from the server carries about two megabytes. */
const CHUNKS_AT_ONCE = 8;
const CHUNKS_OUTLIVE_MS = 3_600_000;

const fileSchema = new Schema<Row>(
  {
    _id: String,
    conversation: String,
    name: String,
    type: String,
    size: Number,
    sha256: String,
    createdAt: Date,
    owners: [String],
    whole: Boolean,
    purgeAt: Date,
  },
  { versionKey: false },
)
  .index({ conversation: 1, sha256: 1 })
  .index({ conversation: 1, createdAt: 1 })
  .index({ purgeAt: 1 }, { expireAfterSeconds: 0 });

const chunkSchema = new Schema<Chunk>(
  { _id: String, bytes: Buffer, purgeAt: Date },
  { versionKey: false },
).index({ purgeAt: 1 }, { expireAfterSeconds: 0 });

const later = (purgeAt: Date): Date => new Date(purgeAt.getTime() + CHUNKS_OUTLIVE_MS);

/** The ids of a file's chunks, in order, a few at a time. */
function chunkIds({ id, sha256, size }: Pick<StoredFile, 'id' | 'sha256' | 'size'>): string[][] {
  const count = Math.ceil(size / CHUNK_BYTES);
  const all = Array.from({ length: count }, (_, i) => `${id}/${sha256.slice(0, 16)}/${i}`);
  const batches = Math.ceil(count / CHUNKS_AT_ONCE);
  return Array.from({ length: batches }, (_, i) => all.slice(i * CHUNKS_AT_ONCE, (i + 1) * CHUNKS_AT_ONCE));
}

function fileOf({ _id, owners, whole: _whole, purgeAt: _purgeAt, ...rest }: Row): StoredFile {
  return { id: _id, ...rest, owners: owners ?? [] };
}

/** Files in pieces that MongoDB can hold. */
export function fileStore(connection: Connection): Files {
  const rows = modelOf<Row>(connection, 'files', fileSchema);
  const chunks = modelOf<Chunk>(connection, 'filechunks', chunkSchema);

  /** Makes the row of a file that is not whole yet, in place of one that never will be. False: it is whole. */
  const begin = async ({ id, ...file }: Parameters<Files['add']>[0], purgeAt: Date): Promise<boolean> => {
    try {
      await rows.collection.insertOne({ _id: id as never, ...file, purgeAt });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const left = { _id: id as never, whole: { $exists: false } };
    const result = await rows.collection.updateOne(left, { $set: { ...file, purgeAt } });
    return result.matchedCount === 1;
  };

  /** Changes chunks that have no owner: what has one is never thrown away again. */
  const changeChunks = async (ids: readonly string[], change: object): Promise<void> => {
    const mine = { _id: { $in: ids as never[] }, purgeAt: { $exists: true } };
    await chunks.collection.updateMany(mine as never, change);
  };

  const putChunks = async (file: Parameters<Files['add']>[0], bytes: Uint8Array, purgeAt: Date) => {
    let from = 0;
    for (const ids of chunkIds(file)) {
      const docs = ids.map((_id): Chunk => {
        const piece = bytes.subarray(from, from + CHUNK_BYTES);
        from += CHUNK_BYTES;
        return { _id, bytes: new mongo.Binary(piece), purgeAt };
      });
      try {
        await chunks.collection.insertMany(docs as never[], { ordered: false });
      } catch (error) {
        if (!onlyDuplicates(error)) throw error;
      }
      // Those that an earlier attempt left may end too soon.
      await changeChunks(ids, { $max: { purgeAt } });
    }
  };

  const find = async (key: FileKey): Promise<Row | undefined> => {
    const filter = 'id' in key ? { _id: key.id } : { conversation: key.conversation, sha256: key.sha256 };
    const [row] = await findRaw<Row>(rows, { ...filter, whole: true }, { limit: 1 });
    return row;
  };

  return {
    async add(file, bytes, purgeAt) {
      if (bytes.length !== file.size)
        throw new Error(`expected the ${file.size} bytes of file ${file.id}, received ${bytes.length}`);
      if (!(await begin(file, purgeAt))) return;
      await putChunks(file, bytes, later(purgeAt));
      const mine = { _id: file.id as never, sha256: file.sha256 };
      await rows.collection.updateOne(mine, { $set: { whole: true } } as never);
    },
    async byId(ids) {
      const found = await findRaw<Row>(rows, { _id: { $in: [...ids] }, whole: true });
      return found.map(fileOf);
    },
    async open(id) {
      const row = await find({ id });
      if (!row) return undefined;
      const bytes = new Uint8Array(row.size);
      let from = 0;
      for (const ids of chunkIds(fileOf(row))) {
        const found = await findRaw<Chunk>(chunks, { _id: { $in: ids } });
        const byId = new Map(found.map((chunk) => [chunk._id, chunk.bytes]));
        for (const one of ids) {
          const piece = byId.get(one);
          // Its day was over while it was read.
          if (!piece) return undefined;
          bytes.set(piece.value(), from);
          from += piece.length();
        }
      }
      return bytes;
    },
    async renew(key, purgeAt) {
      const row = await find(key);
      if (!row) return undefined;
      if (!row.purgeAt) return fileOf(row);
      const file = fileOf(row);
      for (const ids of chunkIds(file)) await changeChunks(ids, { $max: { purgeAt: later(purgeAt) } });
      const mine = { _id: file.id as never, purgeAt: { $exists: true } };
      await rows.collection.updateOne(mine, { $max: { purgeAt } } as never);
      const still = await find({ id: file.id });
      return still && fileOf(still);
    },
    async adopt(id, owner) {
      const row = await find({ id });
      if (!row) return false;
      const ids = chunkIds(fileOf(row));
      // First the pieces: what has an owner must lack none of them.
      for (const some of ids) await changeChunks(some, { $unset: { purgeAt: 1 } });
      const change = { $unset: { purgeAt: 1 }, $addToSet: { owners: owner } };
      const result = await rows.collection.updateOne({ _id: id as never, whole: true }, change as never);
      if (result.matchedCount === 1) return true;
      // Its day was over just now, and nobody else would throw its pieces away.
      const back = { $set: { purgeAt: later(row.purgeAt ?? row.createdAt) } };
      await chunks.collection.updateMany({ _id: { $in: ids.flat() as never[] } }, back as never);
      return false;
    },
    async sentSince(conversation, since, limit) {
      const filter = { conversation, createdAt: { $gt: since } };
      const found = await findRaw<Row>(rows, filter, { projection: { size: 1 }, limit });
      return { files: found.length, bytes: found.reduce((sum, { size }) => sum + size, 0) };
    },
  };
}
