import { type Connection, Schema } from 'mongoose';
import { type Project, TELLINGS } from '../domain/project.ts';
import type { Projects } from '../usecases/ports.ts';
import { findRaw, modelOf, saveRevision } from './connect.ts';

interface Row extends Omit<Project, 'id'> {
  _id: string;
  /** The ids of its members, to be found by. */
  people: readonly string[];
}

const schema = new Schema<Row>(
  {
    _id: String,
    event: String,
    number: Number,
    people: [String],
    conflicts: [String],
    telling: [String],
    rev: Number,
  },
  // The content was validated by the use cases.
  { versionKey: false, minimize: false, strict: false },
)
  .index({ event: 1, number: 1 }, { unique: true })
  .index({ people: 1 })
  .index({ conflicts: 1 })
  .index({ telling: 1 });

export function projectStore(connection: Connection): Projects {
  const rows = modelOf<Row>(connection, 'projects', schema);
  return {
    async byId(ids) {
      if (ids.length === 0) return [];
      const found = await findRaw<Row>(rows, { _id: { $in: [...ids] } });
      return found.map(toProject);
    },
    async byNumber(event, number) {
      const [found] = await findRaw<Row>(rows, { event, number }, { limit: 1 });
      return found && toProject(found);
    },
    async ofPeople(people) {
      if (people.length === 0) return [];
      const found = await findRaw<Row>(rows, { people: { $in: [...people] } });
      return found.map(toProject);
    },
    async avoidedBy(people) {
      if (people.length === 0) return [];
      const found = await findRaw<Row>(rows, { conflicts: { $in: [...people] } });
      return found.map(toProject);
    },
    async ofEvent(event, after, limit) {
      const filter = { event, number: { $gt: after } };
      const found = await findRaw<Row>(rows, filter, { sort: { event: 1, number: 1 }, limit });
      return found.map(toProject);
    },
    async lastNumber(event) {
      const [last] = await findRaw<Row>(
        rows,
        { event },
        {
          sort: { event: -1, number: -1 },
          limit: 1,
          projection: { number: 1 },
        },
      );
      return last?.number ?? 0;
    },
    async telling(limit) {
      const found = await findRaw<Row>(rows, { telling: { $in: [...TELLINGS] } }, { limit });
      return found.map(toProject);
    },
    async save({ id, ...next }) {
      const row = { ...next, people: next.members.map(({ person }) => person) };
      return saveRevision(rows, id, row);
    },
  };
}

function toProject({ _id, people: _people, ...rest }: Row): Project {
  return { id: _id, ...rest };
}
