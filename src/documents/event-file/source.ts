import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { oversized, TOO_DEEP } from './size.ts';

/** What is wrong in a file and where: `sessions[2].startsAt`, its line from 1, a sentence. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A value of the file and where it stands. A missing one has no node and stands where its parent does. */
export interface Spot {
  readonly path: string;
  readonly line: number;
  readonly node: unknown;
}

const MAX_ALIASES = 100;

// Uniqueness of keys is checked by Fields: the library compares each key with every other, seconds for a big file.
const OPTIONS = {
  schema: 'core',
  resolveKnownTags: false,
  prettyErrors: false,
  stringKeys: true,
  uniqueKeys: false,
} as const;

const SYNTAX: Readonly<Partial<Record<string, string>>> = {
  MULTIPLE_DOCS: 'expected one document in a file, received a second one (---)',
  RESOURCE_EXHAUSTION: TOO_DEEP,
};

/** A YAML file that collects its own problems; nothing in it is followed further than it is asked for. */
export class Source {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed | undefined;
  readonly #anchored = new Map<Alias, Node>();
  readonly #problems: Problem[] = [];

  constructor(yaml: string) {
    const excess = oversized(yaml);
    if (excess) {
      this.refuse({ path: '', line: 1 }, excess);
      return;
    }
    this.#document = parseDocument(yaml, { ...OPTIONS, lineCounter: this.#lines });
    this.#checkSyntax(this.#document);
    if (this.#problems.length === 0) this.#followAliases(this.#document);
  }

  /** In the order of the file. */
  get problems(): readonly Problem[] {
    return this.#problems.toSorted((a, b) => a.line - b.line);
  }

  refuse({ path, line }: Pick<Spot, 'path' | 'line'>, message: string): undefined {
    this.#problems.push({ path: visible(path), line, message: visible(message) });
    return undefined;
  }

  /** Refuses a value with what is expected in its place. */
  expected(spot: Spot, what: string): undefined {
    return this.refuse(spot, `expected ${what}, received ${show(this.#resolved(spot))}`);
  }

  root(): Spot {
    const node = this.#document?.contents ?? null;
    return { path: '', line: this.#lineOf(node) ?? 1, node };
  }

  isMissing(spot: Spot): boolean {
    return this.scalar(spot) === null;
  }

  /** A plain value as YAML reads it; null when missing or empty; undefined when it is a mapping or list. */
  scalar(spot: Spot): unknown {
    const node = this.#resolved(spot);
    if (node === undefined || node === null) return null;
    return isScalar(node) ? node.value : undefined;
  }

  /** A plain value as it is written, so that `2026` can be a text; undefined when there is none. */
  written(spot: Spot): string | undefined {
    const node = this.#resolved(spot);
    if (!isScalar(node) || node.value === null) return undefined;
    return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  }

  /** The entries of a list; undefined when it is none. */
  items(spot: Spot): Spot[] | undefined {
    const node = this.#resolved(spot);
    if (!isSeq(node)) return undefined;
    return node.items.map((item, i) => ({
      path: `${spot.path}[${i}]`,
      line: this.#lineOf(item) ?? spot.line,
      node: item,
    }));
  }

  /** The entries of a mapping in order, a key written twice twice; undefined when it is none. */
  entries(spot: Spot): { readonly key: string; readonly spot: Spot }[] | undefined {
    const node = this.#resolved(spot);
    if (!isMap(node)) return undefined;
    return node.items.map((pair) => {
      const key = this.written({ ...spot, node: pair.key }) ?? '';
      const line = this.#lineOf(pair.key) ?? spot.line;
      const name = key.slice(0, SHOWN);
      return { key, spot: { path: spot.path ? `${spot.path}.${name}` : name, line, node: pair.value } };
    });
  }

  #resolved({ node }: Spot): unknown {
    return isAlias(node) ? this.#anchored.get(node) : node;
  }

  #lineOf(node: unknown): number | undefined {
    const hasRange = typeof node === 'object' && node !== null && 'range' in node;
    const start = hasRange && Array.isArray(node.range) ? node.range[0] : undefined;
    return typeof start === 'number' ? this.#lines.linePos(start).line : undefined;
  }

  #checkSyntax(document: Document.Parsed): void {
    const errors = [...document.errors, ...document.warnings];
    const first = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
    for (const { pos, code, message } of first ? [first] : errors) {
      const sentence = SYNTAX[code] ?? `not valid YAML: ${message.slice(0, 200)}`;
      this.refuse({ path: '', line: this.#lines.linePos(pos[0]).line }, sentence);
    }
  }

  #followAliases(document: Document.Parsed): void {
    const aliases: Alias[] = [];
    visit(document, { Alias: (_, alias) => void aliases.push(alias) });
    if (aliases.length > MAX_ALIASES) {
      this.refuse(
        { path: '', line: 1 },
        `expected at most ${MAX_ALIASES} aliases (*name), received ${aliases.length}`,
      );
      return;
    }
    for (const alias of aliases) {
      const node = alias.resolve(document);
      if (node) this.#anchored.set(alias, node);
      else
        this.refuse(
          { path: '', line: this.#lineOf(alias) ?? 1 },
          `expected an anchor &${alias.source} before *${alias.source}`,
        );
    }
    if (this.#problems.length > 0) return;
    try {
      document.toJS({ maxAliasCount: MAX_ALIASES, mapAsMap: true });
    } catch (cause) {
      if (!(cause instanceof ReferenceError)) throw cause;
      this.refuse(
        { path: '', line: 1 },
        'expected plain aliases (*name), received some that hold each other over and over',
      );
    }
  }
}

const SHOWN = 60;

/** A received value for a sentence: short, whatever it is. */
function show(node: unknown): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  return typeof node.value === 'string' ? quote(node.value) : String(node.value);
}

/** A text in quotes, cut when it is long. */
export function quote(text: string): string {
  if (text.length <= SHOWN) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, SHOWN))}… (${text.length} characters)`;
}

/** Without characters that a terminal obeys or that cannot be seen: they are named instead. */
function visible(text: string): string {
  return text.replace(/\p{C}/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
}
