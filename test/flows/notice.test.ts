import { describe, expect, it } from 'vitest';
import { parseAudience } from '../../flows/audience.ts';
import { writeAudience } from '../../flows/audience-written.ts';
import type { Facts } from '../../src/usecases/load-facts.ts';
import { session } from '../domain/examples.ts';
import type { Chat } from '../support/talk.ts';
import { type Circumstances, event, facts, guest, NOW } from './guest.ts';

const fair = event('fair', {
  languages: ['zh', 'en'],
  attendance: ['onsite', 'online'],
  sessions: [{ ...session('opening'), title: { zh: '开幕式', en: 'Opening' } }],
});
const salon = event('salon', { languages: ['zh'], title: { zh: '沙龙', en: 'Salon' } });
const other = event('other', { office: 'elsewhere', title: { zh: '外办活动', en: 'Foreign fair' } });

const grant = (office: string | null): Facts['grants'][number] => ({
  id: 'grant',
  person: 'person',
  role: 'organizer',
  office,
  event: null,
  part: null,
  note: null,
  by: null,
  at: NOW,
  ended: null,
});
const ORGANIZER: Circumstances = { grants: [grant('office')] };

function organizer(lang: 'zh' | 'en' = 'en', given: Circumstances = {}): Chat<Facts> {
  return guest(facts([fair, salon, other], { ...ORGANIZER, ...given }), lang);
}

function written(...said: string[]): Chat<Facts> {
  const chat = organizer();
  for (const one of ['notice fair', ...said]) chat.say(one);
  return chat;
}

const TO_FILE = ['1', 'everybody', '正文', 'Text'];
const TO_WHEN = [...TO_FILE, 'skip', 'skip', 'skip', 'Normal'];

