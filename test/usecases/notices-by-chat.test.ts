import { beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../../src/domain/notice.ts';
import type { Lanes } from '../../src/usecases/ports.ts';
import { at } from '../domain/examples.ts';
import { FAIR, fair, House } from './house.ts';

const OFFICE = 'office';

describe('notices in a chat', () => {
  let house: House;
  let boss: string;

  /** Somebody with an account, registered where asked. */
  async function person(id: string, channel = 'web'): Promise<string> {
    const made = await house.stores.people.ensure({ channel, bot: 'main', id }, 'en', house.clock.now());
    return made.id;
  }

  const grantTo = (who: string, office: string | null, role: 'owner' | 'organizer' = 'organizer') =>
    house.stores.grants.add({
      id: `grant of ${who}`,
      person: who,
      role,
      office,
      event: null,
      part: null,
      note: null,
      by: null,
      at: house.clock.now(),
      ended: null,
    });

  const input = (given: Record<string, unknown> = {}) => ({
    edits: null,
    event: FAIR,
    audience: { source: { kind: 'event', event: FAIR }, where: { all: [] } },
    text: { zh: '请走东门。', en: 'Please use the east gate.' },
    file: null,
    buttons: [],
    link: null,
    critical: false,
    without: [],
    startsAt: null,
    ...given,
  });

  const perform = (kind: string, given: object, who = boss, id = 'web:main:boss.1') =>
    house.verbs.performEffect({ id, kind, input: given }, who);

  async function written(given: Record<string, unknown> = {}): Promise<Notice> {
    const done = await perform('write-notice', input(given));
    const [notice] = await house.stores.notices.byId(['web:main:boss.1']);
    if (!done.ok || !notice) throw new Error(`expected a notice, received ${JSON.stringify(done)}`);
    return notice;
  }

  const sent = () => house.stores.deliveries.all().filter(({ notice }) => notice !== null);

  beforeEach(async () => {
    house = await House.with();
    boss = await person('boss');
    await grantTo(boss, OFFICE);
    for (const id of ['ana', 'bo']) await house.register(await person(id));
  });

  it('are kept as drafts, told where they were written, and nothing is sent', async () => {
    expect(await written()).toMatchObject({
      number: 1,
      state: 'draft',
      conversation: 'web:main:boss',
      counted: 2,
    });
    expect(sent()).toEqual([]);
  });

  it.each([
    [
      'empty-audience',
      { audience: { source: { kind: 'event', event: FAIR }, where: { attendance: 'online' } } },
    ],
    ['too-long', { text: { zh: '长'.repeat(2_001), en: 'Text' } }],
    ['unknown-variable', { text: { zh: '{称呼}', en: 'Text' } }],
    ['missing-language', { text: { zh: '正文' } }],
    ['past', { startsAt: '2026-05-10T01:00:00.000Z' }],
    ['file-gone', { file: { kind: 'stored', id: 'gone', name: 'a.pdf', type: 'application/pdf' } }],
    [
      'lacking',
      {
        text: { zh: '{姓名}', en: '{name}' },
        audience: { source: { kind: 'roles', roles: ['organizer'], office: OFFICE }, where: { all: [] } },
      },
    ],
  ])('are refused as %s, and nothing is kept or sent', async (reason, given) => {
    expect(await perform('write-notice', input(given))).toMatchObject({ ok: false, reason });
    expect(await house.stores.notices.lastNumber()).toBe(0);
    expect(sent()).toEqual([]);
  });

  it.each([
    ['a date that is none', { startsAt: 'soon' }],
    ['another link', { link: 'javascript:alert(1)' }],
    ['a query for an audience', { audience: { $ne: 1 } }],
    ['a field of its own', { author: 'bo' }],
  ])('with %s are a fault that changes nothing', async (_, given) => {
    await expect(perform('write-notice', input(given))).rejects.toThrow();
    expect(await house.stores.notices.lastNumber()).toBe(0);
  });

  it('go out once, however often they are confirmed', async () => {
    const { number } = await written();
    expect(await perform('send-notice', { number, counted: 3 })).toMatchObject({
      reason: 'count-changed',
      data: { before: 3, after: 2 },
    });
    expect(await perform('send-notice', { number, counted: 2 })).toMatchObject({ ok: true });
    expect(await perform('send-notice', { number, counted: 2 })).toMatchObject({
      reason: 'wrong-state',
      data: { notice: { state: 'scheduled' } },
    });
    await house.verbs.runNotices();
    await house.verbs.runNotices();
    expect(sent()).toHaveLength(2);
  });

  it('are nobody’s who does not organize their event', async () => {
    const { number } = await written();
    const bo = await person('bo');
    const orders = [
      ['write-notice', input(), 'web:main:bo.1'],
      ['notices', {}, 'web:main:bo.2'],
      ['show-notice', { number, view: 'stand' }, 'web:main:bo.3'],
      ['open-notice', { number }, 'web:main:bo.4'],
      ['send-notice', { number, counted: 2 }, 'web:main:bo.5'],
      ['test-notice', { number }, 'web:main:bo.6'],
      ['steer-notice', { number, act: 'cancel' }, 'web:main:bo.7'],
      ['leave-out', { number, channel: 'web' }, 'web:main:bo.8'],
      ['resend-notice', { number, what: 'failed' }, 'web:main:bo.9'],
      ['save-template', { number, code: 'a' }, 'web:main:bo.10'],
      ['remove-template', { office: OFFICE, code: 'a' }, 'web:main:bo.11'],
    ] as const;
    for (const [kind, given, id] of orders)
      expect(await perform(kind, given, bo, id)).toMatchObject({ ok: false, reason: 'not-allowed' });
    expect(sent()).toEqual([]);
    expect(await house.stores.templates.byOffice([OFFICE])).toEqual([]);
  });

  it('are listed to the organizers of their office, the newest first, and to owners', async () => {
    await written();
    await perform('write-notice', input(), boss, 'web:main:boss.2');
    const numbers = async (who: string) => {
      const listed = await house.verbs.listNotices({ person: who });
      return listed.ok ? listed.data.map(({ notice }) => notice.number) : listed.reason;
    };
    const [owner, stranger] = [await person('owner'), await person('stranger')];
    await grantTo(owner, null, 'owner');
    await grantTo(stranger, 'elsewhere');
    expect(await numbers(boss)).toEqual([2, 1]);
    expect(await numbers(owner)).toEqual([2, 1]);
    expect(await numbers(stranger)).toEqual([]);
    expect(await numbers(await person('bo'))).toBe('not-allowed');
  });

  it('can leave a channel out that allows too few, while they are drafts', async () => {
    for (const id of ['c', 'd', 'e']) await house.register(await person(id, 'wechat'));
    const lanes: Lanes = {
      paceOf: (lane) => ({ perSecond: 1, limit: lane.startsWith('wechat') ? 2 : undefined }),
    };
    const verbs = house.verbsOn(house.stores, lanes);
    const { number } = await written();
    expect(await verbs.confirmNotice({ person: boss, number, counted: 5 })).toMatchObject({
      reason: 'over-limit',
      data: { count: 3, limit: 2 },
    });
    const left = await verbs.leaveOut({ person: boss, number, channel: 'wechat' });
    expect(left).toMatchObject({ ok: true, data: { reach: 2, lanes: [{ lane: 'web:main', seconds: 2 }] } });
    expect(await verbs.confirmNotice({ person: boss, number, counted: 2 })).toMatchObject({ ok: true });
    expect(await verbs.leaveOut({ person: boss, number, channel: 'web' })).toMatchObject({
      reason: 'wrong-state',
    });
  });

  it('are opened for changes until they start, and written anew under their number', async () => {
    const startsAt = '2026-05-11T02:00:00.000Z';
    const { number } = await written({ startsAt });
    await perform('send-notice', { number, counted: 2 });
    expect(await perform('open-notice', { number })).toMatchObject({
      ok: true,
      data: { notice: { state: 'scheduled' }, fileSize: null },
    });
    const changed = input({ edits: number, critical: true });
    expect(await perform('write-notice', changed, boss, 'web:main:boss.2')).toMatchObject({
      ok: true,
      data: { notice: { number, state: 'draft', critical: true, startsAt: null } },
    });
    await perform('send-notice', { number, counted: 2 });
    await house.verbs.runNotices();
    expect(await perform('open-notice', { number })).toMatchObject({ reason: 'wrong-state' });
  });

  it('that missed their time can be given another one', async () => {
    const { number } = await written({ startsAt: '2026-05-10T10:00:00.000Z' });
    await perform('send-notice', { number, counted: 2 });
    house.clock.set(at('2026-05-11T10:00+08:00'));
    await house.verbs.runNotices();
    expect(await house.stores.notices.byNumber(number)).toMatchObject({ state: 'missed' });
    const again = await perform('write-notice', input({ edits: number }), boss, 'web:main:boss.2');
    expect(again).toMatchObject({ ok: true, data: { notice: { state: 'draft', endedAt: null } } });
  });

  it('are shown with how their rows ended, and their words for a group', async () => {
    const { number } = await written({ text: { zh: '请到{地点}。', en: 'Dear {name}, come to {place}.' } });
    const shown = await house.verbs.showNotice({ person: boss, number });
    expect(shown).toMatchObject({
      data: {
        preview: { reach: 2 },
        plain: {
          zh: { text: '请到会展中心一号厅。' },
          en: { text: 'Dear {name}, come to Convention centre, hall 1.' },
        },
      },
    });
    await perform('send-notice', { number, counted: 2 });
    await house.verbs.runNotices();
    expect(await house.verbs.showNotice({ person: boss, number })).toMatchObject({
      data: { preview: null, progress: { total: 2, remaining: 2 } },
    });
  });

  it('leave their text as a template that their office’s organizers see', async () => {
    const { number } = await written();
    expect(await perform('save-template', { number, code: 'Not A Code' })).toMatchObject({
      reason: 'bad-code',
    });
    expect(await perform('save-template', { number, code: 'gate' })).toMatchObject({ ok: true });
    const people = await house.stores.people.byId([boss, await person('bo')]);
    const seen = (await house.verbs.loadFacts(people)).map(({ templates }) =>
      templates.map(({ code }) => code),
    );
    expect(seen).toEqual([['gate'], []]);
    const gone = { office: OFFICE, code: 'gate' };
    expect(await perform('remove-template', gone)).toMatchObject({ ok: true });
    expect(await perform('remove-template', gone)).toMatchObject({ reason: 'unknown-template' });
  });

  it('of another office’s event cannot be written', async () => {
    await house.verbs.importEvent(fair({ office: 'elsewhere', code: 'other' }));
    const [event] = await house.stores.events.ofOffice('elsewhere', '', 1);
    const given = input({ event: event?.id });
    expect(await perform('write-notice', given)).toMatchObject({ reason: 'not-allowed' });
  });
});
