import { RateLimiterMemory } from 'rate-limiter-flexible';
import { describe, expect, it } from 'vitest';
import { proofs } from '../../src/channels/web/token.ts';
import { conversationOfVisitor, visitorDoor } from '../../src/channels/web/visitors.ts';
import { figuresSchema, listSchema } from '../../src/desk/notice-json.ts';
import { noticeRoutes } from '../../src/desk/notices.ts';
import { type Delivery, newDelivery } from '../../src/domain/delivery.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { accountOf } from '../../src/domain/person.ts';
import { later } from '../domain/examples.ts';
import { aNotice } from '../support/notices.ts';
import { House } from '../usecases/house.ts';

const sealed = proofs('a secret that only this test knows, long enough');

/** The desk of a house, and whoever comes to it. */
async function openDesk(points = 100) {
  const house = await House.with();
  const door = visitorDoor(sealed, 'en');
  const reads = new RateLimiterMemory({ points, duration: 60 });
  const routes = noticeRoutes({
    door: {
      known: door.known,
      tooOften: (c, key) => door.tooMany(c, reads, key, 'too_often'),
      notFound: (c) => door.refuse(c, 404, 'not_found'),
    },
    personOf: async (conversation) => (await house.stores.people.byAccount([accountOf(conversation)]))[0]?.id,
    verbs: house.verbs,
  });
  const get = (path: string, token: string, lang = 'en') =>
    routes.request(path, { headers: { authorization: `Bearer ${token}`, 'accept-language': lang } });
  return { house, get, visitor: (...roles: Role[]) => visitor(house, roles) };
}

type Role = { role: 'owner' | 'organizer'; office: string | null };
const ORGANIZER: Role = { role: 'organizer', office: 'office' };

async function visitor({ stores, clock }: House, roles: readonly Role[]): Promise<string> {
  const { account, token } = sealed.newVisitor();
  const { id } = await stores.people.ensure(accountOf(conversationOfVisitor(account)), 'zh', clock.now());
  for (const given of roles)
    await stores.grants.add({
      id: `${id} ${given.role} ${given.office}`,
      person: id,
      ...given,
      event: null,
      part: null,
      note: null,
      by: null,
      at: clock.now(),
      ended: null,
    });
  return token;
}

async function addNotice(
  { stores, clock }: House,
  given: Partial<Notice>,
  rows: readonly Partial<Delivery>[] = [],
) {
  const now = clock.now();
  const notice = aNotice({ id: `n${given.number}`, ...given });
  await stores.notices.add(notice);
  const letter = { text: 'Please note.' };
  await stores.deliveries.add(
    rows.map((row, i) =>
      newDelivery({
        id: `${notice.id}/p${i}`,
        person: `p${i}`,
        kind: 'notice',
        notice: notice.id,
        letter,
        notBefore: now,
        expiresAt: later(now, 60),
        ...row,
      }),
    ),
  );
}

