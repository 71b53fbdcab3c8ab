import { describe, expect, it } from 'vitest';
import type { Announced, Fetch } from '../../src/channels/channel.ts';
import type { Files } from '../../src/usecases/ports.ts';
import { fileKeeper } from '../../src/wiring/files.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { TestClock } from '../usecases/house.ts';

const PDF = new TextEncoder().encode('%PDF-1.7');
const never: Fetch = () => new Promise(() => {});

/** A house's keeper, over files in memory that can be out of reach. */
function openKeeper(files: Files = memoryFiles()) {
  const faults: unknown[] = [];
  const keep = fileKeeper({
    files,
    clock: new TestClock(),
    guard: (work) => work(),
    fault: (_message, cause) => faults.push(cause),
  });
  return { files, faults, keep };
}

const announced = (key: string, given: Partial<Announced> = {}): Announced => ({
  conversation: 'telegram:1:7',
  key,
  name: '../plan.pdf',
  type: 'text/html',
  withinMs: 60_000,
  ...given,
});

describe('the keeper of files', () => {
  it('tells a stored file by its own name, type and size, whatever was claimed', async () => {
    const { files, keep } = openKeeper();
    const told = await keep(announced('k', { size: 3 }), async () => PDF);
    expect(told).toMatchObject({ kind: 'file', name: 'plan.pdf', type: 'application/pdf', size: 8 });
    expect(await files.open(told.ref ?? '')).toEqual(PDF);
  });

  it('tells why a file is not kept', async () => {
    const { keep, faults } = openKeeper();
    const told = await keep(announced('k', { name: 'a/setup.exe', size: 8 }), async () => PDF);
    expect(told).toEqual({
      kind: 'file',
      name: 'setup.exe',
      type: 'text/html',
      size: 8,
      problem: 'executable',
    });
    expect(faults).toEqual([]);
  });

  it('tells what cannot be fetched, in time or at all, and says so in the log', async () => {
    const { keep, faults } = openKeeper();
    const broken = new Error('the connection broke');
    const failing = await keep(announced('a'), () => Promise.reject(broken));
    const late = await keep(announced('b', { withinMs: 1 }), never);
    expect([failing.problem, late.problem]).toEqual(['unavailable', 'unavailable']);
    expect(faults).toEqual([broken, new Error('expected a file within 1 ms, received none')]);
  });

  it('has four files of a channel in memory at once, and who waits too long is told', async () => {
    const { keep } = openKeeper();
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const slow = (key: string) =>
      keep(announced(key), () => {
        begun.push(key);
        return new Promise((resolve) => ends.push(() => resolve(Buffer.concat([PDF, Buffer.from(key)]))));
      });
    const first = ['a', 'b', 'c', 'd'].map(slow);
    const impatient = await keep(announced('e', { withinMs: 1 }), never);
    expect(impatient.problem).toBe('unavailable');
    const fifth = slow('f');
    const elsewhere = await keep(announced('g', { conversation: 'web:main:x' }), async () => PDF);
    expect(elsewhere.ref).toBeDefined();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    ends[0]?.();
    await first[0];
    await new Promise(setImmediate);
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'f']);
    for (const end of ends) end();
    expect((await Promise.all([...first, fifth])).every(({ ref }) => ref !== undefined)).toBe(true);
  });

  it('rejects while the store is away, so that the message comes again', async () => {
    const away = () => Promise.reject(new Error('the store is away'));
    const { keep } = openKeeper({ ...memoryFiles(), renew: away });
    await expect(keep(announced('k'), async () => PDF)).rejects.toThrow('the store is away');
  });
});
