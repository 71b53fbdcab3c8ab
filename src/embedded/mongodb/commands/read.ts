import { Long } from 'bson';
import { compilePipeline, countOf } from '../aggregate.ts';
import { MongoError } from '../errors.ts';
import { orderKey } from '../order.ts';
import { arrayIndex, splitPath } from '../paths.ts';
import { compileProjection } from '../projection.ts';
import { docOf, type Query, select } from '../query.ts';
import { limits } from '../table.ts';
import { type Doc, encode, isDoc, typeName } from '../values.ts';
import { cursorReply } from '../wire.ts';
import {
  type Context,
  checkFields,
  docOption,
  flagOption,
  type Handler,
  namespaceOf,
  wholeOption,
} from './context.ts';

/** What a find asks for. */
export function readFind(body: Doc): Query & { projection: ReturnType<typeof compileProjection> } {
  return {
    filter: docOption(body, 'filter') ?? {},
    sort: docOption(body, 'sort'),
    skip: wholeOption(body, 'skip'),
    limit: wholeOption(body, 'limit'),
    hint: body.hint,
    projection: compileProjection(docOption(body, 'projection') ?? {}),
  };
}

const find: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const { projection, ...query } = readFind(body);
  const { found } = select(context.database.get(namespace), query);
  // The bytes are taken now, so that later writes do not show in later batches.
  const rows = found.map(({ rec, doc }) => ({ bytes: rec.bytes, doc }));
  const bytesAt = (i: number): Uint8Array => {
    const row = rows[i] as (typeof rows)[number];
    return projection
      ? encode(projection(row.doc ?? docOf({ rec: { no: 0, bytes: row.bytes }, doc: undefined })))
      : row.bytes;
  };
  const batchSize = wholeOption(body, 'batchSize') ?? limits.firstBatch;
  const batch = context.cursors.start(
    namespace,
    rows.length,
    bytesAt,
    batchSize,
    flagOption(body, 'singleBatch'),
  );
  return cursorReply(batch);
};

/** Answers with documents that were computed, through a cursor. */
export function answer(
  context: Context,
  namespace: string,
  docs: Doc[],
  cursor: Doc | undefined,
): Uint8Array {
  checkFields(cursor ?? {}, ['batchSize'], 'cursor');
  const batchSize = wholeOption(cursor ?? {}, 'batchSize') ?? limits.firstBatch;
  return cursorReply(
    context.cursors.start(namespace, docs.length, (i) => encode(docs[i] as Doc), batchSize, false),
  );
}

/** Takes a leading `$match`, `$sort` and `$limit` as a query, so that they use indexes. */
export function splitPipeline(pipeline: unknown): { query: Query; rest: Doc[] } {
  compilePipeline(pipeline);
  const rest = [...(pipeline as Doc[])];
  const take = (name: string): unknown =>
    rest[0] && Object.hasOwn(rest[0], name) ? rest.shift()?.[name] : undefined;
  const filter = (take('$match') ?? {}) as Doc;
  const sort = take('$sort') as Doc | undefined;
  const limit = take('$limit');
  return { query: { filter, sort, limit: limit === undefined ? undefined : Number(limit) }, rest };
}

/** Whether a stage looks into documents; a mere count, as `countDocuments` asks for, does not. */
function readsFields(stage: Doc | undefined): boolean {
  const names = (spec: unknown): boolean =>
    typeof spec === 'string' ? spec.startsWith('$') : isDoc(spec) && Object.values(spec).some(names);
  return !stage || !('$count' in stage || '$group' in stage) || names(stage.$group);
}

const aggregate: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  if (!isDoc(body.cursor)) {
    throw new MongoError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const { query, rest } = splitPipeline(body.pipeline);
  const { found } = select(context.database.get(namespace), { ...query, hint: body.hint });
  const rows = readsFields(rest[0]) ? found.map(docOf) : found.map((): Doc => ({}));
  const docs = compilePipeline(rest).reduce((current, stage) => stage(current), rows);
  return answer(context, namespace, docs, docOption(body, 'cursor'));
};

const count: Handler = (body, context) => {
  const { found } = select(context.database.get(namespaceOf(body)), {
    filter: docOption(body, 'query') ?? {},
    skip: wholeOption(body, 'skip'),
    limit: Math.abs(wholeOption(body, 'limit', Number.MIN_SAFE_INTEGER) ?? 0),
    hint: body.hint,
  });
  return { n: countOf(found.length), ok: 1 };
};

/** Every value under a path, with the elements of arrays in place of the arrays. */
function collectValues(value: unknown, parts: string[], at: number, out: Map<string, unknown>): void {
  const part = parts[at];
  if (Array.isArray(value)) {
    const index = part === undefined ? undefined : arrayIndex(part);
    if (index !== undefined && index < value.length) collectValues(value[index], parts, at + 1, out);
    for (const each of value) {
      if (part === undefined) out.set(orderKey(each), out.get(orderKey(each)) ?? each);
      else if (isDoc(each)) collectValues(each, parts, at, out);
    }
  } else if (part === undefined) {
    const key = orderKey(value);
    if (!out.has(key)) out.set(key, value);
  } else if (isDoc(value) && Object.hasOwn(value, part)) collectValues(value[part], parts, at + 1, out);
}

const distinct: Handler = (body, context) => {
  if (typeof body.key !== 'string') {
    throw new MongoError('TypeMismatch', `'key' must be a string, received type ${typeName(body.key)}`);
  }
  const query = { filter: docOption(body, 'query') ?? {}, hint: body.hint };
  const { found } = select(context.database.get(namespaceOf(body)), query);
  const values = new Map<string, unknown>();
  for (const each of found) collectValues(docOf(each), splitPath(body.key), 0, values);
  return { values: [...values.values()], ok: 1 };
};

const getMore: Handler = (body, context) => {
  const id = body.getMore;
  if (!(id instanceof Long))
    throw new MongoError('TypeMismatch', `'getMore' must be a long, received type ${typeName(id)}`);
  const batchSize = wholeOption(body, 'batchSize') || Infinity;
  return cursorReply(context.cursors.more(id, namespaceOf(body, 'collection'), batchSize));
};

const killCursors: Handler = (body, context) => {
  const ids = body.cursors;
  if (!Array.isArray(ids) || !ids.every((id) => id instanceof Long)) {
    throw new MongoError('TypeMismatch', "'cursors' must be an array of longs");
  }
  const killed = ids.filter((id: Long) => context.cursors.kill(id));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
};

export const readCommands = { find, aggregate, count, distinct, getMore, killCursors };