describe('the form of a notice', () => {
  it('is about an event that the person organizes', () => {
    const chat = organizer();
    chat.say('notice new');
    expect(chat.labels).toEqual(['Matchmaking fair', 'Salon']);
    const sole = guest(facts([fair, other], ORGANIZER));
    sole.say('notice new');
    expect(sole.question).toBe('template');
  });

  it('asks for a text in each language of the event alone', () => {
    const chat = organizer();
    for (const said of ['notice salon', '1', 'everybody', '正文']) chat.say(said);
    expect(chat.question).toBe('file');
  });

  it('becomes a notice as it was filled in', () => {
    const chat = written('1', 'session opening', '正文 {姓名}', 'Text {name}');
    chat.sendFile('plan.pdf', { ref: 'f1' });
    for (const said of ['1 3', 'https://example.org/a', 'Critical', '2026-05-19 18:00', 'confirm'])
      chat.say(said);
    expect(chat.effects[0]).toMatchObject({ kind: 'write-notice', run: chat.effects[0]?.id });
    expect(chat.effects[0]?.input).toEqual({
      edits: null,
      event: fair.id,
      audience: { source: { kind: 'event', event: fair.id }, where: { session: 'opening' } },
      text: { zh: '正文 {姓名}', en: 'Text {name}' },
      file: { kind: 'stored', id: 'f1', name: 'plan.pdf', type: 'application/pdf' },
      buttons: ['receipt', 'agenda'],
      link: 'https://example.org/a',
      critical: true,
      without: [],
      startsAt: '2026-05-19T10:00:00.000Z',
    });
    expect(JSON.parse(JSON.stringify(chat.effects[0]?.input))).toEqual(chat.effects[0]?.input);
  });

  it('takes both texts from a template, which can be changed', () => {
    const chat = written('The programme has changed', 'everybody');
    expect(chat.question).toBe('file');
    for (const said of [
      'skip',
      'skip',
      'skip',
      'Normal',
      'now',
      'change English text',
      'All new.',
      'confirm',
    ])
      chat.say(said);
    expect(chat.effects[0]?.input.text).toMatchObject({
      en: 'All new.',
      zh: expect.stringContaining('“{活动}”'),
    });
  });

  it('offers an office’s own templates before the others, in the place of those of the same code', () => {
    const own = {
      office: 'office',
      code: 'live',
      title: { zh: '直播间', en: 'Our stream' },
      text: { zh: '请进' },
    };
    const chat = organizer('en', { templates: [own] });
    chat.say('notice fair');
    expect(chat.labels[1]).toBe('Our stream');
    expect(chat.labels).not.toContain('Live link');
    for (const said of ['Our stream', 'everybody']) chat.say(said);
    expect(chat.question).toBe('text-en');
  });

  it('takes what looks like a command for an audience where it is one', () => {
    const chat = written('1', 'language en');
    expect(chat.effects).toEqual([]);
    expect(chat.answers.audience).toBe('language en');
  });

  it.each([
    [['1', 'onsite and vip'], 'audience', '“vip” is not understood'],
    [['1', 'everybody', '正'.repeat(2_001)], 'text-zh', '2,001 characters'],
    [
      ['1', 'everybody', '您好 {称呼}'],
      'text-zh',
      'These variables are not known: {称呼}. You can use {name}',
    ],
    [[...TO_FILE, 'skip', 'skip', 'ftp://example.org'], 'link', 'https://example.org/live'],
    [[...TO_WHEN, '2026-05-10 09:00'], 'when', 'is in the past'],
    [[...TO_WHEN, 'soon'], 'when', 'opening -30m'],
    [[...TO_WHEN, '2026-02-30 10:00'], 'when', 'There is no such date'],
  ])('refuses %j at once, with the cure', (said, question, cure) => {
    const chat = written(...said);
    expect(chat.question).toBe(question);
    expect(chat.last.text).toContain(cure);
    expect(chat.effects).toEqual([]);
  });

  it('refuses a time that clocks skip', () => {
    const london = event('london', { zone: 'Europe/London' });
    const chat = guest(facts([london], ORGANIZER), 'zh');
    for (const said of [
      '通知 london',
      '1',
      '全部',
      '正文',
      '跳过',
      '跳过',
      '跳过',
      '普通通知',
      '2027-03-28 01:30',
    ])
      chat.say(said);
    expect(chat.last.text).toContain('夏令时');
    expect(chat.question).toBe('when');
  });

  it('refuses a file that is too large, or of another kind', () => {
    const chat = written(...TO_FILE);
    chat.sendFile('film.pdf', { ref: 'f', size: 11 * 1024 * 1024 });
    expect(chat.last.text).toContain('above the limit of 10 MB');
    chat.sendFile('song.mp3', { ref: 'f', type: 'audio/mpeg' });
    expect(chat.last.text).toContain('Please send a PDF, a picture or an Office document');
    expect(chat.question).toBe('file');
  });

  it('asks again when “tomorrow” was said on another day', () => {
    const chat = written(...TO_WHEN, 'tomorrow 18:00');
    expect(chat.question).toBe('$review');
    chat.facts = { ...chat.facts, now: new Date(NOW.getTime() + 86_400_000) };
    chat.say('confirm');
    expect(chat.question).toBe('when');
    expect(chat.effects).toEqual([]);
  });

  it.each([
    ['past', 'when', 'The time is past'],
    ['empty-audience', 'audience', 'Nobody can be reached'],
    ['file-gone', 'file', 'no longer here'],
  ])('is open again after %s, at the answer that is wanted', (reason, question, why) => {
    const chat = written(...TO_WHEN, 'now', 'confirm');
    chat.ends({ ok: false, reason });
    expect(chat.last.text).toContain(why);
    expect(chat.question).toBe(question);
  });

  it.each([
    [
      'lacking',
      { variable: 'name', count: 3 },
      'For 3 readers there is no registration to fill in “name” from',
    ],
    ['unknown-variable', { names: ['vip'] }, 'These variables are not known: {vip}'],
  ])('is reviewed again after %s, with everything that was written', (reason, data, why) => {
    const chat = written(...TO_WHEN, 'now', 'confirm');
    chat.ends({ ok: false, reason, data });
    expect(chat.last.text).toContain(why);
    expect(chat.question).toBe('$review');
    expect(chat.answers).toMatchObject({ 'text-zh': '正文', 'text-en': 'Text' });
  });
});

describe('whoever does not organize', () => {
  it.each([
    'notice',
    'notice fair',
    'notice N12',
    'notice N12 send 3',
    '通知 N12 报告',
    'template',
    'template save N1 a',
  ])('is told by “%s” who can help, and nothing else', (said) => {
    const chat = guest(facts([fair]));
    const [reply] = chat.say(said);
    expect(chat.effects).toEqual([]);
    expect(reply?.text).toBe(
      'Notices are sent by the organizers of an event. If you need one sent, or have a question: the event team, +86 28 8512 3456',
    );
  });

  it('this very event is told the same', () => {
    const chat = organizer();
    expect(chat.say('notice other')[0]?.text).toContain('the event team');
    expect(chat.session.active).toBeUndefined();
  });

  it.each(['not-allowed', 'unknown-notice'])('and is refused as %s, reads the same sentence', (reason) => {
    const chat = organizer('zh');
    chat.say('通知 N12');
    expect(chat.ends({ ok: false, reason })[0]?.text).toBe(
      '在您可以管理的通知里没有 N12。发送“通知”可查看；需要帮助，请联系：会务组 028-8512 3456',
    );
  });
});

