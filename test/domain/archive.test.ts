import { describe, expect, it } from 'vitest';
import { archiveProblem } from '../../src/domain/archive.ts';
import { type Entry, zipOf } from '../support/zip.ts';

const MEGABYTE = 1024 * 1024;
const TEXT = Buffer.from('a plan, in words that are not all alike');
/** What hardly packs. */
const NOISE = Buffer.from(Array.from({ length: 3 * MEGABYTE }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff));
const plain = (name: string, more: Partial<Entry> = {}): Entry => ({ name, bytes: TEXT, ...more });
const many = (count: number, nameOf: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => plain(nameOf(i)));

describe('an archive that somebody sends', () => {
  it.each([
    ['is empty', zipOf([])],
    [
      'holds files and folders',
      zipOf([{ name: 'a/' }, plain('a/计划.pdf'), plain('a/b..c/d.txt', { deflated: true })]),
    ],
    ['tells sizes after the bytes', zipOf([plain('a.txt', { deflated: true, follows: true })])],
    ['is written in 64 bits', zipOf([plain('a.txt', { in64: true }), plain('b.txt')], { in64: true })],
    ['holds a few archives', zipOf(many(11, (i) => `${i}.zip`))],
    [
      'is packed tightly but small',
      zipOf([plain('log.txt', { bytes: Buffer.alloc(40 * MEGABYTE), deflated: true })]),
    ],
    ['has 10,000 entries', zipOf(many(10_000, (i) => `${i}.txt`))],
  ])('is kept when it %s', (_what, bytes) => {
    expect(archiveProblem(bytes)).toBeUndefined();
  });

  const honest = zipOf([plain('a.txt', { deflated: true }), plain('b.txt')]);
  it.each([
    [
      'unpacks to 60 MB from a few KB',
      zipOf([plain('a', { bytes: Buffer.alloc(60 * MEGABYTE), deflated: true })]),
    ],
    [
      'claims to unpack to more than 500 MB',
      zipOf([plain('a', { size: 501 * MEGABYTE, deflated: true, follows: true, bytes: NOISE })]),
    ],
    ['has more than 10,000 entries', zipOf(many(10_001, (i) => `${i}.txt`))],
    ['declares the same bytes twice', zipOf([plain('a.txt'), plain('a.txt', { from: 0 })])],
    ['holds archives by the dozen', zipOf(many(12, (i) => `${i}.ZIP`))],
    ['unpacks beside its folder', zipOf([plain('../../etc/passwd')])],
    ['unpacks beside its folder on Windows', zipOf([plain('a\\..\\..\\b.txt')])],
    ['unpacks to a place of its own', zipOf([plain('/etc/passwd')])],
    ['unpacks to a drive of its own', zipOf([plain('C:\\a.txt')])],
    ['is cut off', honest.subarray(0, honest.length - 30)],
    ['is cut off at its first entry', honest.subarray(0, 20)],
    ['lies about a size in one of two places', zipOf([plain('a.txt', { local: { size: 9 } })])],
    ['lies about a name in one of two places', zipOf([plain('a.txt', { local: { name: 'b.txt' } })])],
    ['lies about a size that was stored', zipOf([plain('a.txt', { size: 900 })])],
    ['claims what no packing can do', zipOf([plain('a.txt', { deflated: true, size: 100_000 })])],
    ['points beyond its end', zipOf([plain('a.txt', { from: 1_000_000 })])],
    [
      'points beyond its end in 64 bits',
      zipOf([plain('a.txt', { in64: true, from: 2 ** 52 })], { in64: true }),
    ],
    ['claims entries that are not there', Buffer.concat([honest.subarray(0, -22), claims(honest, 3)])],
  ])('is refused when it %s', (_what, bytes) => {
    expect(archiveProblem(bytes)).toBe('bomb');
  });

  it('is refused as a program when it is an office file with macros, whatever it is called', () => {
    const names = ['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'];
    expect(archiveProblem(zipOf(names.map((name) => plain(name))))).toBe('executable');
  });

  it('is judged in no time by its directory alone', () => {
    for (let cut = 0; cut < honest.length; cut++)
      expect(archiveProblem(honest.subarray(0, cut))).not.toBe('executable');
    for (let i = 4; i < honest.length; i++) {
      const broken = new Uint8Array(honest);
      broken[i] = (broken[i] ?? 0) ^ 0xff;
      expect([undefined, 'bomb']).toContain(archiveProblem(broken));
    }
  });

  it('is nothing else: other files have no directory', () => {
    for (const bytes of [Buffer.from('%PDF-1.7'), Buffer.from('PK'), new Uint8Array(0)])
      expect(archiveProblem(bytes)).toBeUndefined();
  });
});

/** The end of a directory that counts otherwise. */
function claims(zip: Uint8Array, count: number): Uint8Array {
  const end = Buffer.from(zip.subarray(-22));
  end.writeUInt16LE(count, 10);
  return end;
}
