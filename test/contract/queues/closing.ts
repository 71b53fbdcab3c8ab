import { expect, it } from 'vitest';
import { type Bench, nothingWrong, numberIn, working } from './bench.ts';
import { gate, gathered } from './gathered.ts';

export function closesGracefully(bench: Bench): void {
  /** Resolves when the service gave out a job a moment after it was added: time enough to close at once. */
  async function inAMoment(): Promise<void> {
    const name = bench.name();
    const passed = gathered<number>(1);
    bench.house().worker(name, async (_, data) => passed.add(numberIn(data)), working());
    await bench.house().queue(name, nothingWrong).add('moment', { n: 1 }, { delay: 100 });
    await passed.done;
  }

  it('finishes the running job before it is closed, and leaves the others to the next worker', async () => {
    const name = bench.name();
    const jobs = bench.house().queue(name, nothingWrong);
    for (const n of [1, 2, 3]) await jobs.add('work', { n }, {});
    const begun = gathered<number>(1);
    const door = gate();
    const order: string[] = [];
    const leaving = bench.house().worker(
      name,
      async (_, data) => {
        begun.add(numberIn(data));
        await door.passed;
        order.push(`worked ${numberIn(data)}`);
      },
      working(),
    );
    await begun.done;
    const closed = leaving.close().then(() => order.push('closed'));
    await inAMoment();
    door.open();
    await closed;
    expect(order).toEqual(['worked 1', 'closed']);
    expect(await bench.queue(name).getJobCounts('completed', 'active', 'waiting')).toEqual({
      completed: 1,
      active: 0,
      waiting: 2,
    });
    const rest = gathered<number>(2);
    bench.house().worker(name, async (_, data) => rest.add(numberIn(data)), working());
    expect(await rest.done).toEqual([2, 3]);
    expect(begun.all).toEqual([1]);
  });

  it('loses no job and works none twice when workers come and go', async () => {
    const name = bench.name();
    const total = 60;
    const worked = gathered<number>(total);
    const jobs = bench.house().queue(name, nothingWrong);
    await Promise.all(Array.from({ length: total }, (_, n) => jobs.add('work', { n }, {})));
    for (let leaver = 0; leaver < 3; leaver += 1) {
      const some = gathered<number>(5);
      const worker = bench.house().worker(
        name,
        async (_, data) => {
          some.add(numberIn(data));
          worked.add(numberIn(data));
        },
        working({ concurrency: 3 }),
      );
      await some.done;
      await worker.close();
    }
    bench.house().worker(name, async (_, data) => worked.add(numberIn(data)), working({ concurrency: 3 }));
    await worked.done;
    expect([...worked.all].sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => n));
  });

  it('keeps for its next attempt a job that fails while the worker closes', async () => {
    const name = bench.name();
    const jobs = bench.house().queue(name, nothingWrong);
    await jobs.add('work', { n: 1 }, { attempts: 2, backoff: { type: 'fixed', delay: 50 } });
    const begun = gathered<number>(1);
    const failed = gathered<string>(1);
    const door = gate();
    const leaving = bench.house().worker(
      name,
      async (_, data) => {
        begun.add(numberIn(data));
        await door.passed;
        throw new Error('no luck');
      },
      working({ onFailed: failed.add }),
    );
    await begun.done;
    const closed = leaving.close();
    await inAMoment();
    door.open();
    await closed;
    expect(await failed.done).toEqual(['work']);
    const again = gathered<number>(1);
    bench.house().worker(name, async (_, data) => again.add(numberIn(data)), working());
    expect(await again.done).toEqual([1]);
  });
}
