import readSheet from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { type Delivery, newDelivery } from '../../src/domain/delivery.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Report } from '../../src/usecases/report-notice.ts';
import { at, later } from '../domain/examples.ts';
import { aNotice } from '../support/notices.ts';
import { FAIR, House } from './house.ts';
import { arrive, idOf } from './linking.ts';

const BEGAN = at('2026-05-10T09:50+08:00');
const DONE: Partial<Notice> = {
  number: 3,
  event: FAIR,
  state: 'done',
  beganAt: BEGAN,
  endedAt: later(BEGAN, 5),
};

/** A house with a notice and an organizer of its office, whom nobody has written anything to. */
async function office(notice: Partial<Notice> = {}): Promise<House> {
  const house = await House.with();
  await house.stores.notices.add(aNotice({ ...DONE, ...notice }));
  await grant(house, 'organizer', 'office');
  return house;
}

async function grant(house: House, person: string, of: string): Promise<void> {
  await arrive(house, person);
  const given = {
    role: 'organizer',
    event: null,
    part: null,
    note: null,
    by: null,
    at: BEGAN,
    ended: null,
  } as const;
  await house.stores.grants.add({ id: `grant of ${person}`, person: idOf(person), office: of, ...given });
}

async function row(house: House, name: string, given: Partial<Delivery>): Promise<void> {
  const id = `notice/${idOf(name)}`;
  const letter = { text: 'Please note.' };
  const times = { notBefore: BEGAN, expiresAt: later(BEGAN, 60) };
  await house.stores.deliveries.add([
    newDelivery({
      id,
      person: idOf(name),
      kind: 'notice',
      event: FAIR,
      notice: 'notice',
      letter,
      ...times,
      ...given,
    }),
  ]);
}

/** A guest who was written to, as they registered. */
async function reader(
  house: House,
  name: string,
  given: Partial<Delivery>,
  details: Record<string, unknown> = {},
): Promise<void> {
  await arrive(house, name);
  await house.register(idOf(name), { name, ...details });
  const registration = (await house.registrationOf(idOf(name))).id;
  await row(house, name, { registration, lane: 'web:main', ...given });
}

const report = (house: House, person = 'organizer', number = 3) =>
  house.verbs.reportNotice({ person: idOf(person), number });

async function reported(house: House): Promise<Report> {
  const done = await report(house);
  if (!done.ok) throw new Error(`expected a report, received ${done.reason}`);
  return done.data;
}

async function tableOf(house: House, { file }: Report): Promise<unknown[][]> {
  const bytes = await house.stores.files.open(file.id);
  if (!bytes) throw new Error(`expected the file ${file.id}, received none`);
  const [sheet] = await readSheet(Buffer.from(bytes));
  return sheet?.data ?? [];
}

