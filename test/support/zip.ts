import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive for tests; what is given instead of the truth is what its directory claims. */
export interface Entry {
  readonly name: string;
  readonly bytes?: Uint8Array;
  readonly deflated?: boolean;
  readonly size?: number;
  readonly packed?: number;
  /** Where it claims to begin. */
  readonly from?: number;
  /** What its own header says instead of the directory. */
  readonly local?: { readonly name?: string; readonly size?: number };
  /** Its own header leaves the sizes to what follows its bytes. */
  readonly follows?: boolean;
  readonly in64?: boolean;
}

interface Written extends Required<Pick<Entry, 'name' | 'size' | 'packed' | 'from'>> {
  readonly entry: Entry;
  readonly data: Uint8Array;
  readonly crc: number;
}

const IN_64 = 0xffffffff;

function numbers(...parts: readonly (readonly [2 | 4 | 8, number])[]): Buffer {
  return Buffer.concat(
    parts.map(([length, value]) => {
      const bytes = Buffer.alloc(length);
      if (length === 8) bytes.writeBigUInt64LE(BigInt(value));
      else bytes.writeUIntLE(value, 0, length);
      return bytes;
    }),
  );
}

const flagsOf = ({ follows }: Entry): number => (follows ? 0x808 : 0x800);
const methodOf = ({ deflated }: Entry): number => (deflated ? 8 : 0);

function localOf({ entry, size, packed, crc, name }: Written): Buffer {
  const said = Buffer.from(entry.local?.name ?? name);
  const [p, s] = entry.follows ? [0, 0] : [packed, entry.local?.size ?? size];
  const head = numbers(
    [4, 0x04034b50],
    [2, 20],
    [2, flagsOf(entry)],
    [2, methodOf(entry)],
    [4, 0],
    [4, crc],
    [4, p],
    [4, s],
    [2, said.length],
    [2, 0],
  );
  return Buffer.concat([head, said]);
}

function centralOf({ entry, size, packed, from, crc, name }: Written): Buffer {
  const said = Buffer.from(name);
  const extra = entry.in64 ? numbers([2, 1], [2, 24], [8, size], [8, packed], [8, from]) : Buffer.alloc(0);
  const [s, p, f] = entry.in64 ? [IN_64, IN_64, IN_64] : [size, packed, from];
  const head = numbers(
    [4, 0x02014b50],
    [2, 45],
    [2, 20],
    [2, flagsOf(entry)],
    [2, methodOf(entry)],
    [4, 0],
    [4, crc],
    [4, p],
    [4, s],
    [2, said.length],
    [2, extra.length],
    [2, 0],
    [4, 0],
    [4, 0],
    [4, f],
  );
  return Buffer.concat([head, said, extra]);
}

function endOf(count: number, size: number, from: number, in64: boolean): Buffer {
  const plain = (n: number, s: number, f: number) =>
    numbers([4, 0x06054b50], [4, 0], [2, n], [2, n], [4, s], [4, f], [2, 0]);
  if (!in64) return plain(count, size, from);
  const end64 = numbers(
    [4, 0x06064b50],
    [8, 44],
    [4, 0],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, from],
  );
  const locator = numbers([4, 0x07064b50], [4, 0], [8, from + size], [4, 1]);
  return Buffer.concat([end64, locator, plain(0xffff, IN_64, IN_64)]);
}

/** An archive, honest or not. */
export function zipOf(entries: readonly Entry[], { in64 = false } = {}): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let at = 0;
  const written = entries.map((entry): Written => {
    const bytes = entry.bytes ?? new Uint8Array(0);
    const data = entry.deflated ? deflateRawSync(bytes) : bytes;
    const { size = bytes.length, packed = data.length, from = at, name } = entry;
    const one = { entry, name, size, packed, from, data, crc: crc32(bytes) };
    const local = localOf(one);
    pieces.push(local, data);
    at += local.length + data.length;
    return one;
  });
  const central = Buffer.concat(written.map(centralOf));
  return new Uint8Array(Buffer.concat([...pieces, central, endOf(entries.length, central.length, at, in64)]));
}

/** An office file, as far as its directory goes. */
export const officeFile = (part: string, more: readonly Entry[] = []): Uint8Array<ArrayBuffer> =>
  zipOf([{ name: '[Content_Types].xml', bytes: Buffer.from(part), deflated: true }, ...more]);
