import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { healthRoutes, makeRegistry } from '../../src/ops/health.ts';
import { scannerAt } from '../../src/wiring/scanner.ts';
import { ClamdStub } from '../support/clamd.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function watched() {
  const stub = await new ClamdStub().listen();
  const lines: string[] = [];
  const write = (line: string) => lines.push((JSON.parse(line) as { msg: string }).msg);
  const scanner = scannerAt(stub.address, pino({ base: null }, { write }));
  if (!scanner) throw new Error('expected a scanner, received none');
  closers.push(
    () => scanner.watch.close(),
    () => stub.close().catch(() => {}),
  );
  const health = healthRoutes([], [], makeRegistry(), [scanner.watch]);
  const ready = async () => (await health.request('/readyz')).json() as Promise<Record<string, unknown>>;
  return { stub, lines, ...scanner, ready };
}

const EICAR = Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*');

describe('the virus scanner under watch', () => {
  it('is asked only where there is one', () => {
    expect(scannerAt(undefined, pino({ level: 'silent' }))).toBeUndefined();
  });

  it('says what is clean and what is not', async () => {
    const { scan, ready } = await watched();
    expect(await scan(Buffer.from('a plan'))).toBe('clean');
    expect(await scan(EICAR)).toBe('infected');
    expect(await ready()).toEqual({ status: 'ready', helpers: { clamd: 'ready' } });
  });

  it('takes nothing while it is away, which is told once, and makes the house no less ready', async () => {
    const { stub, scan, lines, ready } = await watched();
    await stub.close();
    for (let i = 0; i < 5; i++) expect(await scan(EICAR)).toBe('unavailable');
    expect(await ready()).toMatchObject({
      status: 'ready',
      helpers: { clamd: expect.stringContaining('expected') },
    });
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    await stub.listen();
    await vi.waitFor(async () => expect(await scan(EICAR)).toBe('infected'), {
      timeout: 5_000,
      interval: 20,
    });
    expect(lines).toEqual([
      'the virus scanner cannot be reached; it is tried again until it can',
      expect.stringContaining('the virus scanner is back'),
    ]);
  });
});
