import { ObjectId } from 'bson';
import type { Collection } from '../collection.ts';
import { MongoError } from '../errors.ts';
import { type Found, select } from '../query.ts';
import { deleteFields, limits, updateFields } from '../table.ts';
import { applyUpdate, compileUpdate, type Modifier } from '../update.ts';
import { upsertBase } from '../upsert.ts';
import { type Doc, decode, encode, isDoc, missing, show, typeName } from '../values.ts';
import {
  type Context,
  checkFields,
  decodeDocument,
  docOption,
  docsOption,
  flagOption,
  type Handler,
  namespaceOf,
  wholeOption,
} from './context.ts';

/** A document on its way into a collection, with the bytes that will be stored. */
interface Entering {
  doc: Doc;
  bytes: Uint8Array;
}

/** Runs the entries of a bulk one by one; an ordered bulk ends at the first error. */
function runBulk<T>(body: Doc, entries: T[], run: (entry: T, index: number) => void): Doc {
  if (entries.length === 0 || entries.length > limits.writeBatch) {
    const message = `Write batch sizes must be between 1 and ${limits.writeBatch}. Got ${entries.length} operations.`;
    throw new MongoError('BadValue', message);
  }
  const ordered = body.ordered !== false;
  const writeErrors: Doc[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      run(entry, index);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      writeErrors.push({ index, code: error.code, ...error.extra, errmsg: error.message });
      if (ordered) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

const idFirst = Buffer.from('_id\0', 'latin1');

/** Gives a document its _id, puts that first, and checks it. */
export function entering(doc: Doc, bytes?: Uint8Array): Entering {
  if (!Object.hasOwn(doc, '_id')) return withBytes({ _id: new ObjectId(), ...doc });
  const { _id } = doc;
  const type = typeName(_id);
  if (type === 'array' || type === 'regex' || type === 'undefined') {
    throw new MongoError('InvalidIdField', `The '_id' value cannot be of type ${type}`);
  }
  const dollar = isDoc(_id) && Object.keys(_id).find((name) => name.startsWith('$'));
  if (dollar)
    throw new MongoError(
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${dollar}`,
    );
  if (!bytes) return withBytes(Object.keys(doc)[0] === '_id' ? doc : { _id, ...doc });
  const first = Buffer.from(bytes.buffer, bytes.byteOffset + 5, 4);
  return first.equals(idFirst) ? { doc, bytes: Uint8Array.from(bytes) } : withBytes({ _id, ...doc });
}

const withBytes = (doc: Doc): Entering => ({ doc, bytes: encode(doc) });

function checkTopLevel(doc: Doc): void {
  const dollar = Object.keys(doc).find((name) => name.startsWith('$') || name === '__proto__');
  if (!dollar) return;
  throw new MongoError(
    'DollarPrefixedFieldName',
    `The embedded server refuses the field name '${dollar}' in a document`,
  );
}

const insert: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const raw = context.sequences.get('documents');
  const inline = raw ? [] : docsOption(body, context, 'documents');
  let n = 0;
  const result = runBulk<Uint8Array | Doc>(body, raw ?? inline, (entry) => {
    const bytes = entry instanceof Uint8Array ? entry : undefined;
    const doc = bytes ? decodeDocument(bytes) : (entry as Doc);
    checkTopLevel(doc);
    const ready = entering(doc, bytes);
    context.database.ensure(namespace).insert(ready.doc, ready.bytes);
    n++;
  });
  return { n, ...result, ok: 1 };
};

/** An update as it is asked for: operators, or a whole document in place of the old one. */
export type Change = { modifier: Modifier } | { replacement: Doc };

export function readChange(update: unknown): Change {
  if (!isDoc(update)) {
    const what = Array.isArray(update) ? 'a pipeline' : `type ${typeName(update)}`;
    throw new MongoError(
      'FailedToParse',
      `the embedded server updates with operators or a document, received ${what}`,
    );
  }
  const first = Object.keys(update)[0];
  if (first?.startsWith('$')) return { modifier: compileUpdate(update) };
  const dollar = Object.keys(update).find((name) => name.startsWith('$'));
  if (dollar) {
    throw new MongoError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not valid for storage.`,
    );
  }
  return { replacement: update };
}

/** Changes one document; false when it was like that already. */
export function changeDocument(
  collection: Collection,
  found: Found,
  change: Change,
): { changed: boolean; after: Doc } {
  const before = decode(found.rec.bytes);
  let after: Doc;
  if ('modifier' in change) {
    after = decode(found.rec.bytes);
    applyUpdate(after, change.modifier, false);
  } else {
    after = { _id: before._id, ...change.replacement };
  }
  checkSameId(before, after);
  const bytes = encode(after);
  if (Buffer.compare(bytes, found.rec.bytes) === 0) return { changed: false, after };
  collection.replace(
    found.rec,
    before,
    after,
    bytes,
    'modifier' in change ? change.modifier.touched : undefined,
  );
  return { changed: true, after };
}

function checkSameId(before: Doc, after: Doc): void {
  const same =
    Object.hasOwn(after, '_id') && Buffer.compare(encode({ v: before._id }), encode({ v: after._id })) === 0;
  if (same) return;
  const message = `Performing an update on the path '_id' would modify the immutable field '_id'`;
  throw new MongoError('ImmutableField', message);
}

/** Inserts what an upsert makes of its filter and its update. */
export function upsert(collection: Collection, filter: Doc, change: Change): Doc {
  let doc: Doc;
  if ('modifier' in change) {
    doc = upsertBase(filter);
    applyUpdate(doc, change.modifier, true);
  } else {
    const { _id } = upsertBase(filter);
    doc = { ...(_id === undefined ? {} : { _id }), ...change.replacement };
    if (_id !== undefined) checkSameId({ _id }, doc);
  }
  const ready = entering(doc);
  collection.insert(ready.doc, ready.bytes);
  return ready.doc;
}

const update: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const counts = { n: 0, nModified: 0 };
  const upserted: Doc[] = [];
  const result = runBulk(body, docsOption(body, context, 'updates'), (entry, index) => {
    checkFields(entry, updateFields, 'update.updates');
    const id = updateOne(namespace, entry, context, counts);
    if (id !== missing) upserted.push({ index, _id: id });
  });
  return {
    n: counts.n,
    nModified: counts.nModified,
    ...(upserted.length > 0 ? { upserted } : {}),
    ...result,
    ok: 1,
  };
};

