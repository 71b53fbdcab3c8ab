import { MongoError } from './errors.ts';
import { splitPath } from './paths.ts';
import { type Doc, isDoc, isTruthy, show, toNumber } from './values.ts';

/** A projection as a tree: true marks a path that is named, a branch leads to deeper ones. */
interface Tree {
  [field: string]: Tree | true;
}

export type Projection = (doc: Doc) => Doc;

interface Parsed {
  including: boolean;
  tree: Tree;
  id: boolean | undefined;
}

function add(tree: Tree, path: string): void {
  let at = tree;
  const parts = splitPath(path);
  parts.forEach((part, i) => {
    const known = Object.hasOwn(at, part) ? at[part] : undefined;
    if (known === true || (known && i === parts.length - 1)) {
      throw new MongoError('Location31250', `Path collision at ${path}`);
    }
    if (i === parts.length - 1) at[part] = true;
    else {
      const next = known ?? {};
      at[part] = next;
      at = next as Tree;
    }
  });
}

/** Flattens nested projection documents: `{a: {b: 1}}` is `{'a.b': 1}`. */
function flatten(spec: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]): [string, unknown][] => {
    const path = prefix + name;
    if (name.startsWith('$') || path.includes('.$')) {
      throw new MongoError('BadValue', `the embedded server does not support '${path}' in a projection`);
    }
    if (name === '' || path.split('.').includes('')) {
      throw new MongoError('BadValue', `FieldPath must not contain an empty name: '${path}'`);
    }
    return isDoc(value) && Object.keys(value).length > 0 ? flatten(value, `${path}.`) : [[path, value]];
  });
}

function parse(spec: Doc): Parsed {
  const parsed: Parsed = { including: false, tree: {}, id: undefined };
  let decided = false;
  for (const [path, value] of flatten(spec)) {
    if (typeof value !== 'boolean' && toNumber(value) === undefined) {
      throw new MongoError(
        'BadValue',
        `the embedded server supports only 0 and 1 in a projection, received ${path}: ${show(value)}`,
      );
    }
    const wanted = isTruthy(value);
    if (path === '_id') {
      parsed.id = wanted;
      continue;
    }
    if (decided && wanted !== parsed.including) {
      const [code, kinds] = wanted
        ? (['Location31253', 'inclusion on field % in exclusion'] as const)
        : (['Location31254', 'exclusion on field % in inclusion'] as const);
      throw new MongoError(code, `Cannot do ${kinds.replace('%', path)} projection`);
    }
    parsed.including = wanted;
    decided = true;
    add(parsed.tree, path);
  }
  if (!decided) parsed.including = parsed.id === true;
  return parsed;
}

function include(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) {
    return value.filter((each) => isDoc(each) || Array.isArray(each)).map((each) => include(each, tree));
  }
  if (!isDoc(value)) return undefined;
  const out: Doc = {};
  for (const [name, inner] of Object.entries(value)) {
    const branch = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (branch === true) out[name] = inner;
    else if (branch && (isDoc(inner) || Array.isArray(inner))) out[name] = include(inner, branch);
  }
  return out;
}

function exclude(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((each) => exclude(each, tree));
  if (!isDoc(value)) return value;
  const out: Doc = {};
  for (const [name, inner] of Object.entries(value)) {
    const branch = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (branch !== true) out[name] = branch ? exclude(inner, branch) : inner;
  }
  return out;
}

/** Compiles a projection of inclusions or exclusions; undefined when every field stays. */
export function compileProjection(spec: Doc): Projection | undefined {
  if (Object.keys(spec).length === 0) return undefined;
  const { including, tree, id } = parse(spec);
  if (including) {
    const wanted: Tree = id === false ? tree : { _id: true, ...tree };
    return (doc) => include(doc, wanted) as Doc;
  }
  const unwanted: Tree = id === false ? { _id: true, ...tree } : tree;
  return (doc) => exclude(doc, unwanted) as Doc;
}
