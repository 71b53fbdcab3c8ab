import { ObjectId } from 'bson';
import type { Collection } from './collection.ts';
import { type Context, checkOptions, type Handler, namespaceOf } from './commands.ts';
import { MongoError, refuse } from './errors.ts';
import { conditionsOf } from './filter.ts';
import { isPresent } from './paths.ts';
import { compileProjection, docOf, type Found, select } from './select.ts';
import { deleteFields, limits, updateFields } from './table.ts';
import { compileUpdate } from './update.ts';
import { checkStorable, type Doc, decode, encode, isDoc, typeName } from './values.ts';

/** Runs the entries of a bulk one by one; an ordered bulk ends at the first error. */
function runBulk<T>(body: Doc, entries: T[], run: (entry: T, index: number) => void): Doc {
  const most = limits.writeBatch;
  const fits = entries.length > 0 && entries.length <= most;
  if (!fits) refuse(2, `Write batch sizes must be between 1 and ${most}. Got ${entries.length} operations.`);
  const writeErrors: Doc[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      run(entry, index);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      writeErrors.push({ index, ...error.fields });
      if (body.ordered === false) continue;
      break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

/** Refuses a document that cannot be stored, and gives the others an _id. */
function storable(doc: Doc): Doc {
  const dollar = Object.keys(doc).find((name) => name.startsWith('$'));
  if (dollar) refuse(52, `The embedded server refuses the field name '${dollar}' in a document`);
  if (Array.isArray(doc._id)) refuse(2, "The '_id' value cannot be of type array");
  checkStorable(doc, 'the document');
  if (Object.keys(doc)[0] === '_id') return doc;
  const { _id = new ObjectId(), ...rest } = doc;
  return { _id, ...rest };
}

const insert: Handler = (body, context) => {
  const collection = context.database.ensure(namespaceOf(body));
  let n = 0;
  const result = runBulk(body, body.documents as Doc[], (doc) => {
    const ready = storable(doc);
    collection.insert(ready, encode(ready));
    n++;
  });
  return { n, ...result, ok: 1 };
};

/** Makes a document what an update asks for: operators change it, another document takes its place. */
type Change = (doc: Doc, inserting: boolean) => Doc;

function readChange(update: unknown, multi: unknown): Change {
  if (!isDoc(update)) return refuse(9, `an update must be a document, received ${typeName(update)}`);
  const modify = Object.keys(update)[0]?.startsWith('$') ? compileUpdate(update) : undefined;
  if (!modify && multi) refuse(9, 'multi update is not supported for replacement-style update');
  return (doc, inserting) => {
    const id = '_id' in doc ? { _id: doc._id } : {};
    const kept = encode(id);
    modify?.(doc, inserting);
    const after = storable(modify ? doc : { ...id, ...update });
    if (!('_id' in id) || isSame(kept, encode({ _id: after._id }))) return after;
    return refuse(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  };
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Changes a found document; undefined when that makes no difference. */
function replace(collection: Collection, found: Found, change: Change): Doc | undefined {
  const doc = docOf(found);
  const keys = collection.keysOf(doc);
  const after = change(doc, false);
  const bytes = encode(after);
  if (isSame(bytes, found.rec.bytes)) return undefined;
  collection.replace(found.rec, keys, after, bytes);
  return after;
}

/** Inserts what an upsert makes of its filter, every value that this fixes by equality, and its update. */
function upsert(context: Context, namespace: string, filter: Doc, change: Change): Doc {
  const base: Doc = {};
  for (const { path, operator, operand } of conditionsOf(filter)) {
    const values = operator === '$eq' ? [operand] : operator === '$in' ? (operand as unknown[]) : [];
    if (values.length !== 1) continue;
    if (isPresent(base, path.split('.'))) refuse(2, `cannot infer '${path}', it is matched twice`);
    compileUpdate({ $set: { [path]: values[0] } })(base, true);
  }
  const doc = change(base, true);
  context.database.ensure(namespace).insert(doc, encode(doc));
  return doc;
}

const update: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const upserted: Doc[] = [];
  let [n, nModified] = [0, 0];
  const result = runBulk(body, body.updates as Doc[], (entry, index) => {
    checkOptions(entry, updateFields, 'update.updates');
    const { q = {}, u, multi, upsert: mayInsert } = entry as Doc & { q?: Doc };
    const change = readChange(u, multi);
    const collection = context.database.get(namespace) as Collection;
    const { found } = select(collection, { filter: q, limit: multi ? 0 : 1 });
    for (const each of found) {
      if (replace(collection, each, change)) nModified++;
      n++;
    }
    if (found.length > 0 || !mayInsert) return;
    upserted.push({ index, _id: upsert(context, namespace, q, change)._id });
    n++;
  });
  return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...result, ok: 1 };
};

const remove: Handler = (body, context) => {
  const collection = context.database.get(namespaceOf(body));
  let n = 0;
  const result = runBulk(body, body.deletes as Doc[], (entry) => {
    checkOptions(entry, deleteFields, 'delete.deletes');
    const { q = {}, limit } = entry as { q?: Doc; limit?: number };
    if (limit !== 0 && limit !== 1) refuse(9, `The limit of a delete must be 0 or 1. Got ${limit}`);
    const { found } = select(collection, { filter: q, limit });
    for (const each of found) collection?.remove(each.rec, docOf(each));
    n += found.length;
  });
  return { n, ...result, ok: 1 };
};

const findAndModify: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  const { query: filter = {}, sort, remove: removing } = body as Doc & { query?: Doc; sort?: Doc };
  const wrong = removing ? body.update !== undefined || body.upsert || body.new : body.update === undefined;
  if (wrong) refuse(9, 'expected an update, or remove=true without update, upsert and new');
  const change = removing ? undefined : readChange(body.update, false);
  const project = compileProjection(body.fields as Doc | undefined) ?? ((doc) => doc);
  const collection = context.database.get(namespace) as Collection;
  const [found] = select(collection, { filter, sort, limit: 1 }).found;
  const answer = (value: Doc | undefined, lastErrorObject: Doc): Doc => {
    return { lastErrorObject, value: value ? project(value) : null, ok: 1 };
  };
  if (!found) {
    if (!change) return answer(undefined, { n: 0 });
    if (!body.upsert) return answer(undefined, { n: 0, updatedExisting: false });
    const made = upsert(context, namespace, filter, change);
    return answer(body.new ? made : undefined, { n: 1, updatedExisting: false, upserted: made._id });
  }
  const before = decode(found.rec.bytes);
  if (change) {
    const after = replace(collection, found, change) ?? before;
    return answer(body.new ? after : before, { n: 1, updatedExisting: true });
  }
  collection.remove(found.rec, before);
  return answer(before, { n: 1 });
};

export const writeCommands = { insert, update, delete: remove, findAndModify };
