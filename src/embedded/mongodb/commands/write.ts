import { changeDocument, checkTopLevel, entering, readChange, upsert } from '../change.ts';
import type { Collection } from '../collection.ts';
import { checkName } from '../database.ts';
import { MongoError } from '../errors.ts';
import { select } from '../query.ts';
import { deleteFields, limits, updateFields } from '../table.ts';
import { type Doc, missing, show } from '../values.ts';
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

const insert: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  checkName(namespace);
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
