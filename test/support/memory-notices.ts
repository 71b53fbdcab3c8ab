import type { Notice } from '../../src/domain/notice.ts';
import type { Notices } from '../../src/usecases/ports.ts';
import { by, Table } from './memory-table.ts';

const start = ({ startsAt }: Notice): number => startsAt?.getTime() ?? 0;

export function memoryNotices(): Notices {
  const table = new Table<Notice>();
  const newest = (wanted: (row: Notice) => boolean) => table.where(wanted).sort(by(({ number }) => -number));
  return {
    async add(notice) {
      if (table.where(({ number }) => number === notice.number).length > 0) return false;
      return table.insert(notice);
    },
    byId: async (ids) => table.some(ids),
    byNumber: async (number) => table.where((row) => row.number === number)[0],
    lastNumber: async () => newest(() => true)[0]?.number ?? 0,
    save: async (next) =>
      table.update(
        [next.id],
        ({ rev }) => rev === next.rev - 1,
        () => next,
      ) === 1,
    inState: async (states, limit) =>
      table
        .where(({ state }) => states.includes(state))
        .sort(by(start))
        .slice(0, limit),
    due: async (now, limit) =>
      table
        .where(({ state, startsAt }) => state === 'scheduled' && startsAt !== null && startsAt <= now)
        .sort(by(start))
        .slice(0, limit),
    recent: async (offices, limit) =>
      newest(({ office }) => offices === null || offices.includes(office)).slice(0, limit),
  };
}
