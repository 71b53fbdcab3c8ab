import type { Sheet } from '../../src/domain/sheet.ts';
import type { TrackRun } from '../../src/domain/track-run.ts';
import type { PublishedResult, Results, Runs, Sheets } from '../../src/usecases/roadshow-ports.ts';
import { by, Table } from './memory-table.ts';

export function memoryRuns(): Runs {
  const table = new Table<TrackRun>();
  return {
    byId: async (ids) => table.some(ids),
    ofEvents: async (events) =>
      table.where(({ event }) => events.includes(event)).sort(by(({ event, track }) => `${event} ${track}`)),
    active: async (limit) => table.where(({ active }) => active).slice(0, limit),
    save: async (next) => saved(table, next),
  };
}

export function memorySheets(): Sheets {
  const table = new Table<Sheet>();
  return {
    byId: async (ids) => table.some(ids),
    ofTrack: async (event, track) => table.where((one) => one.event === event && one.track === track),
    ofJudge: async (event, judge) => table.where((one) => one.event === event && one.judge === judge),
    changes: async (event, track) =>
      table.where((one) => one.event === event && one.track === track).reduce((sum, { rev }) => sum + rev, 0),
    save: async (next) => saved(table, next),
    async lock(event, track, empty) {
      for (const sheet of empty) table.insert({ ...sheet, locked: true, rev: sheet.rev + 1 });
      const open = table.where((one) => one.event === event && one.track === track && !one.locked);
      table.update(
        open.map(({ id }) => id),
        () => true,
        ({ rev }) => ({ locked: true, rev: rev + 1 }),
      );
    },
  };
}

export function memoryResults(): Results {
  const table = new Table<PublishedResult>();
  return {
    byId: async (ids) => table.some(ids),
    byCode: async (code, track) =>
      table.where((one) => one.code === code && (track === null || one.track === track)),
    save: async (next) => saved(table, next),
  };
}

function saved<T extends { id: string; rev: number }>(table: Table<T>, next: T): boolean {
  if (next.rev === 1) return table.insert(next);
  return (
    table.update(
      [next.id],
      ({ rev }) => rev === next.rev - 1,
      () => next,
    ) === 1
  );
}
