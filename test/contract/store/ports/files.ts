import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Files, StoredFile } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT } from '../case.ts';

const CHAT = 'web:main:a';

/** Bytes of every value, the same for the same seed. */
const bytesOf = (size: number, seed = 0): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8) + seed) & 0xff);

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Given = Partial<Pick<StoredFile, 'conversation' | 'name' | 'createdAt'>>;

const fileOf = (id: string, bytes: Uint8Array, given: Given = {}): Omit<StoredFile, 'owners'> => ({
  id,
  conversation: CHAT,
  name: 'deck.pdf',
  type: 'application/pdf',
  size: bytes.length,
  sha256: digest(bytes),
  createdAt: at(0),
  ...given,
});

const SMALL = bytesOf(1_000);
const LARGE = bytesOf(600 * 1024);

export const files = cases<Files>({
  'holds nothing that was not added': async ({ port }) => {
    expect(await port.byId(['a'])).toEqual([]);
    expect(await port.byId([])).toEqual([]);
    expect(await port.open('a')).toBeUndefined();
    expect(await port.renew({ id: 'a' }, at(9))).toBeUndefined();
    expect(await port.adopt('a', 'notice:1')).toBe(false);
  },
  'gives back exactly the bytes, of one piece or of several, and what is told of them': async ({
    port,
    twin,
  }) => {
    const large = fileOf('large', LARGE, { name: HARD_TEXT });
    await port.add(fileOf('small', SMALL), SMALL, at(60));
    await port.add(large, LARGE, at(60));
    expect(digest((await twin.open('large')) ?? new Uint8Array())).toBe(large.sha256);
    expect(await twin.open('small')).toEqual(SMALL);
    expect(await twin.byId(['large'])).toEqual([{ ...large, owners: [] }]);
  },
  'leaves a known file as it is': async ({ port, twin }) => {
    await port.add(fileOf('a', SMALL), SMALL, at(60));
    await twin.add(fileOf('a', LARGE, { name: 'other.pdf' }), LARGE, at(60));
    expect(await port.byId(['a'])).toEqual([{ ...fileOf('a', SMALL), owners: [] }]);
    expect(await twin.open('a')).toEqual(SMALL);
  },
  'stores a file once when ten send it at once': async (ground) => {
    await atOnce(ground, 10, (port) => port.add(fileOf('a', LARGE), LARGE, at(60)));
    expect(digest((await ground.twin.open('a')) ?? new Uint8Array())).toBe(digest(LARGE));
    if (ground.documents) expect(await ground.documents()).toHaveLength(1);
  },
  'finds the same bytes in one conversation, and in no other': async ({ port, twin }) => {
    const sha256 = digest(SMALL);
    await port.add(fileOf('a', SMALL), SMALL, at(60));
    expect((await twin.renew({ conversation: CHAT, sha256 }, at(60)))?.id).toBe('a');
    expect(await twin.renew({ conversation: 'web:main:b', sha256 }, at(60))).toBeUndefined();
  },
  'puts off when a file is thrown away, never brings it forward': async ({ port, twin, documents }) => {
    await port.add(fileOf('a', SMALL), SMALL, at(60));
    await twin.renew({ id: 'a' }, at(90));
    await port.renew({ id: 'a' }, at(30));
    if (documents) expect(await documents()).toMatchObject([{ purgeAt: at(90) }]);
  },
  'gives a file to owners, each once, and never throws it away then': async ({ port, twin, documents }) => {
    await port.add(fileOf('a', LARGE), LARGE, at(60));
    for (const owner of ['notice:1', 'notice:2', 'notice:1']) expect(await twin.adopt('a', owner)).toBe(true);
    expect(await port.byId(['a'])).toMatchObject([{ owners: ['notice:1', 'notice:2'] }]);
    expect((await port.renew({ id: 'a' }, at(90)))?.owners).toEqual(['notice:1', 'notice:2']);
    for (const row of (await documents?.()) ?? []) expect(row).not.toHaveProperty('purgeAt');
    expect(digest((await port.open('a')) ?? new Uint8Array())).toBe(digest(LARGE));
  },
  'counts what a conversation has sent since a time': async ({ port, twin }) => {
    for (const [i, seconds] of [0, 10, 20].entries()) {
      const bytes = bytesOf(100 + i, i);
      await port.add(fileOf(`f${i}`, bytes, { createdAt: at(seconds) }), bytes, at(60));
    }
    const other = fileOf('o', SMALL, { conversation: 'web:main:b', createdAt: at(20) });
    await port.add(other, SMALL, at(60));
    expect(await twin.sentSince(CHAT, at(0), 40)).toEqual({ files: 2, bytes: 203 });
    expect(await twin.sentSince(CHAT, at(-1), 2)).toMatchObject({ files: 2 });
    expect(await twin.sentSince(CHAT, at(20), 40)).toEqual({ files: 0, bytes: 0 });
  },
});
