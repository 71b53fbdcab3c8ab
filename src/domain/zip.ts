/** A file inside an archive, as the archive's directory declares it. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes that it takes in the archive, and that it says to have when it is unpacked. */
  readonly packed: number;
  readonly size: number;
  /** Where its bytes, with their header, begin and end in the archive. */
  readonly from: number;
  readonly to: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const END_BYTES = 22;
const COMMENT_MAX = 0xffff;
const IN_64 = 0xffffffff;
const SIZES_FOLLOW = 0x8;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x1;
/** Deflate never makes more of a byte than this. */
const DEFLATE_RATIO = 1_032;

/** The directory of an archive contradicts itself, or the archive. */
class Broken extends Error {}

function hold(condition: boolean, expected: string): asserts condition {
  if (!condition) throw new Broken(`expected ${expected}`);
}

/** Whether bytes begin as an archive does; office files of today do. */
export function startsAsZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes;
  const mark = `${third} ${fourth}`;
  return p === 0x50 && k === 0x4b && ['3 4', '5 6', '7 8'].includes(mark);
}

/**
 * Reads the directory of a zip archive and unpacks nothing. undefined: it has more than `most` entries; 'broken': it
 * is cut off, or its headers do not agree, so that programs might unpack different things from it.
 */
export function readZip(bytes: Uint8Array, most: number): readonly ZipEntry[] | 'broken' | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { count, start, end } = findDirectory(view);
    if (count > most) return undefined;
    const entries: ZipEntry[] = [];
    let at = start;
    for (let i = 0; i < count; i++) {
      const { entry, next } = entryAt(view, at, start, end);
      entries.push(entry);
      at = next;
    }
    hold(at === end, 'as many entries as are announced');
    return entries;
  } catch (error) {
    // A read beyond the end: it is cut off, or points somewhere else.
    if (error instanceof Broken || error instanceof RangeError) return 'broken';
    throw error;
  }
}

interface Directory {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

function findDirectory(view: DataView): Directory {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at--) {
    if (view.getUint32(at, true) !== END || view.getUint16(at + 20, true) !== last - at) continue;
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    const is64 = count === 0xffff || size === IN_64 || start === IN_64;
    return is64 && at >= 20 && view.getUint32(at - 20, true) === LOCATOR_64
      ? directory64(view, at - 20)
      : directory(count, start, size, at);
  }
  throw new Broken('expected the end of a directory');
}

function directory64(view: DataView, locator: number): Directory {
  const at = number64(view, locator + 8);
  hold(at < locator && view.getUint32(at, true) === END_64, 'the end of a directory in 64 bits');
  return directory(number64(view, at + 32), number64(view, at + 48), number64(view, at + 40), at);
}

function directory(count: number, start: number, size: number, before: number): Directory {
  hold(start + size === before, 'a directory right before its end');
  return { count, start, end: start + size };
}

/** A number in 64 bits; one that no file of ours could have stays wrong in 53. */
const number64 = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

const textAt = (view: DataView, at: number, length: number): string =>
  new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length));

function entryAt(view: DataView, at: number, start: number, end: number): { entry: ZipEntry; next: number } {
  hold(at + 46 <= end && view.getUint32(at, true) === CENTRAL, 'an entry of the directory');
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  hold(next <= end, 'an entry within the directory');
  const name = textAt(view, at + 46, nameLength);
  const declared = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    from: view.getUint32(at + 42, true),
  };
  const { size, packed, from } = wide(view, declared, at + 46 + nameLength, extraLength);
  const flags = view.getUint16(at + 8, true);
  agree(packed, size, view.getUint16(at + 10, true), flags);
  const to = localEnd(view, { name, packed, size, from }, flags);
  hold(to <= start, 'the bytes of an entry before the directory');
  return { entry: { name, packed, size, from, to }, next };
}

/** What does not fit into 32 bits stands in a field behind the name, in this order, and only where it is needed. */
function wide<T extends Record<'size' | 'packed' | 'from', number>>(
  view: DataView,
  declared: T,
  from: number,
  length: number,
): T {
  const missing = (['size', 'packed', 'from'] as const).filter((one) => declared[one] === IN_64);
  if (missing.length === 0) return declared;
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    hold(view.getUint16(at + 2, true) >= missing.length * 8, 'the sizes in 64 bits');
    return {
      ...declared,
      ...Object.fromEntries(missing.map((one, i) => [one, number64(view, at + 4 + i * 8)])),
    };
  }
  throw new Broken('expected the sizes in 64 bits');
}

/** Sizes that no packing brings about are made up. */
function agree(packed: number, size: number, method: number, flags: number): void {
  if (method === STORED) hold((flags & ENCRYPTED) !== 0 || packed === size, 'as many bytes as are stored');
  if (method === DEFLATED) hold(size <= packed * DEFLATE_RATIO, 'a size that packed bytes can come to');
}

/** Where the bytes of an entry end, by its own header, which must say the same as the directory. */
function localEnd(view: DataView, entry: Omit<ZipEntry, 'to'>, flags: number): number {
  const { from, name, packed, size } = entry;
  hold(view.getUint32(from, true) === LOCAL, 'an entry where the directory says');
  const nameLength = view.getUint16(from + 26, true);
  hold(textAt(view, from + 30, nameLength) === name, 'one name of an entry');
  if ((flags & SIZES_FOLLOW) === 0) {
    const same = (at: number, value: number) => [value, IN_64].includes(view.getUint32(from + at, true));
    hold(same(18, packed) && same(22, size), 'one size of an entry');
  }
  return from + 30 + nameLength + view.getUint16(from + 28, true) + packed;
}
