import { describe, expect, it } from 'vitest';
import { OPEN_STATES } from '../../src/domain/delivery.ts';
import { Crash, counting, crashAfter } from '../support/memory-faults.ts';
import type { MemoryStores } from '../support/memory-ports.ts';
import { Broadcast } from './broadcast.ts';
import { idOf } from './linking.ts';

/** Five readers, one of whom wants no notices and one whose account fails. */
async function office(): Promise<Broadcast> {
  const made = await Broadcast.open(['ana', 'bo', 'cy', 'di', 'ed']);
  made.answer = ({ id }) =>
    id === 'cy' ? { result: 'failed', cause: 'blocked' } : { result: 'sent', messageId: '1' };
  await made.announce();
  await made.verbs.setNotices({ person: idOf('bo'), wanted: false });
  return made;
}

/** What the jobs do, in one process. */
async function work(made: Broadcast, stores: MemoryStores): Promise<void> {
  const verbs = made.house.verbsOn(stores);
  const sender = made.sender(stores, verbs, 2);
  for (let round = 0; round < 3; round++) {
    await verbs.runNotices();
    await sender.sendDue();
  }
}

/** Works in a process that dies after its call number `last`. */
async function dies(made: Broadcast, last: number): Promise<void> {
  await expect(work(made, crashAfter(made.stores, last).ports)).rejects.toThrow(Crash);
}

async function steps(): Promise<number> {
  const smooth = await office();
  const { ports, calls } = counting(smooth.stores);
  await work(smooth, ports);
  expect(smooth.ends()).toEqual([
    'ana: sent',
    'bo: skipped (unsubscribed)',
    'cy: failed (blocked)',
    'di: sent',
    'ed: sent',
  ]);
  return calls();
}

describe('a process that dies over a notice', () => {
  it('at any call leaves every reader with one end and one message at most, and the author with one report', async () => {
    const all = await steps();
    expect(all).toBeGreaterThan(40);
    const ends = new Set<string>();
    for (let last = 0; last < all; last++) {
      const made = await office();
      await dies(made, last);
      made.house.clock.pass(2);
      await made.stores.deliveries.recover(made.house.clock.now());
      await made.run();
      const what = `after call ${last}`;
      expect(made.rows(), what).toHaveLength(5);
      for (const row of made.rows()) {
        expect(OPEN_STATES, what).not.toContain(row.state);
        ends.add(row.state);
        const heard = made.heard().filter((to) => to.endsWith(row.person.replace(idOf(''), '')));
        const most = row.state === 'skipped' ? 0 : 1;
        expect(heard.length, `${what}: ${row.person} ${row.state}`).toBeLessThanOrEqual(most);
        if (row.state === 'sent') expect(heard, what).toHaveLength(1);
      }
      expect(await made.notice(), what).toMatchObject({ state: 'done', total: 5 });
      expect(
        made.toldAuthor().filter((text) => text.includes('已发送完毕')),
        what,
      ).toHaveLength(1);
    }
    expect([...ends].sort()).toEqual(['failed', 'sent', 'skipped', 'unknown']);
  });
});
