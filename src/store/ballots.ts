import { type Connection, Schema } from 'mongoose';
import type { Ballot, Voting } from '../domain/ballot.ts';
import type { Ballots, Votings } from '../usecases/vote-ports.ts';
import { findRaw, modelOf, onlyDuplicates, saveRevision } from './connect.ts';

interface VotingRow extends Omit<Voting, 'id'> {
  _id: string;
}

interface Row extends Omit<Ballot, 'id'> {
  _id: string;
  /** The projects in one text, to be counted by. */
  choice: string;
}

const AT_ONCE = 1_000;

const plain = { versionKey: false, minimize: false, strict: false } as const;
// The content was validated by the use cases.
const votingSchema = new Schema<VotingRow>({ _id: String, state: String, rev: Number }, plain);
const schema = new Schema<Row>(
  { _id: String, event: String, person: String, choice: String, locked: Boolean, rev: Number },
  plain,
).index({ event: 1, locked: 1 });

const rowOf = ({ id: _id, ...ballot }: Ballot) => ({ ...ballot, choice: ballot.projects.join(' ') });

export function votingStore(connection: Connection): Votings {
  const rows = modelOf<VotingRow>(connection, 'votings', votingSchema);
  return {
    async of(event) {
      const [found] = await findRaw<VotingRow>(rows, { _id: event }, { limit: 1 });
      if (!found) return undefined;
      const { _id, ...rest } = found;
      return { id: _id, ...rest };
    },
    save: async ({ id, ...next }) => saveRevision(rows, id, next),
  };
}

export function ballotStore(connection: Connection): Ballots {
  const rows = modelOf<Row>(connection, 'ballots', schema);
  return {
    async byId(ids) {
      if (ids.length === 0) return [];
      const found = await findRaw<Row>(rows, { _id: { $in: [...ids] } });
      return found.map(({ _id, choice: _choice, ...rest }) => ({ id: _id, ...rest }));
    },
    save: async (next) => saveRevision(rows, next.id, rowOf(next)),
    async count(event) {
      const found = await rows.collection
        .aggregate<{ _id: string; count: number }>([
          { $match: { event } },
          { $group: { _id: '$choice', count: { $sum: 1 } } },
        ])
        .toArray();
      return found.map(({ _id, count }) => ({
        projects: _id === '' ? [] : _id.split(' '),
        ballots: count,
      }));
    },
    async lock(event, empty) {
      // Who votes for the first time meanwhile meets one of these, or is met by what follows.
      for (let from = 0; from < empty.length; from += AT_ONCE) {
        const docs = empty
          .slice(from, from + AT_ONCE)
          .map((one) => ({ _id: one.id as never, ...rowOf(one), locked: true, rev: one.rev + 1 }));
        try {
          await rows.collection.insertMany(docs, { ordered: false });
        } catch (error) {
          if (!onlyDuplicates(error)) throw error;
        }
      }
      const change = { $set: { locked: true }, $inc: { rev: 1 } };
      await rows.collection.updateMany({ event, locked: false }, change as never);
    },
    async unlock(event) {
      const change = { $set: { locked: false }, $inc: { rev: 1 } };
      await rows.collection.updateMany({ event, locked: true }, change as never);
    },
    async empty(ids) {
      if (ids.length === 0) return;
      const change = { $set: { projects: [], choice: '' }, $inc: { rev: 1 } };
      await rows.collection.updateMany({ _id: { $in: ids as never[] } }, change as never);
    },
  };
}
