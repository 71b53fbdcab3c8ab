import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ChannelHouse,
  openChannelHouse,
  PLAIN,
  Platforms,
  SEALED,
  WEBHOOK_SECRET,
} from '../../support/channel-house.ts';
import { Follower } from '../../support/official-account-api-follower.ts';
import { rowsOf } from '../../support/rows.ts';

const HOUR = 3_600_000;

/** Posts that no platform made are counted in the house itself: test/channels shows each kind of them. */
describe('what nobody vouches for', () => {
  let platforms: Platforms;
  let house: ChannelHouse;
  beforeAll(async () => {
    platforms = await Platforms.open();
    const env = { ...(await platforms.webhook()), ...platforms.accounts(), LOG_LEVEL: 'silent' };
    house = await openChannelHouse({ name: 'embedded', env: () => ({}) }, platforms, env);
  });
  afterAll(async () => {
    await house?.close();
    await platforms.close();
  });

  const stored = async () => (await rowsOf(house, 'inbox')).length;

  it('is not let in from Telegram', async () => {
    const { telegram } = platforms;
    const person = telegram.person('en');
    const update = telegram.updates.make({ message: person.message(person.privateChat, { text: 'forged' }) });
    const url = `${house.url}/telegram`;
    const before = await stored();
    const statuses = await Promise.all(
      ['', 'wrong', `${WEBHOOK_SECRET}x`, WEBHOOK_SECRET.toUpperCase()].map((secret) =>
        telegram.updates.post(update, { url, secret }),
      ),
    );
    expect(statuses).toEqual([401, 401, 401, 401]);
    expect(await stored()).toBe(before);
    expect(await telegram.updates.post(update, { url, secret: WEBHOOK_SECRET })).toBe(200);
    expect(await stored()).toBe(before + 1);
  });

  it.each([SEALED, PLAIN])('is not let in at $path', async ({ path, ...account }) => {
    const url = `${house.url}${path}`;
    const follower = (now = house.clock.now) =>
      new Follower({ api: platforms.official, url, now, ...account });
    const guest = follower();
    const message = guest.message('text', { Content: 'Hello', MsgId: 77 });
    const good = guest.call(message);
    const late = follower(() => new Date(house.clock.now().getTime() - HOUR));
    const before = await stored();
    const bad = [
      { query: {}, body: good.body },
      { ...good, query: { ...good.query, signature: 'f'.repeat(40), msg_signature: 'f'.repeat(40) } },
      { ...good, query: { ...good.query, nonce: 'another' } },
      late.call(late.message('text', { Content: 'Late', MsgId: 78 })),
    ];
    for (const call of bad) expect((await guest.post(call)).status).toBe(403);
    expect(await stored()).toBe(before);
    expect((await guest.post(good)).status).toBe(200);
    expect((await guest.post(good)).status).toBe(403);
    expect(await stored()).toBe(before + 1);
  });
});
