import { describe, expect, it } from 'vitest';
import { parseAudience } from '../../flows/audience.ts';
import { describeAudience } from '../../flows/audience-sentence.ts';
import type { Condition, Source } from '../../src/domain/audience.ts';
import type { Lang } from '../../src/text/text.ts';
import { session } from '../domain/examples.ts';
import { event } from './guest.ts';

const CHOICES = [
  { value: 'energy', label: { zh: '能源环境', en: 'Energy and environment' } },
  { value: 'ai', label: { zh: '人工智能', en: 'Artificial intelligence' } },
];

const FAIR = event('fair', {
  languages: ['zh', 'en'],
  attendance: ['onsite', 'online'],
  kinds: ['guest', 'team', 'enterprise', 'investor'],
  maxParty: 5,
  sessions: [
    session('opening', { title: { zh: '开幕式和致辞', en: 'Opening and addresses' } }),
    session('roadshow', { title: { zh: '线上路演', en: 'Online roadshow' } }),
    session('road', { title: { zh: '“金熊猫”参观', en: 'Tour (east)' } }),
  ],
  questions: [
    {
      kind: 'multi',
      id: 'topics',
      ask: { zh: '您关注哪些领域？', en: 'Which fields?' },
      label: { zh: '关注领域', en: 'Fields' },
      optional: true,
      choices: CHOICES,
    },
    {
      kind: 'choice',
      id: 'own-field',
      ask: { zh: '您的领域？', en: 'Your field?' },
      label: { zh: '所在领域', en: 'Own field' },
      optional: true,
      choices: [...CHOICES.slice(0, 1), { value: 'bio', label: { zh: '生物医药', en: 'Biomedicine' } }],
    },
  ],
});

function parsed(text: string, lang: Lang = 'en') {
  const read = parseAudience(text, FAIR, lang);
  if ('problem' in read) throw new Error(`expected to understand "${text}", received: ${read.problem}`);
  return read.audience;
}

function problem(text: string, lang: Lang = 'en', of = FAIR): string {
  const read = parseAudience(text, of, lang);
  return 'problem' in read ? read.problem : 'understood';
}

const onsite: Condition = { attendance: 'onsite' };
const online: Condition = { attendance: 'online' };
const english: Condition = { language: 'en' };
const opening: Condition = { session: 'opening' };
const roadshow: Condition = { session: 'roadshow' };
const checkedIn: Condition = { checkedIn: true };
const energy: Condition = {
  any: [
    { answer: { question: 'topics', value: 'energy' } },
    { answer: { question: 'own-field', value: 'energy' } },
  ],
};

