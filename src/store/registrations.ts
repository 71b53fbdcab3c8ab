import { type Connection, Schema } from 'mongoose';
import type { Registration } from '../domain/registration.ts';
import type { Registrations } from '../usecases/ports.ts';
import { duplicatesOf, modelOf } from './connect.ts';
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
  return {
    byId: gather(async (ids) => {
      const found = await rows.find({ _id: { $in: [...ids] } }).lean<Row[]>();
      return found.map(toRegistration);
    }),
    async byPerson(people) {
      const found = await rows.find({ person: { $in: [...people] } }).lean<Row[]>();
      return found.map(toRegistration);
    },
    async byTicket(ticket) {
      const found = await rows.findOne({ ticket }).lean<Row>();
      return found ? toRegistration(found) : undefined;
    },
    async save(registration) {
      const { id, ...next } = registration;
      if (next.rev === 1) return insert(registration);
      const result = await rows.collection.replaceOne({ _id: id as never, rev: next.rev - 1 }, next);
      return result.matchedCount === 1;
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