describe('the report of a notice', () => {
  it('counts how its letters ended, and who confirmed', async () => {
    const house = await office();
    await reader(house, 'a', { state: 'sent', receiptAt: BEGAN });
    await reader(house, 'b', { state: 'sent' });
    await reader(house, 'c', { state: 'failed', cause: 'blocked' });
    await reader(house, 'd', { state: 'unknown', cause: 'timeout' });
    await reader(house, 'e', { state: 'skipped', cause: 'unsubscribed' });
    const { progress, failures, receipts, eta, listed } = await reported(house);
    expect(progress).toMatchObject({ total: 5, sent: 2, failed: 1, unknown: 1, skipped: 1, remaining: 0 });
    expect([failures, receipts, eta, listed]).toEqual([{ blocked: 1 }, 1, undefined, 5]);
  });

  it('tells while it runs how long the rest will take', async () => {
    const house = await office({ state: 'running', endedAt: null });
    await reader(house, 'a', { state: 'sent' });
    await reader(house, 'b', { state: 'pending' });
    expect((await reported(house)).eta).toBe(600);
  });

  it('lists its readers in the language of who asks, with the times of the event’s zone', async () => {
    const house = await office();
    const sent = { state: 'sent', attempts: 2, endedAt: at('2026-05-10T12:00+08:00') } as const;
    await reader(house, 'a', { ...sent, receiptAt: at('2026-05-10T18:00+08:00') }, { lang: 'en' });
    await reader(house, 'b', {
      state: 'failed',
      cause: 'blocked',
      attempts: 1,
      lane: 'official-account:wx1',
    });
    expect(await tableOf(house, await reported(house))).toEqual([
      [
        '姓名',
        '单位',
        '票号',
        '渠道',
        '语言',
        '状态',
        '原因',
        '尝试次数',
        '发送时间（Asia/Shanghai）',
        '确认时间（Asia/Shanghai）',
      ],
      [
        'a',
        'Some University',
        (await house.registrationOf(idOf('a'))).ticket,
        '网页',
        '英文',
        '已发送',
        null,
        2,
        new Date('2026-05-10T12:00:00Z'),
        new Date('2026-05-10T18:00:00Z'),
      ],
      [
        'b',
        'Some University',
        (await house.registrationOf(idOf('b'))).ticket,
        '公众号',
        '英文',
        '失败',
        '对方已屏蔽',
        1,
        null,
        null,
      ],
    ]);
    await house.stores.people.setLanguage(idOf('organizer'), 'en');
    const again = await reported(house);
    expect(again.file.name).toBe('notice-N3-report.xlsx');
    const [headings, , failed] = await tableOf(house, again);
    expect(headings?.slice(0, 4)).toEqual(['Name', 'Organization', 'Ticket', 'Channel']);
    expect(headings?.[8]).toBe('Sent at (Asia/Shanghai)');
    expect(failed?.slice(3, 7)).toEqual(['official account', 'English', 'failed', 'blocked by the reader']);
  });

  it('names who has cancelled since, and has a row for who never registered', async () => {
    const house = await office();
    await reader(house, 'a', { state: 'skipped', cause: 'cancelled', registration: null });
    await arrive(house, 'stranger');
    await row(house, 'stranger', { state: 'skipped', cause: 'no_account' });
    const [, first, second] = await tableOf(house, await reported(house));
    expect(first?.slice(0, 2)).toEqual(['a', 'Some University']);
    expect(second).toEqual([null, null, null, null, '中文', '跳过', '没有可用账号', 0, null, null]);
  });

  it('is read in batches: nobody is missing, nobody stands there twice', async () => {
    const house = await office();
    for (let i = 0; i < 1_001; i++) await row(house, `g${i}`, { state: 'sent' });
    expect((await reported(house)).listed).toBe(1_001);
  });

  it('is a stored file of its own that is kept; asked for again it is the same one', async () => {
    const house = await office();
    await reader(house, 'a', { state: 'sent' });
    const { file } = await reported(house);
    house.clock.pass(1);
    expect((await reported(house)).file).toEqual(file);
    expect(file).toMatchObject({ kind: 'stored', name: '通知N3-发送报告.xlsx' });
    const [stored] = await house.stores.files.byId([file.id]);
    expect(stored).toMatchObject({ owners: ['report:notice'], type: file.type });
    await reader(house, 'b', { state: 'sent' });
    expect((await reported(house)).file.id).not.toBe(file.id);
  });

  it('is refused to others, of an unknown notice, and while nobody is written down', async () => {
    const house = await office({ state: 'draft', beganAt: null, endedAt: null });
    await grant(house, 'elsewhere', 'abroad');
    await arrive(house, 'guest');
    expect(await report(house, 'guest')).toMatchObject({ ok: false, reason: 'not-allowed' });
    expect(await report(house, 'elsewhere')).toMatchObject({ ok: false, reason: 'not-allowed' });
    expect(await report(house, 'organizer', 9)).toMatchObject({ ok: false, reason: 'unknown-notice' });
    expect(await report(house)).toEqual({ ok: false, reason: 'not-started', data: { number: 3 } });
  });
});
