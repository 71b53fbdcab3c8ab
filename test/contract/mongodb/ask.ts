import { deserialize, EJSON, serialize } from 'bson';
import { type Db, MongoServerError } from 'mongodb';
import type { CommandCase } from './commands.ts';

/** A value with its BSON types, in the form that two of them are compared in. */
export function exactly(value: unknown): string {
  const typed = deserialize(serialize({ v: value }, { ignoreUndefined: true }), { promoteValues: false });
  return EJSON.stringify(typed.v, { relaxed: false });
}

const noise = new Set([
  'ok',
  '$clusterTime',
  'operationTime',
  'electionId',
  'opTime',
  'waitedMS',
  'readOnly',
  'ns',
]);

function pick(entry: Record<string, unknown>): Record<string, unknown> {
  const { index, code, keyPattern, keyValue } = entry;
  return Object.fromEntries(
    Object.entries({ index, code, keyPattern, keyValue }).filter(([, value]) => value !== undefined),
  );
}

function outcomeOf(reply: Record<string, unknown>): Record<string, unknown> {
  if (typeof reply.cursor === 'object' && reply.cursor !== null) {
    return { docs: (reply.cursor as { firstBatch: unknown[] }).firstBatch };
  }
  const kept = Object.entries(reply).filter(([name]) => !noise.has(name));
  const outcome = Object.fromEntries(kept);
  if (Array.isArray(outcome.writeErrors)) outcome.writeErrors = outcome.writeErrors.map(pick);
  return outcome;
}

/** Runs a command on a collection and gives what is to be compared: documents, reply fields, or the error's code. */
export async function ask(db: Db, collection: string, command: object): Promise<Record<string, unknown>> {
  const named = Object.entries(command).map(([key, value]) => [key, value === 'c' ? collection : value]);
  try {
    return outcomeOf(await db.command(Object.fromEntries(named), { promoteValues: false }));
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    return pick(error.errorResponse as Record<string, unknown>);
  }
}

/** Where an outcome is not what was wanted; fields that were not asked for are not looked at. */
export function mismatch(wanted: object, got: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    if (exactly(value) !== exactly(got[name]))
      return `expected ${name} ${exactly(value)}, received ${exactly(got)}`;
  }
  for (const failure of ['code', 'writeErrors']) {
    if (!(failure in wanted) && failure in got) return `expected no ${failure}, received ${exactly(got)}`;
  }
  return undefined;
}

/** An engine to ask. `lenient` is one with known gaps, which the cases mark. */
export interface Engine {
  db: Db;
  lenient: boolean;
}

let lastCollection = 0;

/** A collection of its own, filled with copies of these documents. */
export async function filled(db: Db, docs: object[]): Promise<string> {
  const name = `case${++lastCollection}`;
  if (docs.length > 0) await db.collection(name).insertMany(docs.map((doc) => ({ ...doc })));
  return name;
}

/** Finds by filter, in the order of the _ids. */
export function findIds(db: Db, collection: string, filter: object): Promise<Record<string, unknown>> {
  const command = { find: collection, filter, sort: { _id: 1 }, projection: { _id: 1 }, batchSize: 1000 };
  return ask(db, collection, command);
}

/** What became of a collection's only document by an update, or the code of the refusal. */
export async function updated(db: Db, collection: string, entry: object): Promise<unknown> {
  const reply = await ask(db, collection, { update: 'c', updates: [entry] });
  const [failed] = (reply.writeErrors ?? []) as { code: unknown }[];
  if (failed) return failed.code;
  const { docs } = await ask(db, collection, { find: 'c' });
  return { docs, nModified: reply.nModified };
}

/** Runs a case's commands in their order and gives every difference. */
export async function differences({ db, lenient }: Engine, { docs, run }: CommandCase): Promise<string[]> {
  const collection = await filled(db, docs ?? []);
  const found: string[] = [];
  for (const [command, wanted, engineLacks] of run) {
    const wrong = mismatch(wanted, await ask(db, collection, command));
    if (wrong && !(lenient && engineLacks)) found.push(`${EJSON.stringify(command)}: ${wrong}`);
  }
  return found;
}
