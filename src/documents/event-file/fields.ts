import type { Reader } from './readers.ts';
import { quote, type Source, type Spot } from './source.ts';

/** A mapping with known keys. */
export class Fields {
  readonly #source: Source;
  readonly #parent: Spot;
  readonly #entries = new Map<string, Spot>();

  private constructor(source: Source, parent: Spot) {
    this.#source = source;
    this.#parent = parent;
  }

  /** Reads a mapping and refuses keys that are unknown or come twice; undefined when `spot` is not `what`. */
  static read(source: Source, spot: Spot, keys: readonly string[], what: string): Fields | undefined {
    const entries = source.entries(spot);
    if (!entries) return source.expected(spot, what);
    const fields = new Fields(source, spot);
    for (const { key, spot: entry } of entries) {
      if (!keys.includes(key)) {
        source.refuse(entry, `expected one of the keys ${keys.join(', ')}, received ${quote(key)}`);
      } else if (fields.#entries.has(key)) {
        source.refuse(entry, `expected each key once, received ${quote(key)} a second time`);
      } else {
        fields.#entries.set(key, entry);
      }
    }
    return fields;
  }

  /** Where a value stands, or would stand. */
  spot(key: string): Spot {
    const { path, line } = this.#parent;
    return this.#entries.get(key) ?? { path: path ? `${path}.${key}` : key, line, node: undefined };
  }

  /** Written with a value: `key:` alone counts as missing. */
  has(key: string): boolean {
    return !this.#source.isMissing(this.spot(key));
  }

  required<T>(key: string, read: Reader<T>): T | undefined {
    return read(this.#source, this.spot(key));
  }

  /** A value, or the default when it is missing. */
  optional<T>(key: string, fallback: T, read: Reader<T>): T | undefined {
    return this.has(key) ? read(this.#source, this.spot(key)) : fallback;
  }
}
