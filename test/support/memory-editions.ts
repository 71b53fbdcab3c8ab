import type { Edition } from '../../src/domain/edition.ts';
import type { Editions } from '../../src/usecases/manual-ports.ts';
import { by, Table } from './memory-table.ts';

export function memoryEditions(): Editions {
  const table = new Table<Edition>();
  const of = (event: string): Edition[] =>
    table.where((one) => one.event === event).sort(by(({ number }) => number));
  return {
    of: async (event) => of(event),
    building: async (limit) =>
      table
        .where(({ state }) => state === 'building')
        .sort(by(({ takenAt }) => takenAt?.getTime() ?? 0))
        .slice(0, limit),
    async save(next) {
      if (next.rev > 1)
        return (
          table.update(
            [next.id],
            ({ rev }) => rev === next.rev - 1,
            () => next,
          ) === 1
        );
      return !of(next.event).some(({ number }) => number === next.number) && table.insert(next);
    },
  };
}