describe('orders about a notice', () => {
  it.each([
    ['notice', 'notices', {}],
    ['通知', 'notices', {}],
    ['notice N12', 'show-notice', { number: 12, view: 'stand' }],
    ['通知 N12', 'show-notice', { number: 12, view: 'stand' }],
    ['notice n12 send 412', 'send-notice', { number: 12, counted: 412 }],
    ['notice N12 send 1,412 people', 'send-notice', { number: 12, counted: 1412 }],
    ['通知N12发送412', 'send-notice', { number: 12, counted: 412 }],
    ['通知 N12 发送 412 人', 'send-notice', { number: 12, counted: 412 }],
    ['notice N12 send', 'show-notice', { number: 12, view: 'stand' }],
    ['notice N12 test', 'test-notice', { number: 12 }],
    ['通知 N12 测试', 'test-notice', { number: 12 }],
    ['notice N12 pause', 'steer-notice', { number: 12, act: 'pause' }],
    ['通知 N12 继续', 'steer-notice', { number: 12, act: 'resume' }],
    ['通知 N12 取消', 'steer-notice', { number: 12, act: 'cancel' }],
    ['notice N12 change', 'open-notice', { number: 12 }],
    ['通知 N12 报告', 'report-notice', { number: 12 }],
    ['notice N12 post', 'show-notice', { number: 12, view: 'post' }],
    ['notice N12 without wechat', 'leave-out', { number: 12, channel: 'wechat' }],
    ['通知 N12 重发', 'show-notice', { number: 12, view: 'resend-unknown' }],
    ['notice N12 resend failed', 'show-notice', { number: 12, view: 'resend-failed' }],
    ['notice N12 resend failed yes', 'resend-notice', { number: 12, what: 'failed' }],
    ['received N12', 'notice-received', { number: 12 }],
    ['收到 N12', 'notice-received', { number: 12 }],
    ['template save N12 welcome', 'save-template', { number: 12, code: 'welcome' }],
    ['模板 保存 N12 welcome', 'save-template', { number: 12, code: 'welcome' }],
  ])('“%s” is understood', (said, kind, input) => {
    const chat = organizer();
    chat.say(said);
    expect(chat.effects).toEqual([expect.objectContaining({ kind, input })]);
  });

  it.each([
    'notice N0',
    'notice N12 dance',
    'notice N12 without',
    'notice N12 pause now',
    'notice nowhere',
    'notice __proto__',
  ])('“%s” is none, and what there is is said', (said) => {
    const chat = organizer();
    expect(chat.say(said)[0]?.text).toContain('notice fair');
    expect(chat.effects).toEqual([]);
  });

  it('are heard within a form, where its text is asked for; a sentence is not', () => {
    const chat = written('1', 'everybody', '通知：明天的活动改到东门');
    expect(chat.answers['text-zh']).toBe('通知：明天的活动改到东门');
    chat.say('notice N3 pause');
    expect(chat.effects[0]?.kind).toBe('steer-notice');
  });
});

describe('an audience as it could have been typed', () => {
  it.each([
    'everybody',
    'onsite and not language en',
    'session opening or waitlist',
    '(onsite or online) and confirmed',
    'past guests',
    'past guests, onsite',
    'role owner or organizer',
    'tickets 7K2M9QXA 8K2M9QXA and online',
    'not (onsite and kind enterprise)',
  ])('reads back as “%s”', (said) => {
    const read = parseAudience(said, fair, 'en');
    if ('problem' in read) throw new Error(read.problem);
    for (const lang of ['zh', 'en'] as const) {
      const text = writeAudience(read.audience, fair, lang);
      expect(parseAudience(text ?? '', fair, lang)).toEqual(read);
    }
  });

  it('is none for what is gone', () => {
    const source = { kind: 'event', event: fair.id } as const;
    expect(writeAudience({ source, where: { session: 'gone' } }, fair, 'en')).toBeUndefined();
  });
});
