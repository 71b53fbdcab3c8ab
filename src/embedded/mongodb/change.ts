import { ObjectId } from 'bson';
import type { Collection } from './collection.ts';
import { type CodeName, MongoError } from './errors.ts';
import type { Found } from './query.ts';
import { applyUpdate, compileUpdate, type Modifier } from './update.ts';
import { upsertBase } from './upsert.ts';
import { type Doc, decode, encode, isDoc, typeName } from './values.ts';

/** A document on its way into a collection, with the bytes that will be stored. */
interface Entering {
  doc: Doc;
  bytes: Uint8Array;
}

const idFirst = Buffer.from('_id\0', 'latin1');

/** Gives a document its _id, puts that first, and checks it. */
export function entering(doc: Doc, bytes?: Uint8Array, badId: CodeName = 'BadValue'): Entering {
  if (!Object.hasOwn(doc, '_id')) return withBytes({ _id: new ObjectId(), ...doc });
  const { _id } = doc;
  const type = typeName(_id);
  if (type === 'array' || type === 'regex' || type === 'undefined') {
    throw new MongoError(badId, `The '_id' value cannot be of type ${type}`);
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

/** Refuses names that would be read as operators later. */
export function checkTopLevel(doc: Doc): void {
  const dollar = Object.keys(doc).find((name) => name.startsWith('$') || name === '__proto__');
  if (!dollar) return;
  throw new MongoError(
    'DollarPrefixedFieldName',
    `The embedded server refuses the field name '${dollar}' in a document`,
  );
}

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
    const { _id } = doc;
    applyUpdate(doc, change.modifier, true);
    if (_id !== undefined) checkSameId({ _id }, doc);
  } else {
    const { _id } = upsertBase(filter);
    doc = { ...(_id === undefined ? {} : { _id }), ...change.replacement };
    if (_id !== undefined) checkSameId({ _id }, doc);
  }
  const ready = entering(doc, undefined, 'InvalidIdField');
  collection.insert(ready.doc, ready.bytes);
  return ready.doc;
}
