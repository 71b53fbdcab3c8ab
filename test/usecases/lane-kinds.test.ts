import { describe, expect, it } from 'vitest';
import { newDelivery } from '../../src/domain/delivery.ts';
import type { LaneKinds } from '../../src/domain/lane.ts';
import { conversationOf } from '../../src/domain/person.ts';
import { countAudience } from '../../src/usecases/count-audience.ts';
import { resolveAudience } from '../../src/usecases/resolve-audience.ts';
import { later } from '../domain/examples.ts';
import { senderOn } from '../support/sender.ts';
import { FAIR, House } from './house.ts';

const [GUESTS, INVESTORS] = ['official-account:wxguests', 'official-account:wxinvestors'];
const laneKinds: LaneKinds = new Map([
  [GUESTS, ['guest', 'team']],
  [INVESTORS, ['enterprise', 'investor']],
]);
const ASKED = {
  office: 'office',
  audience: { source: { kind: 'event', event: FAIR }, where: { all: [] } },
} as const;

/** Somebody of a kind who follows both official accounts, the one for investors last. */
async function arrive(house: House, name: string, kind: string): Promise<string> {
  const accounts = ['wxguests', 'wxinvestors'].map((bot) => ({ channel: 'official-account', bot, id: name }));
  const [first, second] = accounts;
  if (!first || !second) throw new Error('expected two accounts, received fewer');
  const { id } = await house.stores.people.ensure(first, 'zh', house.clock.now());
  const other = await house.stores.people.ensure(second, 'zh', house.clock.now());
  await house.stores.people.join(other.id, id);
  await house.stores.people.adopt(id, [conversationOf(second)], []);
  await house.register(id, { kind });
  return id;
}

describe('of two official accounts, the one for a kind of guest', () => {
  it('is taken for a notice, and so counted', async () => {
    const house = await House.with();
    const guest = await arrive(house, 'one', 'guest');
    const enterprise = await arrive(house, 'two', 'enterprise');
    const ports = { ...house.stores, laneKinds };
    const { recipients } = await resolveAudience(ports)(ASKED, '', 10);
    const botOf = (id: string) => recipients.find(({ person }) => person.id === id)?.account?.bot;
    expect([botOf(guest), botOf(enterprise)]).toEqual(['wxguests', 'wxinvestors']);
    expect((await countAudience(ports)(ASKED)).lanes).toEqual({ [GUESTS]: 1, [INVESTORS]: 1 });
    expect((await countAudience(house.stores)(ASKED)).lanes).toEqual({ [INVESTORS]: 2 });
  });

  it('is taken for a letter whose account is chosen when it is due, unless it cannot be reached', async () => {
    const house = await House.with();
    const guest = await arrive(house, 'one', 'guest');
    const registration = (await house.registrationOf(guest)).id;
    const sent: string[] = [];
    const sender = senderOn(house.stores, {
      clock: house.clock,
      laneKinds,
      lane: { name: GUESTS },
      send: async ({ bot }) => {
        sent.push(bot);
        return { result: 'sent', messageId: '1' };
      },
    });
    const now = house.clock.now();
    const post = (id: string) =>
      house.stores.deliveries.add([
        newDelivery({
          id,
          person: guest,
          kind: 'own',
          registration,
          letter: { text: id },
          notBefore: now,
          expiresAt: later(now, 60),
        }),
      ]);
    await post('reminder');
    await sender.sendDue();
    expect(sent).toEqual(['wxguests']);
    await house.stores.people.setReachable(`${GUESTS}:one`, false);
    await post('another');
    await sender.sendDue();
    expect(sent).toEqual(['wxguests']);
    expect((await house.stores.deliveries.byId(['another']))[0]).toMatchObject({ lane: INVESTORS });
  });
});
