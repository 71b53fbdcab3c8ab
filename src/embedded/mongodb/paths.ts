import { isDoc, missing } from './values.ts';

export type Test = (value: unknown) => boolean;

const paths = new Map<string, string[]>();

/** Splits a dotted path, remembering the split. */
export function splitPath(path: string): string[] {
  let parts = paths.get(path);
  if (!parts) {
    parts = path.split('.');
    if (paths.size > 5000) paths.clear();
    paths.set(path, parts);
  }
  return parts;
}

/** An array index written as a path component. */
export function arrayIndex(part: string): number | undefined {
  return /^(0|[1-9]\d{0,8})$/.test(part) ? Number(part) : undefined;
}

/** Whether any value that the path leads to passes the test, stepping into arrays as MongoDB does. */
export function anyValue(value: unknown, parts: string[], at: number, expand: boolean, test: Test): boolean {
  const part = parts[at];
  if (part === undefined) {
    return test(value) || (expand && Array.isArray(value) && value.some(test));
  }
  if (Array.isArray(value)) {
    if (atPosition(value, part, parts, at, expand, test)) return true;
    return value.some((element) => isDoc(element) && anyValue(element, parts, at, expand, test));
  }
  if (isDoc(value) && Object.hasOwn(value, part)) return anyValue(value[part], parts, at + 1, expand, test);
  return test(missing);
}

/** A path may name a position of an array: what is there is taken as a whole, or as a way further down. */
function atPosition(
  array: unknown[],
  part: string,
  parts: string[],
  at: number,
  expand: boolean,
  test: Test,
): boolean {
  const index = arrayIndex(part);
  if (index === undefined || index >= array.length) return false;
  const element = array[index];
  if (at + 1 === parts.length) return test(element);
  return (isDoc(element) || Array.isArray(element)) && anyValue(element, parts, at + 1, expand, test);
}