describe('an audience in words', () => {
  it.each<[string, Condition]>([
    [
      'onsite and (session opening or session roadshow) and not online',
      { all: [onsite, { any: [opening, roadshow] }, { not: online }] },
    ],
    [
      '现场 且 （场次 opening 或 场次 roadshow） 且 非 已签到',
      { all: [onsite, { any: [opening, roadshow] }, { not: checkedIn }] },
    ],
    ['Language EN', english],
    ['ｌａｎｇｕａｇｅ：ＥＮ。', english],
    ['语言英文', english],
    ['kind investor', { kind: 'investor' }],
    ['类型 投资机构', { kind: 'investor' }],
    ['channel telegram', { channel: 'telegram' }],
    ['渠道 微信', { channel: 'wechat' }],
    ['渠道：公众号', { channel: 'official-account' }],
    ['waitlist', { waits: true }],
    ['候补', { waits: true }],
    ['checked in', checkedIn],
    ['not checked in', { not: checkedIn }],
    ['未签到', { not: checkedIn }],
    ['未通过', { state: ['rejected'] }],
    ['非未通过', { not: { state: ['rejected'] } }],
    ['confirmed or pending', { any: [{ state: ['confirmed'] }, { state: ['pending'] }] }],
    ['party 3', { party: 3 }],
    ['人数 2人以上', { party: 2 }],
    ['everybody', { all: [] }],
    ['全部', { all: [] }],
    ['not not onsite', onsite],
    ['seated in opening', { seated: 'opening' }],
    ['有席位 opening', { seated: 'opening' }],
  ])('reads %s', (text, where) => {
    expect(parsed(text)).toEqual({ source: { kind: 'event', event: FAIR.id }, where });
  });

  it.each<[string, Condition]>([
    ['session Opening and addresses and onsite', { all: [opening, onsite] }],
    ['场次 开幕式和致辞 和 现场', { all: [opening, onsite] }],
    ['场次 线上路演', roadshow],
    ['session “Online roadshow”', roadshow],
    ['session road', { session: 'road' }],
    ['场次 金熊猫参观', { session: 'road' }],
    ['session tour (east) and onsite', { all: [{ session: 'road' }, onsite] }],
    ['field energy', energy],
    ['领域 能源环境', energy],
    ['field Biomedicine', { answer: { question: 'own-field', value: 'bio' } }],
  ])('knows what the event calls it: %s', (text, where) => {
    expect(parsed(text).where).toEqual(where);
  });

  it.each<[string, Condition]>([
    ['onsite or online and language en', { any: [onsite, { all: [online, english] }] }],
    ['onsite or online, language en', { all: [{ any: [onsite, online] }, english] }],
    ['现场或线上，语言英文', { all: [{ any: [onsite, online] }, english] }],
    ['onsite or online, and language en', { all: [{ any: [onsite, online] }, english] }],
    ['onsite, or online', { any: [onsite, online] }],
    ['confirmed onsite', { all: [{ state: ['confirmed'] }, onsite] }],
    [
      'kind investor or enterprise and onsite',
      { all: [{ any: [{ kind: 'investor' }, { kind: 'enterprise' }] }, onsite] },
    ],
    ['类型 企业和投资机构', { any: [{ kind: 'enterprise' }, { kind: 'investor' }] }],
    ['类型 企业、投资机构，现场', { all: [{ any: [{ kind: 'enterprise' }, { kind: 'investor' }] }, onsite] }],
    ['not kind team or guest', { not: { any: [{ kind: 'team' }, { kind: 'guest' }] } }],
    ['session opening and roadshow', { all: [opening, roadshow] }],
    ['session opening or roadshow or online', { any: [opening, roadshow, online] }],
    ['((onsite)),', onsite],
  ])('joins what is side by side: %s', (text, where) => {
    expect(parsed(text).where).toEqual(where);
  });

  it.each<[string, Source, Condition]>([
    ['tickets 7K2M9QXA 8aaaaaaa', { kind: 'tickets', tickets: ['7K2M9QXA', '8AAAAAAA'] }, { all: [] }],
    [
      '票号 7K2M-9QXA、8AAAAAAA，7k2m9qxa',
      { kind: 'tickets', tickets: ['7K2M9QXA', '8AAAAAAA'] },
      { all: [] },
    ],
    ['票号：7K2M9QXO\n8AAAAAAL 且 现场', { kind: 'tickets', tickets: ['7K2M9QX0', '8AAAAAA1'] }, onsite],
    [
      'role organizer and owner',
      { kind: 'roles', roles: ['organizer', 'owner'], office: 'office' },
      { all: [] },
    ],
    ['角色 主办方，语言 英文', { kind: 'roles', roles: ['organizer'], office: 'office' }, english],
    ['past guests and language en', { kind: 'office', office: 'office' }, english],
    ['历届嘉宾', { kind: 'office', office: 'office' }, { all: [] }],
  ])('begins with a source: %s', (text, source, where) => {
    expect(parsed(text)).toEqual({ source, where });
  });

  it.each<[string, string, string]>([
    ['onsite and vip', 'vip', 'For example: onsite and language en and not checked in'],
    ['现场参加者', '者', 'You can use: onsite, online, confirmed'],
    [
      'session finale',
      '“finale” is nothing that “session” knows',
      'opening, roadshow and road. For example: session opening',
    ],
    ['field space', '“space” is nothing that “field” knows', 'Energy and environment'],
    ['party 6', '“6” is nothing', '1, 2, 3, 4 and 5'],
    [
      'role king',
      '“king” is nothing that “role” knows',
      'owner, organizer, reviewer, judge, scorer, host and staff',
    ],
    ['onsite and', 'missing after “and”', 'onsite and language en'],
    ['language', 'missing after “language”', 'onsite and language en'],
    ['(onsite', 'brackets do not match', 'onsite and (kind enterprise or waitlist)'],
    ['onsite)', 'brackets do not match', 'onsite and (kind enterprise or waitlist)'],
    ['tickets 7K2M9QXA onsite', '“onsite” is not a ticket number', 'tickets 7K2M9QXA and onsite'],
    ['tickets', 'missing after “tickets”', 'onsite and language en'],
    ['onsite and past guests', '“past guests” can only stand at the very beginning', 'tickets'],
    [' ', 'say who it goes to', 'everybody'],
    [`${'('.repeat(9_000)}onsite`, '50 conditions in 5 levels', 'onsite and language en'],
    ['onsite or '.repeat(60).concat('online'), '50 conditions in 5 levels', 'several notices'],
    ['x'.repeat(90), `“${'x'.repeat(30)}…” is not understood`, 'For example'],
  ])('explains what it does not understand: %.60s', (text, what, cure) => {
    expect(problem(text)).toContain(what);
    expect(problem(text)).toContain(cure);
  });

  it('explains it in Chinese', () => {
    expect(problem('现场 且 贵宾', 'zh')).toBe(
      '看不懂“贵宾”。可以使用：现场、线上、已确认、候补、已签到、场次、席位、语言、类型、渠道、领域、人数、项目、赛道、缺材料，用“且”“或”“非”和括号组合；开头可以写“票号”“角色”或“历届嘉宾”。例如：现场 且 语言 英文 且 非 已签到',
    );
    expect(problem('类型 媒体', 'zh')).toBe(
      '“类型”没有“媒体”这一项。可选：嘉宾、项目团队、企业和投资机构。例如：类型 嘉宾',
    );
    expect(problem('票号 123', 'zh')).toContain('“123”不是票号');
    const bare = event('bare', { sessions: [], questions: [] });
    expect(problem('场次 opening', 'zh', bare)).toContain('本活动没有可用于“场次”的选项');
    expect(problem('field ai', 'en', bare)).toContain('nothing that “field” could choose from');
  });

  it('takes 5,000 tickets and no more', () => {
    const numbers = Array.from({ length: 5_001 }, (_, i) => String(10_000_000 + i));
    expect(parsed(`tickets ${numbers.slice(1).join(' ')}`).source).toMatchObject({
      tickets: expect.objectContaining({ length: 5_000 }),
    });
    expect(problem(`票号 ${numbers.join('、')}`, 'zh')).toContain('一次最多 5,000 个票号');
  });
});

