import { MongoError } from './errors.ts';
import { arrayIndex } from './paths.ts';
import { type Doc, isDoc, missing, show } from './values.ts';

/** Turns the value at a path into its new one; `missing` means that no field is there, or shall be there. */
export type Change = (current: unknown, where: Where) => unknown;
/** What an error message says about the place. */
export interface Where {
  path: string;
  doc: Doc;
}

/** One operator's change at one path. */
export interface Step {
  path: string;
  parts: string[];
  change: Change;
  onInsertOnly: boolean;
  /** Leaves a path alone that does not exist yet. */
  creates: boolean;
}

/** Makes one change in a document that the caller owns. */
export function changeAt(doc: Doc, step: Step): void {
  let holder: Doc | unknown[] = doc;
  for (let i = 0; i < step.parts.length - 1; i++) {
    const inner = child(holder, step.parts[i] as string);
    if (inner !== missing && (isDoc(inner) || Array.isArray(inner))) holder = inner;
    else if (!step.creates) return;
    else if (inner !== missing) throw notViable(step.parts[i + 1] as string, step.parts[i] as string, inner);
    else {
      const made: Doc = {};
      const value = addBelow(made, step.parts.slice(i + 1), step.change(missing, { path: step.path, doc }));
      if (value !== missing) put(holder, step.parts[i] as string, made, step.parts[i - 1]);
      return;
    }
  }
  const last = step.parts.at(-1) as string;
  const now = child(holder, last);
  if (now === missing && !step.creates) return;
  const value = step.change(now, { path: step.path, doc });
  if (value !== missing) put(holder, last, value, step.parts.at(-2));
  else if (Array.isArray(holder)) holder[Number(last)] = null;
  else delete holder[last];
}

function addBelow(made: Doc, rest: string[], value: unknown): unknown {
  let at = made;
  for (const part of rest.slice(0, -1)) {
    const inner: Doc = {};
    at[part] = inner;
    at = inner;
  }
  at[rest.at(-1) as string] = value;
  return value;
}

function child(holder: Doc | unknown[], part: string): unknown {
  if (!Array.isArray(holder)) return Object.hasOwn(holder, part) ? holder[part] : missing;
  const index = arrayIndex(part);
  return index !== undefined && index < holder.length ? holder[index] : missing;
}

function put(holder: Doc | unknown[], part: string, value: unknown, holderName = ''): void {
  if (!Array.isArray(holder)) {
    holder[part] = value;
    return;
  }
  const index = arrayIndex(part);
  if (index === undefined) throw notViable(part, holderName, holder);
  if (index > holder.length + 1_500_000)
    throw new MongoError('BadValue', `can't backfill more than 1500000 elements`);
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}

function notViable(part: string, name: string, value: unknown): MongoError {
  return new MongoError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${name}: ${show(value)}}`,
  );
}
