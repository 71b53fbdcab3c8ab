import type { Doc } from './values.ts';

/** The names of MongoDB's error codes that have one; the others are called by their number. */
const names = `2 BadValue, 9 FailedToParse, 14 TypeMismatch, 20 IllegalOperation, 26 NamespaceNotFound,
  28 PathNotViable, 40 ConflictingUpdateOperators, 43 CursorNotFound, 52 DollarPrefixedFieldName,
  56 EmptyFieldName, 59 CommandNotFound, 66 ImmutableField, 67 CannotCreateIndex, 73 InvalidNamespace,
  85 IndexOptionsConflict, 86 IndexKeySpecsConflict, 115 CommandNotSupported, 168 InvalidPipelineOperator,
  171 CannotIndexParallelArrays, 197 InvalidIndexSpecificationOption, 10334 BSONObjectTooLarge, 11000 DuplicateKey`;
const nameOf = new Map(names.split(/,\s+/).map((entry) => entry.split(' ') as [string, string]));

/** A refusal that the client sees as a command error or a write error. */
export class MongoError extends Error {
  readonly fields: Doc;

  constructor(code: number, errmsg: string, extra: Doc = {}) {
    super(errmsg);
    this.fields = { errmsg, code, codeName: nameOf.get(`${code}`) ?? `Location${code}`, ...extra };
  }
}

/** Throws what the client is refused with. */
export function refuse(code: number, message: string): never {
  throw new MongoError(code, message);
}