describe('an audience read back', () => {
  it.each<[string, string, string]>([
    [
      'confirmed and onsite and language en',
      'confirmed guests on site who speak English',
      '现场参加、语言为英文的已确认嘉宾',
    ],
    ['everybody', 'registered guests', '已报名嘉宾'],
    [
      'kind investor or enterprise, not checked in',
      'registered guests who (are investors or are enterprises) and have not checked in',
      '（是投资机构嘉宾或是企业嘉宾）、未签到的已报名嘉宾',
    ],
    ['kind investor, online', 'registered investors online', '线上参加的已报名投资机构嘉宾'],
    [
      'onsite or waitlist',
      'registered guests who attend on site or are on a waitlist',
      '现场参加或正在候补的已报名嘉宾',
    ],
    [
      'not (onsite or language en)',
      'registered guests who do not attend on site and do not speak English',
      '不在现场参加、语言不是英文的已报名嘉宾',
    ],
    [
      'not (onsite and (party 2 or session opening))',
      'registered guests who do not attend on site or (come as fewer than 2 people and did not choose the session “Opening and addresses”)',
      '不在现场参加或（报名人数少于 2 人、没有选场次“开幕式和致辞”）的已报名嘉宾',
    ],
    ['cancelled', 'cancelled guests', '已取消嘉宾'],
    [
      'not confirmed and channel wechat',
      'guests who are not confirmed and get messages by WeChat',
      '报名状态不是已确认、用微信接收消息的嘉宾',
    ],
    [
      'field bio',
      'registered guests who answered “Own field” with “Biomedicine”',
      '“所在领域”选了“生物医药”的已报名嘉宾',
    ],
    [
      'seated roadshow and not waitlist',
      'registered guests who have a seat in the session “Online roadshow” and are not on a waitlist',
      '在场次“线上路演”有席位、不在候补的已报名嘉宾',
    ],
    [
      'past guests and onsite',
      'registered guests on site at any event of this office',
      '本办公室历次活动的现场参加的已报名嘉宾',
    ],
    ['tickets 7K2M9QXA', 'guests with the one ticket listed', '所列 1 个票号对应的嘉宾'],
    [
      'tickets 7K2M9QXA 8AAAAAAA and not checked in',
      'guests with one of the 2 tickets listed who have not checked in',
      '所列 2 个票号对应的未签到的嘉宾',
    ],
    [
      'role organizer or owner, language en',
      'organizers and owners who speak English',
      '语言为英文的主办方和管理员',
    ],
    ['not everybody', 'nobody', '没有任何人'],
    ['everybody or onsite', 'registered guests', '已报名嘉宾'],
  ])('%s', (text, en, zh) => {
    const audience = parsed(text);
    expect(describeAudience(audience, FAIR, 'en')).toBe(en);
    expect(describeAudience(audience, FAIR, 'zh')).toBe(zh);
  });

  it('calls by its code what the event does not know', () => {
    const source = { kind: 'event', event: 'fair' } as const;
    const where: Condition = {
      all: [{ session: 'gone' }, { answer: { question: 'q', value: 'v' } }, { channel: 'x' }, { party: 1 }],
    };
    expect(describeAudience({ source, where }, FAIR, 'en')).toBe(
      'registered guests who chose the session “gone”, answered “q” with “v”, get messages by x and come as one person or more',
    );
  });
});
