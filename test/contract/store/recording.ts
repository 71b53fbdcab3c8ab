import type { Connection } from 'mongoose';
import type { MongoDocument } from './engines.ts';

/** A command as a driver sent it. */
export interface Sent {
  readonly name: string;
  readonly collection: string;
  readonly body: MongoDocument;
}

/** Commands that read by a condition, each with the conditions that it carries. */
const CONDITIONS: Readonly<Record<string, (body: MongoDocument) => readonly MongoDocument[]>> = {
  find: ({ filter }) => [doc(filter)],
  update: ({ updates }) => list(updates).map(({ q }) => doc(q)),
  delete: ({ deletes }) => list(deletes).map(({ q }) => doc(q)),
  findAndModify: ({ query }) => [doc(query)],
  aggregate: ({ pipeline }) =>
    list(pipeline).flatMap((stage) => ('$match' in stage ? [doc(stage.$match)] : [])),
  count: ({ query }) => [doc(query)],
  distinct: ({ query }) => [doc(query)],
};

/** Everything that the openings of a store send, from the moment on at which they are watched. */
export class Recording {
  readonly sent: Sent[] = [];

  watch(connection: Connection): void {
    connection.getClient().on('commandStarted', ({ commandName, command }) => {
      // A getMore names its collection beside the cursor.
      const collection = String(commandName === 'getMore' ? command.collection : command[commandName]);
      this.sent.push({ name: commandName, collection, body: command });
    });
  }

  /** Every document that was inserted, by collection, the first of each id. */
  inserted(): Map<string, MongoDocument[]> {
    const found = new Map<string, Map<unknown, MongoDocument>>();
    for (const { name, collection, body } of this.sent) {
      if (name !== 'insert') continue;
      const rows = found.get(collection) ?? new Map<unknown, MongoDocument>();
      for (const row of list(body.documents)) if (!rows.has(row._id)) rows.set(row._id, row);
      found.set(collection, rows);
    }
    return new Map([...found].map(([collection, rows]) => [collection, [...rows.values()]]));
  }

  /** One command of each shape that reads by a condition: the values aside, all of a shape are read alike. */
  shapes(): Map<string, Sent> {
    const shapes = new Map<string, Sent>();
    for (const one of this.sent.flatMap(singly)) {
      const { name, collection, body } = one;
      const conditions = CONDITIONS[name]?.(body);
      if (!conditions) continue;
      // The driver keeps the order of a sort in a Map.
      const order = body.sort instanceof Map ? [...body.sort] : Object.entries(doc(body.sort));
      const sort = order.length > 0 ? ` by ${order.map(([field, way]) => `${field} ${way}`).join(', ')}` : '';
      shapes.set(`${name} ${collection} ${conditions.map(shapeOf).join(', ')}${sort}`, one);
    }
    return shapes;
  }
}

/** A bulk write holds several: each is a command of its own. */
function singly(sent: Sent): Sent[] {
  const entries = { update: 'updates', delete: 'deletes' }[sent.name];
  if (!entries) return [sent];
  return list(sent.body[entries]).map((entry) => ({ ...sent, body: { ...sent.body, [entries]: [entry] } }));
}

function shapeOf(condition: unknown): string {
  if (Array.isArray(condition)) return `[${[...new Set(condition.map(shapeOf))].join(', ')}]`;
  if (!isPlain(condition)) return '?';
  const parts = Object.entries(condition).map(([key, value]) => {
    const operands = key === '$in' || key === '$nin' || key === '$all';
    return `${key}: ${operands ? '?' : shapeOf(value)}`;
  });
  return `{${parts.join(', ')}}`;
}

export function isPlain(value: unknown): value is MongoDocument {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export const doc = (value: unknown): MongoDocument => (isPlain(value) ? value : {});
export const list = (value: unknown): readonly MongoDocument[] => (Array.isArray(value) ? value : []);
