import type { FileKey, Files, StoredFile } from '../../src/usecases/ports.ts';
import { Table } from './memory-table.ts';

interface Row extends StoredFile {
  readonly bytes: Uint8Array;
  readonly purgeAt: Date | undefined;
}

const shown = ({ bytes: _bytes, purgeAt: _purgeAt, ...file }: Row): StoredFile => file;

/** Files in memory, with the promises of a store. Nothing throws them away. */
export function memoryFiles(): Files {
  const table = new Table<Row>();
  const find = (key: FileKey): Row | undefined =>
    'id' in key
      ? table.get(key.id)
      : table.where(
          ({ conversation, sha256 }) => conversation === key.conversation && sha256 === key.sha256,
        )[0];
  return {
    async add(file, bytes, purgeAt) {
      table.insert({ ...file, owners: [], bytes, purgeAt });
    },
    byId: async (ids) => table.some(ids).map(shown),
    open: async (id) => table.get(id)?.bytes,
    async renew(key, purgeAt) {
      const row = find(key);
      if (!row) return undefined;
      const isLater = (one: Row) => one.purgeAt !== undefined && one.purgeAt < purgeAt;
      table.update([row.id], isLater, () => ({ purgeAt }));
      return shown(row);
    },
    async adopt(id, owner) {
      const change = ({ owners }: Row) => ({
        owners: [...new Set([...owners, owner])],
        purgeAt: undefined,
      });
      return table.update([id], () => true, change) === 1;
    },
    async sentSince(conversation, since, limit) {
      const sent = table.where((row) => row.conversation === conversation && row.createdAt > since);
      const counted = sent.slice(0, limit);
      return { files: counted.length, bytes: counted.reduce((sum, { size }) => sum + size, 0) };
    },
  };
}
