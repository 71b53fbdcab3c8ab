import { describe, expect, it } from 'vitest';
import type { Writing } from '../../src/usecases/write-notice.ts';
import { at } from '../domain/examples.ts';
import { Broadcast } from './broadcast.ts';
import { FAIR } from './house.ts';
import { conversationOf, idOf, joined } from './linking.ts';

const NIGHT = at('2026-05-10T23:30+08:00');
const MORNING = at('2026-05-11T08:00+08:00');

/** To whoever ever registered. */
const EVERYBODY: Partial<Writing> = {
  text: { zh: '全体。', en: 'All.' },
  audience: {
    source: { kind: 'event', event: FAIR },
    where: { any: [{ active: true }, { not: { active: true } }] },
  },
};

describe('a notice', () => {
  it('is written, confirmed and sent to each reader once, and its author is told', async () => {
    const office = await Broadcast.open();
    const preview = await office.write();
    expect(preview).toMatchObject({ reach: 3, begins: null, lanes: [{ lane: 'web:main', count: 3 }] });
    expect(preview.letters.zh?.text).toBe('ana，请走东门。');
    expect(await office.notice()).toMatchObject({ state: 'draft', number: 1 });
    await office.run();
    expect(office.sent).toEqual([]);

    expect(await office.confirm(3)).toMatchObject({ ok: true });
    await office.run();
    expect(office.ends()).toEqual(['ana: sent', 'bo: sent', 'cy: sent']);
    expect(office.sent.map(({ text }) => text)).toEqual([
      'ana，请走东门。',
      'bo，请走东门。',
      'cy，请走东门。',
      '通知 N1 已发送完毕。\n共 3 人：已发送 3，失败 0，结果未知 0，跳过 0，剩余 0。',
    ]);
    expect(await office.notice()).toMatchObject({ state: 'done', total: 3 });
    expect((await office.notice()).history.map(({ what }) => what)).toEqual([
      'draft',
      'scheduled',
      'starting',
      'running',
      'done',
    ]);
  });

  it('whose audience has changed since the preview is not confirmed', async () => {
    const office = await Broadcast.open();
    await office.write();
    await office.house.register(idOf('author'));
    expect(await office.confirm(3)).toMatchObject({
      ok: false,
      reason: 'count-changed',
      data: { before: 3, after: 4 },
    });
    await office.run();
    expect(office.sent).toEqual([]);
    expect(await office.confirm(4)).toMatchObject({ ok: true });
  });

  it('is confirmed once: again changes nothing and says so', async () => {
    const office = await Broadcast.open();
    await office.write();
    const both = await Promise.all([office.confirm(3), office.confirm(3)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    await office.run();
    expect(await office.confirm(3)).toMatchObject({ ok: false, reason: 'wrong-state' });
    await office.run();
    expect(office.heard()).toHaveLength(3);
  });

  it('is steered by nobody but who organizes', async () => {
    const office = await Broadcast.open();
    await office.announce();
    const by = { person: idOf('ana'), number: 1 };
    for (const refused of [
      await office.verbs.steerNotice({ ...by, act: 'cancel' }),
      await office.verbs.sendAgain({ ...by, what: 'failed' }),
      await office.verbs.escalateNotice(by),
      await office.verbs.confirmNotice({ ...by, counted: 3 }),
    ])
      expect(refused).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await office.notice()).toMatchObject({ state: 'scheduled' });
  });

  it('that is confirmed at night goes out at eight, unless nobody may miss it', async () => {
    const office = await Broadcast.open();
    office.house.clock.set(NIGHT);
    expect(await office.write()).toMatchObject({ begins: MORNING, isDelayed: true });
    await office.confirm(3);
    await office.write({ id: 'fire', critical: true, text: { zh: '请撤离。', en: 'Please leave.' } });
    await office.confirm(3, 2);
    await office.run();
    expect(office.sent.map(({ text }) => text).slice(0, 3)).toEqual(['请撤离。', '请撤离。', '请撤离。']);
    expect(await office.notice()).toMatchObject({ state: 'scheduled', startsAt: MORNING });
    office.house.clock.set(MORNING);
    await office.run();
    expect(await office.notice()).toMatchObject({ state: 'done' });
  });

  it('that is still on its way at ten in the evening rests until eight', async () => {
    const office = await Broadcast.open();
    await office.announce();
    await office.verbs.runNotices();
    office.house.clock.set(at('2026-05-10T22:00+08:00'));
    await office.run();
    expect(office.heard()).toEqual([]);
    expect(office.ends()).toEqual(['ana: pending', 'bo: pending', 'cy: pending']);
    office.house.clock.set(MORNING);
    await office.run();
    expect(office.heard()).toHaveLength(3);
  });

  it('that would start more than an hour late does not, and its author is told once', async () => {
    const office = await Broadcast.open();
    const startsAt = at('2026-05-10T12:00+08:00');
    await office.announce({ startsAt });
    office.house.clock.set(at('2026-05-10T13:01+08:00'));
    await office.run();
    await office.run();
    expect(office.rows()).toEqual([]);
    expect(await office.notice()).toMatchObject({ state: 'missed' });
    expect(office.toldAuthor()).toEqual([expect.stringMatching(/^通知 N1 没有发送：原定时间 .*12:00/u)]);
  });

  it('that starts an hour late goes out', async () => {
    const office = await Broadcast.open();
    await office.announce({ startsAt: at('2026-05-10T12:00+08:00') });
    office.house.clock.set(at('2026-05-10T13:00+08:00'));
    await office.run();
    expect(office.heard()).toHaveLength(3);
  });
});

describe('paused while it is sent', () => {
  /** Twelve readers, three of whom leave within a second; the notice is paused by the second. */
  async function paused() {
    const office = await Broadcast.open(Array.from({ length: 12 }, (_, i) => `g${i + 10}`));
    await office.announce();
    await office.verbs.runNotices();
    office.turn = async () => {
      if (office.sent.length === 3) {
        await office.steer('pause');
        office.house.clock.pass(1 / 60);
      }
      return true;
    };
    await office.sender(office.stores, office.verbs, 3).sendDue();
    office.turn = async () => true;
    return office;
  }

  it('holds what has not left, and goes on when it is resumed', async () => {
    const office = await paused();
    expect(office.heard().length).toBeLessThanOrEqual(6);
    const waiting = office.ends().filter((end) => end.endsWith('pending')).length;
    expect(office.heard().length + waiting).toBe(12);
    await office.run();
    expect(office.heard().length + waiting).toBe(12);

    await office.steer('resume');
    office.house.clock.pass(1 / 60);
    await office.run();
    expect(new Set(office.heard()).size).toBe(12);
    expect(office.heard()).toHaveLength(12);
    expect(await office.notice()).toMatchObject({ state: 'done' });
  });

  it('and cancelled, it ends what has not left, and tells its author', async () => {
    const office = await paused();
    const left = office.heard().length;
    await office.steer('cancel');
    await office.run();
    expect(office.heard()).toHaveLength(left);
    expect(office.ends().filter((end) => end.endsWith('sent'))).toHaveLength(left);
    expect(office.ends().filter((end) => end.endsWith('skipped (cancelled)'))).toHaveLength(12 - left);
    expect(await office.notice()).toMatchObject({ state: 'cancelled' });
    expect(office.toldAuthor().at(-1)).toBe('通知 N1 已取消，其余不再发送。');
  });
});

describe('cancelled', () => {
  it('before its time it is dropped, and nobody hears of it', async () => {
    const office = await Broadcast.open();
    await office.announce({ startsAt: at('2026-05-10T12:00+08:00') });
    await office.steer('cancel');
    office.house.clock.set(at('2026-05-10T12:00+08:00'));
    await office.run();
    expect([office.sent, office.rows()]).toEqual([[], []]);
    expect(await office.notice()).toMatchObject({ state: 'cancelled' });
  });

  it('while its readers are written down, it leaves no row that waits for ever', async () => {
    const office = await Broadcast.open();
    await office.announce();
    const { deliveries } = office.stores;
    const slow = office.house.verbsOn({
      ...office.stores,
      deliveries: {
        ...deliveries,
        async add(rows) {
          if (rows.some(({ notice }) => notice !== null)) {
            await office.steer('cancel');
            await office.verbs.runNotices();
          }
          await deliveries.add(rows);
        },
      },
    });
    await slow.runNotices();
    await office.run();
    expect(office.heard()).toEqual([]);
    expect(office.ends()).toEqual([
      'ana: skipped (cancelled)',
      'bo: skipped (cancelled)',
      'cy: skipped (cancelled)',
    ]);
  });

  it('twice, after it was sent again, it tells its author each time', async () => {
    const office = await Broadcast.open();
    office.answer = () => ({ result: 'unsure', cause: 'timeout' });
    await office.announce();
    await office.run();
    for (const _ of [1, 2]) {
      await office.verbs.sendAgain({ person: idOf('author'), number: 1, what: 'unknown' });
      await office.steer('cancel');
      await office.run();
      await office.stores.deliveries.again('form', 'unknown', at('2026-05-12T12:00+08:00'), 9);
    }
    expect(office.toldAuthor().filter((text) => text.includes('已取消'))).toHaveLength(2);
  });
});

describe('just before it is sent, a reader', () => {
  it('who has unsubscribed meanwhile is left out, unless nobody may miss it', async () => {
    const office = await Broadcast.open();
    await office.announce();
    await office.announce({ id: 'fire', critical: true, text: { zh: '请撤离。', en: 'Please leave.' } });
    await office.verbs.runNotices();
    await office.verbs.setNotices({ person: idOf('bo'), wanted: false });
    await office.run();
    expect(office.ends().filter((end) => end.startsWith('bo'))).toEqual([
      'bo: sent',
      'bo: skipped (unsubscribed)',
    ]);
    expect(office.heard()).toHaveLength(5);
  });

  it('who has blocked the bot is left out', async () => {
    const office = await Broadcast.open();
    await office.announce();
    await office.verbs.runNotices();
    await office.stores.people.setReachable(conversationOf('bo'), false);
    await office.run();
    expect(office.ends()).toEqual(['ana: sent', 'bo: skipped (blocked)', 'cy: sent']);
  });

  it('whose account goes on elsewhere gets it there', async () => {
    const office = await Broadcast.open();
    await office.announce();
    await office.verbs.runNotices();
    await office.stores.people.moveAccount(conversationOf('bo'), 'telegram:1:7');
    await office.run();
    expect(office.heard().sort()).toEqual(['telegram:1:7', conversationOf('ana'), conversationOf('cy')]);
    expect(office.rows().find(({ person }) => person === idOf('bo'))).toMatchObject({
      state: 'sent',
      lane: 'telegram:1',
    });
  });

  it('who has come by a second account meanwhile gets it once', async () => {
    const office = await Broadcast.open(['ana', 'bo', 'cy']);
    await office.verbs.cancelRegistration({ person: idOf('bo'), event: office.writing.event });
    await office.announce(EVERYBODY);
    await office.verbs.runNotices();
    expect(office.rows()).toHaveLength(3);
    await joined(office.house, 'bo', 'ana');
    await office.run();
    expect(office.ends()).toEqual(['ana: sent', 'bo: skipped (duplicate_person)', 'cy: sent']);
    expect(office.sent.filter(({ text }) => text === '全体。')).toHaveLength(2);
  });

  it.each([
    ['has got it by the other one', 'sent', 'ana: skipped (duplicate_person)', 'bo: sent'],
    ['was left out by the other one', 'failed', 'ana: sent', 'bo: failed (blocked)'],
  ] as const)('who %s before they were joined counts as one', async (_, state, ana, bo) => {
    const office = await Broadcast.open(['bo']);
    await office.house.verbs.cancelRegistration({ person: idOf('bo'), event: office.writing.event });
    await office.house.register(idOf('author'), { lang: 'zh' });
    const { stores } = office;
    await office.announce(EVERYBODY);
    await office.verbs.runNotices();
    office.answer = () =>
      state === 'sent' ? { result: 'sent', messageId: '1' } : { result: 'failed', cause: 'blocked' };
    office.turn = async ({ id }) => id === 'bo';
    await office.sender().sendDue();
    office.turn = async () => true;
    office.answer = () => ({ result: 'sent', messageId: '1' });
    await joined(office.house, 'bo', 'author');
    await office.run();
    expect((await stores.deliveries.byId([`form/${idOf('bo')}`]))[0]).toMatchObject({ state });
    expect(office.ends()).toEqual([ana.replace('ana', 'author'), bo]);
  });
});

describe('what ended badly', () => {
  it('is sent again by decision alone', async () => {
    const office = await Broadcast.open();
    office.answer = ({ id }) =>
      id === 'ana'
        ? { result: 'unsure', cause: 'timeout' }
        : id === 'bo'
          ? { result: 'failed', cause: 'invalid' }
          : { result: 'sent', messageId: '1' };
    await office.announce();
    await office.run();
    expect(office.ends()).toEqual(['ana: unknown (timeout)', 'bo: failed (invalid)', 'cy: sent']);
    expect(office.sent.at(-1)?.text).toContain('通知 N1 重发');

    office.answer = () => ({ result: 'sent', messageId: '2' });
    office.house.clock.pass(600);
    await office.run();
    expect(office.heard()).toHaveLength(3);
    const again = { person: idOf('author'), number: 1 };
    expect(await office.verbs.sendAgain({ ...again, what: 'unknown' })).toMatchObject({
      data: { count: 1, notice: { state: 'running' } },
    });
    await office.run();
    expect(office.ends()).toEqual(['ana: sent', 'bo: failed (invalid)', 'cy: sent']);
    expect(await office.verbs.sendAgain({ ...again, what: 'failed' })).toMatchObject({ data: { count: 1 } });
    await office.run();
    expect(office.ends()).toEqual(['ana: sent', 'bo: sent', 'cy: sent']);
    expect(await office.notice()).toMatchObject({ state: 'done' });
    expect(office.toldAuthor().filter((text) => text.includes('已发送完毕'))).toHaveLength(3);
  });

  const many = Array.from({ length: 60 }, (_, i) => `g${i + 10}`);

  it('too often pauses the notice, and its author is told once', async () => {
    const office = await Broadcast.open(many);
    office.answer = () => ({ result: 'failed', cause: 'invalid' });
    await office.announce();
    await office.verbs.runNotices();
    const sender = office.sender(office.stores, office.verbs, 20);
    await sender.sendDue();
    await office.run(sender);
    expect(office.heard().length).toBeLessThan(60);
    expect(await office.notice()).toMatchObject({ state: 'paused', pausedFor: 'errors' });
    expect(office.toldAuthor().filter((text) => text.includes('已自动暂停'))).toHaveLength(1);

    office.answer = () => ({ result: 'sent', messageId: '1' });
    await office.steer('resume');
    office.house.clock.pass(1 / 60);
    await office.run(sender);
    expect(await office.notice()).toMatchObject({ state: 'done' });
    expect(office.heard()).toHaveLength(60);
  });

  it.each([
    ['their readers blocked the bot', { result: 'failed', cause: 'blocked' }],
    ['the platform asked to wait', { result: 'refused', retryAfterMs: 1_000, cause: 'too_many_requests' }],
  ] as const)('however often does not pause it where %s', async (_, answer) => {
    const office = await Broadcast.open(many);
    office.answer = () => answer;
    await office.announce();
    await office.run();
    expect(office.heard()).toHaveLength(60);
    expect((await office.notice()).pausedFor).toBeNull();
  });
});
