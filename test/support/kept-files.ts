import type { Announced, Fetch, FileInput } from '../../src/channels/channel.ts';

/** Keeps files as a house does, in memory and for a test to look at. */
export class KeptFiles {
  /** What was announced, in order. */
  readonly announced: Announced[] = [];
  /** The bytes that were fetched, by the keys of their files. */
  readonly bytes = new Map<string, Uint8Array>();
  /** The store is out of reach. */
  isDown = false;
  /** What went wrong with fetches. */
  readonly failures: unknown[] = [];

  readonly keep = async (file: Announced, fetch: Fetch): Promise<FileInput> => {
    if (this.isDown) throw new Error('the store is down');
    this.announced.push(file);
    const { key, name, type, size = 0 } = file;
    const told = { kind: 'file' as const, name, type, size };
    try {
      const bytes = this.bytes.get(key) ?? (await fetch(new AbortController().signal));
      if (bytes === 'too_big') return { ...told, problem: bytes };
      this.bytes.set(key, bytes);
      return { ...told, size: bytes.length, ref: key };
    } catch (cause) {
      this.failures.push(cause);
      return { ...told, problem: 'unavailable' };
    }
  };
}
