import { Int32 } from 'bson';
import { type Change, changeDocument, readChange, upsert } from '../change.ts';
import type { Collection } from '../collection.ts';
import { MongoError } from '../errors.ts';
import { compileProjection } from '../projection.ts';
import { docOf, type Found, select } from '../query.ts';
import type { Doc } from '../values.ts';
import { docOption, flagOption, type Handler, namespaceOf } from './context.ts';

interface Outcome {
  value: Doc | null;
  last: Doc;
}

function changeFound(collection: Collection, found: Found, change: Change, wantsNew: boolean): Outcome {
  const before = docOf(found);
  const { after } = changeDocument(collection, found, change);
  return { value: wantsNew ? after : before, last: { n: new Int32(1), updatedExisting: true } };
}

function removeFound(collection: Collection, found: Found | undefined): Outcome {
  if (!found) return { value: null, last: { n: new Int32(0) } };
  const value = docOf(found);
  collection.remove(found.rec);
  return { value, last: { n: new Int32(1) } };
}

function checkKind(body: Doc): void {
  const removing = flagOption(body, 'remove');
  const message =
    removing && body.update !== undefined
      ? 'Cannot specify both an update and remove=true'
      : removing && flagOption(body, 'upsert')
        ? 'Cannot specify both upsert=true and remove=true'
        : removing && flagOption(body, 'new')
          ? "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document"
          : !removing && body.update === undefined
            ? 'Either an update or remove=true must be specified'
            : undefined;
  if (message) throw new MongoError('FailedToParse', message);
}

const findAndModify: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  checkKind(body);
  const filter = docOption(body, 'query') ?? {};
  const change = body.update === undefined ? undefined : readChange(body.update);
  const projection = compileProjection(docOption(body, 'fields') ?? {});
  const collection = context.database.get(namespace);
  const query = { filter, sort: docOption(body, 'sort'), limit: 1, hint: body.hint };
  const [found] = select(collection, query).found;
  let outcome: Outcome = { value: null, last: { n: new Int32(0), updatedExisting: false } };
  if (!change) {
    if (collection) outcome = removeFound(collection, found);
  } else if (found && collection) {
    outcome = changeFound(collection, found, change, flagOption(body, 'new'));
  } else if (flagOption(body, 'upsert')) {
    const made = upsert(context.database.ensure(namespace), filter, change);
    const value = flagOption(body, 'new') ? made : null;
    outcome = { value, last: { n: new Int32(1), updatedExisting: false, upserted: made._id } };
  }
  const { value, last } = outcome;
  return { lastErrorObject: last, value: value && projection ? projection(value) : value, ok: 1 };
};

export const findAndModifyCommand = { findAndModify };
