import type { Project } from '../../src/domain/project.ts';
import type { Projects } from '../../src/usecases/ports.ts';
import { by, Table } from './memory-table.ts';

export function memoryProjects(): Projects {
  const table = new Table<Project>();
  const ofEvent = (event: string): Project[] =>
    table.where((one) => one.event === event).sort(by(({ number }) => number));
  return {
    byId: async (ids) => table.some(ids),
    byNumber: async (event, number) => ofEvent(event).find((one) => one.number === number),
    ofPeople: async (people) =>
      table.where(({ members }) => members.some(({ person }) => people.includes(person))),
    avoidedBy: async (people) =>
      table.where(({ conflicts }) => conflicts.some((person) => people.includes(person))),
    ofEvent: async (event, after, limit) =>
      ofEvent(event)
        .filter(({ number }) => number > after)
        .slice(0, limit),
    lastNumber: async (event) => ofEvent(event).at(-1)?.number ?? 0,
    telling: async (limit) => table.where(({ telling = [] }) => telling.length > 0).slice(0, limit),
    async save(next) {
      if (next.rev > 1)
        return (
          table.update(
            [next.id],
            ({ rev }) => rev === next.rev - 1,
            () => next,
          ) === 1
        );
      const isTaken = ofEvent(next.event).some(({ number }) => number === next.number);
      return !isTaken && table.insert(next);
    },
  };
}
