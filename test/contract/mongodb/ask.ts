import { deserialize, EJSON, serialize } from 'bson';
import { type Db, MongoServerError } from 'mongodb';

/** A command, what it must answer, and why the comparison engine answers otherwise; real MongoDB does not. */
export type Run = [command: object, outcome: object, engineLacks?: string];

/** An engine to ask. `lenient` is one with known gaps, which the cases mark. */
export interface Engine {
  db: Db;
  lenient: boolean;
}

/** A value as a JavaScript client reads it, in the form that two of them are compared in. */
export function exactly(value: unknown): string {
  const read = deserialize(serialize({ v: value }, { ignoreUndefined: true }));
  return EJSON.stringify(read.v, { relaxed: true });
}

const noise = new Set(['ok', '$clusterTime', 'operationTime', 'electionId', 'opTime', 'waitedMS', 'ns']);

function pick(entry: Record<string, unknown>): Record<string, unknown> {
  const { index, code, keyPattern, keyValue } = entry;
  const known = Object.entries({ index, code, keyPattern, keyValue });
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

function outcomeOf(reply: Record<string, unknown>): Record<string, unknown> {
  if (typeof reply.cursor === 'object' && reply.cursor !== null) {
    const { firstBatch, nextBatch } = reply.cursor as { firstBatch: unknown[]; nextBatch: unknown[] };
    return { docs: firstBatch ?? nextBatch };
  }
  const outcome = Object.fromEntries(Object.entries(reply).filter(([name]) => !noise.has(name)));
  if (Array.isArray(outcome.writeErrors)) outcome.writeErrors = outcome.writeErrors.map(pick);
  return outcome;
}

/** Runs a command on a collection, `c` in it, and gives what is compared: documents, reply fields or an error. */
export async function ask(
  { db }: Engine,
  collection: string,
  command: object,
): Promise<Record<string, unknown>> {
  const named = Object.entries(command).map(([key, value]) => [key, value === 'c' ? collection : value]);
  try {
    return outcomeOf(await db.command(Object.fromEntries(named), { ignoreUndefined: true }));
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

let lastCollection = 0;

/** A collection of its own, filled with copies of these documents. */
export async function filled({ db }: Engine, docs: object[]): Promise<string> {
  const name = `case${++lastCollection}`;
  if (docs.length > 0) await db.collection(name).insertMany(docs.map((doc) => ({ ...doc })));
  return name;
}

/** Finds by filter, in the order of the _ids. */
export function findIds(
  engine: Engine,
  collection: string,
  filter: object,
): Promise<Record<string, unknown>> {
  return ask(engine, collection, {
    find: 'c',
    filter,
    sort: { _id: 1 },
    projection: { _id: 1 },
    batchSize: 1000,
  });
}

/** What became of a collection's only document by an update, or the code of the refusal. */
export async function updated(engine: Engine, collection: string, entry: object): Promise<unknown> {
  const reply = await ask(engine, collection, { update: 'c', updates: [entry] });
  const [failed] = (reply.writeErrors ?? []) as { code: unknown }[];
  if (failed) return failed.code;
  const { docs } = await ask(engine, collection, { find: 'c' });
  return { docs, nModified: reply.nModified };
}

/** Runs commands in their order on one collection, and gives every difference. */
export async function differences(engine: Engine, docs: object[], runs: Run[]): Promise<string[]> {
  const collection = await filled(engine, docs);
  const found: string[] = [];
  for (const [command, wanted, engineLacks] of runs) {
    const wrong = mismatch(wanted, await ask(engine, collection, command));
    if (wrong && !(engine.lenient && engineLacks)) found.push(`${exactly({ command })}: ${wrong}`);
  }
  return found;
}
