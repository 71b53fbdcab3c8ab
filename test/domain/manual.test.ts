import { describe, expect, it } from 'vitest';
import { indexOf, manualSchema, meetOf, meetPayload, NO_COVER } from '../../src/domain/manual.ts';
import { moneyOf } from '../../src/domain/money.ts';
import { formatMoney } from '../../src/domain/money-text.ts';
import { accepted, aFile, aManual, manyProjects, TAKEN_AT } from '../support/manual.ts';

const codes = (manual: ReturnType<typeof aManual>) =>
  manual.fields.map(({ code, entries }) => [code, ...entries.map((one) => one.code)]);
const only = (manual: ReturnType<typeof aManual>) => manual.fields[0]?.entries[0];

describe('the content of a manual', () => {
  it('has accepted projects alone, whose teams were told', () => {
    const at = TAKEN_AT;
    const decision = { number: 1, verdict: 'accept', messages: [], by: 'r', at, publishedAt: null } as const;
    const manual = aManual([
      accepted(1),
      accepted(2, {}, { state: 'rejected' }),
      accepted(3, {}, { decision }),
      accepted(4, {}, { decision: null }),
      accepted(5, {}, { state: 'withdrawn' }),
    ]);
    expect(codes(manual)).toEqual([['energy', 'P01']]);
  });

  it('goes by the fields of the call; a field that the call no longer has comes last', () => {
    const fields = ['transport', 'gone', 'information', 'energy', 'information'];
    const manual = aManual(fields.map((field, i) => accepted(i + 1, { field })));
    expect(codes(manual)).toEqual([
      ['information', 'P03', 'P05'],
      ['energy', 'P04'],
      ['transport', 'P01'],
      ['_other', 'P02'],
    ]);
  });

  it('orders a field by code, by title as a directory does, or by track and place', () => {
    const slot = (track: string, place: number) => ({
      slot: { track, place, state: 'told' as const, at: TAKEN_AT },
    });
    const projects = [
      accepted(1, { 'title-zh': '重载', 'title-en': 'B' }),
      accepted(2, { 'title-zh': '安全', 'title-en': 'C' }, slot('green', 1)),
      accepted(3, { 'title-zh': '第 10 代', 'title-en': 'A' }, slot('main', 2)),
      accepted(4, { 'title-zh': '第 9 代', 'title-en': 'D' }, slot('main', 1)),
    ];
    expect(codes(aManual(projects, { order: 'code' }))).toEqual([['energy', 'P01', 'P02', 'P03', 'P04']]);
    expect(codes(aManual(projects, { order: 'title' }))).toEqual([['energy', 'P02', 'P04', 'P03', 'P01']]);
    expect(codes(aManual(projects, { order: 'title', langs: 'en' }))).toEqual([
      ['energy', 'P03', 'P01', 'P02', 'P04'],
    ]);
    expect(codes(aManual(projects, { order: 'track' }))).toEqual([['energy', 'P04', 'P03', 'P02', 'P01']]);
  });

  it('keeps to the judges what the team keeps to them', () => {
    const entry = only(
      aManual([
        accepted(1, {
          market: '渠道已建',
          patents: '三项',
          public: ['patents', 'email'],
          'image-1': aFile('a'),
        }),
      ]),
    );
    expect(entry?.passages).toEqual([{ part: 'patents', text: '三项' }]);
    expect(entry?.contact).toEqual({ name: null, phone: null, email: 'team@example.org' });
    expect(entry?.images).toEqual([{ ref: 'a', type: 'image/png' }]);
    expect(JSON.stringify(entry)).not.toContain('渠道');
    expect(JSON.stringify(entry)).not.toContain('8613800138000');
  });

  it('calls a project by its other title, or by its code, where it has none', () => {
    expect(only(aManual([accepted(7, { 'title-zh': null, 'title-en': 'Alone' })]))?.title).toEqual({
      zh: 'Alone',
      en: 'Alone',
    });
    expect(only(aManual([accepted(7, { 'title-zh': null, 'title-en': null })]))?.title).toEqual({
      zh: 'P07',
      en: 'P07',
    });
  });

  it('takes out what no document can hold', () => {
    const entry = only(
      aManual([accepted(1, { 'title-zh': 'a\u0000b\u202ec\ud800d\r\ne\ufffe', organization: '\u0007' })]),
    );
    expect(entry?.title.zh).toBe('abc\ufffdd\ne');
    expect(entry?.organization).toBe('');
  });

  it('lists organizations by pinyin, each once', () => {
    const names = ['中心', '材料系', '3 号院', '安徽院', '材料系'];
    const index = indexOf(aManual(names.map((organization, i) => accepted(i + 1, { organization }))));
    expect(
      index.map(({ organization, entries }) => [organization, ...entries.map(({ code }) => code)]),
    ).toEqual([
      ['3 号院', 'P03'],
      ['安徽院', 'P04'],
      ['材料系', 'P02', 'P05'],
      ['中心', 'P01'],
    ]);
  });

  it('is the same after it was stored as JSON', () => {
    const manual = aManual(manyProjects(20), { cover: { ...NO_COVER, text: { zh: '一\n二', en: '' } } });
    expect(manualSchema.parse(JSON.parse(JSON.stringify(manual)))).toEqual(manual);
  });
});

describe('the link to a team', () => {
  it('names event and number within what a start payload may be', () => {
    const payload = meetPayload('a_b-c_d-e_f_', 12_345);
    expect(payload).toMatch(/^[\w-]{1,64}$/u);
    expect(meetOf(payload)).toEqual({ event: 'a_b-c_d-e_f_', number: 12_345 });
    for (const other of [
      '',
      'fair',
      'meet_',
      'meet_x_0',
      'meet_x_01',
      'meet_x_a',
      'meet__1',
      `meet_${'x'.repeat(41)}_1`,
    ])
      expect(meetOf(other), other).toBeUndefined();
  });
});

describe('a sum in print', () => {
  it.each([
    ['5000000 CNY', '500万元', 'CNY 5 million'],
    ['120000000 CNY', '1.2亿元', 'CNY 120 million'],
    ['1500000000 USD', '15亿美元', 'USD 1.5 billion'],
    ['12345 EUR', '12,345欧元', 'EUR 12,345'],
    ['123456789 CNY', '123,456,789元', 'CNY 123,456,789'],
    ['300000 HKD', '30万港元', 'HKD 300,000'],
  ])('%s is %s and %s', (code, zh, en) => {
    const money = moneyOf(code);
    expect(money && [formatMoney(money, 'zh'), formatMoney(money, 'en')]).toEqual([zh, en]);
    expect(money && moneyOf(formatMoney(money, 'zh'))).toEqual(money);
  });
});
