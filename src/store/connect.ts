import mongoose, { type Connection, type Model, type Schema } from 'mongoose';

const TIMEOUT_MS = 5_000;

/** Opens MongoDB. Rejects within seconds when it cannot be reached; later outages are waited out by the driver. */
export async function connectStore(uri: string): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: TIMEOUT_MS,
    connectTimeoutMS: TIMEOUT_MS,
    // A server that falls silent is noticed by its heart, so that long work on a living one may take its time.
    heartbeatFrequencyMS: 3_000,
    socketTimeoutMS: 30_000,
    maxPoolSize: 10,
    waitQueueTimeoutMS: TIMEOUT_MS,
    appName: 'luyan',
  });
  return connection.asPromise();
}

const { mongo } = mongoose;
const AWAY = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
];

/** Whether an error comes of MongoDB's being away: lost, not found, stepping down or starting up. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (AWAY.some((kind) => error instanceof kind) || error.name === 'MongoWaitQueueTimeoutError') return true;
  if (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) return true;
  return isUnsentBulk(error) || isAway(error.cause);
}

/** The driver keeps nothing of what cut a bulk short: such an error names neither a write nor a code. */
function isUnsentBulk(error: Error): boolean {
  return (
    error instanceof mongo.MongoBulkWriteError &&
    error.code === undefined &&
    Array.isArray(error.writeErrors) &&
    error.writeErrors.length === 0
  );
}

/** The model of a collection on a connection, made once. */
export function modelOf<T>(connection: Connection, name: string, schema: Schema): Model<T> {
  const known = connection.models[name] as Model<T> | undefined;
  return known ?? connection.model<T>(name, schema, name);
}

interface Choice {
  readonly projection?: Readonly<Record<string, 1>>;
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
}

/** Documents as they are stored, by the driver alone: on hot paths there is nothing that mongoose should cast. */
export async function findRaw<T>(rows: Model<T>, filter: object, choice: Choice = {}): Promise<T[]> {
  const found = await rows.collection.find(filter as never, { ...choice } as never).toArray();
  return found as T[];
}

/** Builds the indexes of every model of a connection; doing it again changes nothing. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    if (model.schema.indexes().length > 0) await model.createIndexes();
  }
}

const DUPLICATE_KEY = 11000;

export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;
}

/**
 * Stores a document whose revision follows the stored one's; the first revision is 1. False: somebody was faster, or
 * it collides with another one.
 */
export async function saveRevision<T>(
  rows: Model<T>,
  id: string,
  next: { readonly rev: number },
): Promise<boolean> {
  try {
    if (next.rev === 1) {
      await rows.collection.insertOne({ _id: id, ...next } as never);
      return true;
    }
    const known = { _id: id, rev: next.rev - 1 };
    const result = await rows.collection.replaceOne(known as never, next as never);
    return result.matchedCount === 1;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Whether every error of an unordered bulk write was a duplicate key. */
export function onlyDuplicates(error: unknown): boolean {
  return duplicatesOf(error) !== undefined;
}

/** Which documents of an unordered insert were there already; undefined: it failed for another reason. */
export function duplicatesOf(error: unknown): ReadonlySet<number> | undefined {
  if (!(error instanceof Error) || !('writeErrors' in error)) {
    return isDuplicate(error) ? new Set([0]) : undefined;
  }
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const all = errors.length > 0 && errors.every((one) => one.code === DUPLICATE_KEY);
  return all ? new Set(errors.map((one) => Number(one.index))) : undefined;
}

/** Documents without the store's own fields. */
export function without<T extends { _id: unknown }>({ _id: _, ...rest }: T): Omit<T, '_id'> {
  return rest;
}
