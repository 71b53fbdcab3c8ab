import type { Ballot, Voting } from '../../src/domain/ballot.ts';
import type { Ballots, Votings } from '../../src/usecases/vote-ports.ts';
import { Table } from './memory-table.ts';

export function memoryVotings(): Votings {
  const table = new Table<Voting>();
  return { of: async (event) => table.get(event), save: async (next) => saved(table, next) };
}

export function memoryBallots(): Ballots {
  const table = new Table<Ballot>();
  const locking = (event: string, locked: boolean): void => {
    const ids = table.where((one) => one.event === event && one.locked !== locked).map(({ id }) => id);
    table.update(
      ids,
      () => true,
      ({ rev }) => ({ locked, rev: rev + 1 }),
    );
  };
  return {
    byId: async (ids) => table.some(ids),
    save: async (next) => saved(table, next),
    async count(event) {
      const counts = new Map<string, number>();
      for (const { projects } of table.where((one) => one.event === event))
        counts.set(projects.join(' '), (counts.get(projects.join(' ')) ?? 0) + 1);
      return [...counts].map(([choice, ballots]) => ({
        projects: choice === '' ? [] : choice.split(' '),
        ballots,
      }));
    },
    async lock(event, empty) {
      for (const ballot of empty) table.insert({ ...ballot, locked: true, rev: ballot.rev + 1 });
      locking(event, true);
    },
    unlock: async (event) => locking(event, false),
    async empty(ids) {
      table.update(
        ids,
        () => true,
        ({ rev }) => ({ projects: [], rev: rev + 1 }),
      );
    },
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