function updateOne(
  namespace: string,
  entry: Doc,
  context: Context,
  counts: { n: number; nModified: number },
): unknown {
  const filter = docOption(entry, 'q') ?? {};
  const multi = flagOption(entry, 'multi');
  const change = readChange(entry.u);
  if (multi && 'replacement' in change) {
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  const collection = context.database.get(namespace);
  const { found } = select(collection, { filter, limit: multi ? 0 : 1, hint: entry.hint });
  for (const each of found) {
    const { changed } = changeDocument(collection as Collection, each, change);
    counts.n++;
    if (changed) counts.nModified++;
  }
  if (found.length > 0 || !flagOption(entry, 'upsert')) return missing;
  const made = upsert(context.database.ensure(namespace), filter, change);
  counts.n++;
  return made._id;
}

const remove: Handler = (body, context) => {
  const collection = context.database.get(namespaceOf(body));
  let n = 0;
  const result = runBulk(body, docsOption(body, context, 'deletes'), (entry) => {
    checkFields(entry, deleteFields, 'delete.deletes');
    const limit = wholeOption(entry, 'limit');
    if (limit !== 0 && limit !== 1) {
      throw new MongoError(
        'FailedToParse',
        `The limit field in delete objects must be 0 or 1. Got ${show(entry.limit)}`,
      );
    }
    const { found } = select(collection, { filter: docOption(entry, 'q') ?? {}, limit, hint: entry.hint });
    for (const { rec } of found) collection?.remove(rec);
    n += found.length;
  });
  return { n, ...result, ok: 1 };
};

export const writeCommands = { insert, update, delete: remove };