describe('the figures of a notice', () => {
  it('are told to an organizer of its office, and kept by nobody on the way', async () => {
    const { house, get, visitor: comes } = await openDesk();
    await addNotice(house, { number: 3, state: 'running', beganAt: later(house.clock.now(), -1) }, [
      { state: 'sent', receiptAt: house.clock.now() },
      { state: 'sent' },
      { state: 'failed', cause: 'blocked' },
      { state: 'failed', cause: 'not_found' },
      { state: 'unknown', cause: 'timeout' },
      { state: 'skipped', cause: 'unsubscribed' },
      { state: 'pending' },
      { state: 'retry_wait', cause: 'too_many_requests' },
    ]);
    const response = await get('/api/notices/3', await comes(ORGANIZER));
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(figuresSchema.parse(await response.json())).toEqual({
      number: 3,
      office: 'office',
      state: 'running',
      createdAt: '2026-05-10T02:00:00.000Z',
      startsAt: null,
      beganAt: '2026-05-10T01:59:00.000Z',
      endedAt: null,
      total: 8,
      sent: 2,
      failed: { blocked: 1, not_found: 1 },
      unknown: 1,
      skipped: 1,
      remaining: 2,
      percent: 75,
      etaSeconds: 20,
      receipts: 1,
    });
  });

  it('of a draft are zero, and nothing is expected', async () => {
    const { house, get, visitor: comes } = await openDesk();
    await addNotice(house, { number: 1 });
    const response = await get('/api/notices/1', await comes({ role: 'owner', office: null }));
    const figures = figuresSchema.parse(await response.json());
    expect(figures).toMatchObject({
      state: 'draft',
      total: 0,
      percent: 0,
      remaining: 0,
      etaSeconds: null,
      failed: {},
    });
  });

  it('are nothing to anybody else, nor is there a sign of the notice', async () => {
    const { house, get, visitor: comes } = await openDesk();
    await addNotice(house, { number: 3 });
    const [guest, elsewhere] = [await comes(), await comes({ role: 'organizer', office: 'abroad' })];
    const organizer = await comes(ORGANIZER);
    const stranger = sealed.newVisitor().token;
    const asked = [
      await get('/api/notices/3', guest),
      await get('/api/notices/3', elsewhere),
      await get('/api/notices/3', stranger),
      await get('/api/notices/4', organizer),
      await get('/api/notices/0', organizer),
      await get('/api/notices/-3', organizer),
      await get('/api/notices/3e0', organizer),
      await get('/api/notices/99999999999999999999', organizer),
      await get('/api/notices/%7B%22$gt%22:0%7D', organizer),
      await get('/api/notices', guest),
      await get('/api/notices', stranger),
    ];
    const answers = await Promise.all(asked.map(async (one) => [one.status, await one.json()]));
    const nothing = [404, { error: { code: 'not_found', text: 'There is nothing at this address.' } }];
    expect(answers).toEqual(asked.map(() => nothing));
    expect(asked.map((one) => one.headers.get('cache-control'))).toEqual(asked.map(() => 'no-store'));
  });

  it('need a token', async () => {
    const { get } = await openDesk();
    for (const token of ['', 'nonsense', `${sealed.newVisitor().token}x`]) {
      const refused = await get('/api/notices/3', token, 'zh');
      expect(refused.status).toBe(401);
      expect(await refused.json()).toMatchObject({ error: { text: '会话已失效，请刷新页面重新开始。' } });
    }
  });
});

describe('the recent notices', () => {
  it('are those of the offices that somebody organizes, the newest first', async () => {
    const { house, get, visitor: comes } = await openDesk();
    await addNotice(house, { number: 1, state: 'done', endedAt: house.clock.now() });
    await addNotice(house, { number: 2, office: 'abroad' });
    await addNotice(house, { number: 3 });
    const numbersFor = async (...roles: Role[]) => {
      const response = await get('/api/notices', await comes(...roles));
      return listSchema.parse(await response.json()).notices.map(({ number }) => number);
    };
    expect(await numbersFor(ORGANIZER)).toEqual([3, 1]);
    expect(await numbersFor(ORGANIZER, { role: 'organizer', office: 'abroad' })).toEqual([3, 2, 1]);
    expect(await numbersFor({ role: 'owner', office: null })).toEqual([3, 2, 1]);
    expect(await numbersFor({ role: 'organizer', office: 'new' })).toEqual([]);
  });
});

describe('whoever asks too often', () => {
  it('is told how long to wait, and holds up nobody else', async () => {
    const { house, get, visitor: comes } = await openDesk(2);
    await addNotice(house, { number: 1 });
    const [one, other] = [await comes(ORGANIZER), await comes(ORGANIZER)];
    const statuses = [];
    for (const path of ['/api/notices', '/api/notices/1', '/api/notices/1'])
      statuses.push((await get(path, one)).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await get('/api/notices', one, 'zh');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'too_often' } });
    expect((await get('/api/notices', other)).status).toBe(200);
  });
});
