import type { FileProblem } from './file.ts';
import { readZip, startsAsZip, type ZipEntry } from './zip.ts';

const MEGABYTE = 1024 * 1024;
const ENTRIES_MAX = 10_000;
const TOTAL_MAX = 500 * MEGABYTE;
/** Less than this may be packed as tightly as can be: a long log, an empty picture. */
const TIGHT_FROM = 50 * MEGABYTE;
const RATIO_MAX = 200;
const NESTED_MAX = 12;

const NESTED = /\.(?:zip|rar|7z|tar|gz|tgz|bz2|xz|zst|cab|iso)$/iu;
const MACROS = /(?:^|\/)vbaproject\.bin$/iu;
/** Out of the folder that it is unpacked into. */
const OUTSIDE = /^(?:[/\\]|[a-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/iu;

/**
 * Why an archive, or an office file, which is one, is not kept; undefined: nothing speaks against it, or it is none.
 * Only its directory is read. What an entry says of its size is believed where packing could bring it about.
 */
export function archiveProblem(bytes: Uint8Array): Extract<FileProblem, 'bomb' | 'executable'> | undefined {
  if (!startsAsZip(bytes)) return undefined;
  const entries = readZip(bytes, ENTRIES_MAX);
  if (entries === undefined || entries === 'broken') return 'bomb';
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const isTight = total > TIGHT_FROM && total > bytes.length * RATIO_MAX;
  if (total > TOTAL_MAX || isTight || overlap(entries)) return 'bomb';
  if (entries.some(({ name }) => OUTSIDE.test(name))) return 'bomb';
  if (entries.filter(({ name }) => NESTED.test(name)).length >= NESTED_MAX) return 'bomb';
  return entries.some(({ name }) => MACROS.test(name)) ? 'executable' : undefined;
}

/** Whether bytes are declared to be of several entries: so a few of them become many. */
function overlap(entries: readonly ZipEntry[]): boolean {
  const inOrder = entries.toSorted((a, b) => a.from - b.from);
  return inOrder.some((entry, i) => entry.from < (inOrder[i - 1]?.to ?? 0));
}
