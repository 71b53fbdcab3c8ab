import { type Connection, Schema } from 'mongoose';
import type { Registration } from '../domain/registration.ts';
import type { Registrations } from '../usecases/ports.ts';
import { duplicatesOf, findRaw, isDuplicate, modelOf } from './connect.ts';
import { gather, together } from './gather.ts';

interface Row extends Omit<Registration, 'id'> {
  _id: string;
}

const Mixed = Schema.Types.Mixed;
const schema = new Schema<Row>(
  {
    _id: String,
    event: String,
    person: String,
    status: String,
    ticket: String,
    details: Mixed,
    consent: Mixed,
    runs: [String],
    waitlist: Mixed,
    history: [Mixed],
    createdAt: Date,
    rev: Number,
  },
  { versionKey: false, minimize: false },
)
  .index({ event: 1, person: 1 }, { unique: true })
  .index({ person: 1 })
  .index({ ticket: 1 }, { unique: true })
  .index({ event: 1, _id: 1 });

export function registrationStore(connection: Connection): Registrations {
  const rows = modelOf<Row>(connection, 'registrations', schema);
  const insert = together<Registration, boolean>(async (registrations) => {
    const docs = registrations.map(({ id, ...rest }): Row => ({ _id: id, ...rest }));
    try {
      await rows.collection.insertMany(docs as never[], { ordered: false });
      return docs.map(() => true);
    } catch (error) {
      const known = duplicatesOf(error);
      if (!known) throw error;
      return docs.map((_, i) => !known.has(i));
    }
  });
  const ofPairs = together<Pick<Registration, 'event' | 'person'>, Registration | undefined>(
    async (pairs) => {
      const [events, people] = [pairs.map(({ event }) => event), pairs.map(({ person }) => person)];
      const found = await rows
        .find({ event: { $in: [...new Set(events)] }, person: { $in: [...new Set(people)] } })
        .lean<Row[]>();
      const keyOf = ({ event, person }: Pick<Row, 'event' | 'person'>) => JSON.stringify([event, person]);
      const byPair = new Map(found.map((row) => [keyOf(row), toRegistration(row)]));
      return pairs.map((pair) => byPair.get(keyOf(pair)));
    },
  );
  return {
    byId: gather(async (ids) => {
      const found = await findRaw(rows, { _id: { $in: [...ids] } });
      return found.map(toRegistration);
    }),
    async byPerson(people) {
      const found = await findRaw(rows, { person: { $in: [...people] } });
      return found.map(toRegistration);
    },
    of: (event, person) => ofPairs({ event, person }),
    async byTicket(ticket) {
      const found = await rows.findOne({ ticket }).lean<Row>();
      return found ? toRegistration(found) : undefined;
    },
    async byTickets(tickets) {
      const found = await findRaw(rows, { ticket: { $in: [...tickets] } });
      return found.map(toRegistration);
    },
    async save(registration) {
      const { id, ...next } = registration;
      if (next.rev === 1) return insert(registration);
      try {
        const result = await rows.collection.replaceOne({ _id: id as never, rev: next.rev - 1 }, next);
        return result.matchedCount === 1;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async ofEvent(event, after, limit) {
      const found = await rows
        .find({ event, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Row[]>();
      return found.map(toRegistration);
    },
  };
}

function toRegistration({ _id, ...rest }: Row): Registration {
  return { id: _id, ...rest };
}
