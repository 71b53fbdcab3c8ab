import { type Logger, pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countRefusals, healthRoutes, makeRegistry, type Watch, watchOver } from '../../src/ops/health.ts';

/** A service that is there or away as a test says. */
class Service {
  readonly name = 'store';
  readonly title = 'the store';
  away: 'no' | 'refused' | 'silent' = 'no';
  readonly explains = (error: unknown): boolean => error instanceof RangeError;
  readonly run = async (): Promise<void> => {
    if (this.away === 'refused') throw new RangeError('refused');
    if (this.away === 'silent') await new Promise(() => {});
  };
}

describe('a service under watch', () => {
  let service: Service;
  let lines: string[];
  let watch: Watch;
  beforeEach(() => {
    vi.useFakeTimers();
    service = new Service();
    lines = [];
    const log: Logger = pino(
      { base: null },
      { write: (line) => lines.push((JSON.parse(line) as { msg: string }).msg) },
    );
    watch = watchOver(service, log);
  });
  afterEach(() => {
    watch.close();
    vi.useRealTimers();
  });

  const tell = () => lines.push('told by itself');

  it('is told of once when it goes and once when it is back, however many errors come of it', async () => {
    service.away = 'refused';
    for (let second = 0; second < 30; second++) {
      for (let i = 0; i < 100; i++) watch.suspect(new RangeError('refused'), tell);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    service.away = 'no';
    await vi.advanceTimersByTimeAsync(1_000);
    watch.suspect(new RangeError('one that had waited'), tell);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines).toEqual([
      'the store cannot be reached; it is tried again until it can',
      expect.stringMatching(/^the store is back after 3\d s$/u),
    ]);
  });

  it('is told of for each outage', async () => {
    for (let i = 0; i < 2; i++) {
      service.away = 'silent';
      watch.suspect(new RangeError('lost'), tell);
      await vi.advanceTimersByTimeAsync(5_000);
      service.away = 'no';
      await vi.advanceTimersByTimeAsync(5_000);
    }
    expect(lines).toHaveLength(4);
  });

  it('has errors of its own told by themselves while it answers', async () => {
    watch.suspect(new RangeError('a slip'), tell);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lines).toEqual(['told by itself']);
  });

  it('keeps nobody waiting: for long at first, at all once it is known to be away', async () => {
    service.away = 'silent';
    const asked = watch.guard(service.run).catch((error: Error) => error);
    await vi.advanceTimersByTimeAsync(9_000);
    const error = await asked;
    expect(error).toMatchObject({ message: 'expected the store to answer, received nothing within 8000 ms' });
    expect(watch.explains(error)).toBe(true);
    watch.suspect(error, tell);
    await vi.advanceTimersByTimeAsync(5_000);
    const work = vi.fn(async () => 1);
    await expect(watch.guard(work)).rejects.toThrow('the store');
    expect(work).not.toHaveBeenCalled();
    service.away = 'no';
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await watch.guard(work)).toBe(1);
  });

  it('is named by /readyz while it is away, which begins its outage', async () => {
    const site = healthRoutes([watch], [], makeRegistry());
    const ask = async () => {
      const response = await site.request('/readyz');
      return { status: response.status, body: await response.json() };
    };
    expect(await ask()).toEqual({ status: 200, body: { status: 'ready' } });
    service.away = 'refused';
    expect(await ask()).toEqual({ status: 503, body: { status: 'not ready', failing: ['store'] } });
    await vi.advanceTimersByTimeAsync(5_000);
    service.away = 'no';
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await ask()).toEqual({ status: 200, body: { status: 'ready' } });
    expect(lines).toHaveLength(2);
  });

  it('is left alone once it is closed', async () => {
    service.away = 'refused';
    watch.suspect(new RangeError('refused'), tell);
    await vi.advanceTimersByTimeAsync(3_000);
    watch.close();
    service.away = 'no';
    await vi.advanceTimersByTimeAsync(3_000);
    watch.suspect(new RangeError('closing'), tell);
    expect(lines).toEqual(['the store cannot be reached; it is tried again until it can']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('/metrics', () => {
  it('tells how often each bot account was refused as too fast', async () => {
    const registry = makeRegistry();
    let count = 2;
    countRefusals(registry, () => [['telegram:42', count]]);
    const site = healthRoutes([], [], registry);
    const read = async () => (await site.request('/metrics')).text();
    expect(await read()).toContain('luyan_too_many_requests_total{account="telegram:42"} 2');
    count = 5;
    expect(await read()).toContain('luyan_too_many_requests_total{account="telegram:42"} 5');
  });
});
