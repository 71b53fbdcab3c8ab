import { describe, expect, it } from 'vitest';
import { fileOpener } from '../../src/documents/open-file.ts';
import { House } from '../usecases/house.ts';

const SECRET = 'a secret that only this test knows, long enough';
const BYTES = new TextEncoder().encode('%PDF-1.7');

describe('a file that a reply carries', () => {
  it('is a stored one by its id, or one of a ticket', async () => {
    const house = await House.with({});
    await house.register('ana');
    const file = {
      id: 'f1',
      conversation: 'web:main:a',
      name: 'plan.pdf',
      type: 'application/pdf',
      size: BYTES.length,
      sha256: 'x',
      createdAt: house.clock.now(),
    };
    await house.stores.files.add(file, BYTES, house.clock.now());
    const open = fileOpener(house.stores, SECRET, house.clock);
    const { id } = await house.registrationOf('ana');
    expect(await open({ kind: 'stored', id: 'f1' })).toEqual(BYTES);
    expect(await open({ kind: 'stored', id })).toBeUndefined();
    expect(Buffer.from((await open({ kind: 'ticket-qr', id })) ?? []).toString('latin1')).toContain('PNG');
    expect(await open({ kind: 'ticket-ics', id: 'f1' })).toBeUndefined();
  });
});
