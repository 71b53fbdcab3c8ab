import { describe, expect, it } from 'vitest';
import { letters } from '../../flows/letters.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Lang } from '../../src/text/text.ts';
import type { Facts } from '../../src/usecases/load-facts.ts';
import type { ShownNotice } from '../../src/usecases/show-notice.ts';
import type { Preview } from '../../src/usecases/write-notice.ts';
import { aNotice } from '../support/notices.ts';
import type { Chat } from '../support/talk.ts';
import { event, facts, guest, NOW, texts } from './guest.ts';

const fair = event('fair', { languages: ['zh', 'en'] });
const GRANT = {
  id: 'g',
  person: 'person',
  role: 'owner',
  office: null,
  event: null,
  part: null,
  note: null,
  by: null,
  at: NOW,
  ended: null,
} as const;

const noticeOf = (given: Partial<Notice> = {}): Notice =>
  aNotice({
    number: 12,
    event: fair.id,
    audience: { source: { kind: 'event', event: fair.id }, where: { all: [] } },
    ...given,
  });

const copyOf = (notice: Notice, lang: Lang) => letters.notice(notice, fair, lang, {});

function previewOf(given: Partial<Preview> = {}, notice = noticeOf()): Preview {
  return {
    notice,
    event: fair,
    count: {
      total: 420,
      unreachable: 3,
      unsubscribed: 5,
      withoutRegistration: 0,
      lanes: { 'telegram:main': 300, 'web:main': 117 },
      languages: { zh: 400, en: 20 },
      unknownTickets: [],
    },
    reach: 412,
    lanes: [
      { lane: 'telegram:main', count: 300, seconds: 10, limit: undefined },
      { lane: 'web:main', count: 117, seconds: 1, limit: undefined },
    ],
    letters: { zh: copyOf(notice, 'zh'), en: copyOf(notice, 'en') },
    begins: null,
    isDelayed: false,
    ...given,
  };
}

function shownOf(given: Partial<ShownNotice> = {}, notice = noticeOf({ state: 'done' })): ShownNotice {
  return {
    notice,
    event: fair,
    preview: null,
    progress: { total: 10, sent: 6, unknown: 3, failed: 1, skipped: 0, remaining: 0, causes: { blocked: 1 } },
    seconds: undefined,
    plain: { zh: copyOf(notice, 'zh'), en: copyOf(notice, 'en') },
    ...given,
  };
}

function told(order: string, data: unknown, lang: Lang = 'en'): Chat<Facts> {
  const chat = guest(facts([fair], { grants: [GRANT] }), lang);
  chat.say(order);
  chat.ends({ ok: true, data });
  return chat;
}

const linesOf = ({ last }: Chat<Facts>): string[] => last.text.split('\n');
const valuesOf = ({ last }: Chat<Facts>) => last.choices?.map(({ value }) => value);

describe('the preview of a notice', () => {
  it('shows a copy in each language, then whom it reaches and what can be done', () => {
    const notice = noticeOf({ content: { ...noticeOf().content, buttons: ['receipt'] } });
    const chat = told('notice N12', shownOf({ preview: previewOf({}, notice) }));
    expect(chat.heard.slice(0, 2).map(({ text }) => text)).toEqual([
      'Preview, as readers of Chinese get it:\n\n请留意。\n\nButtons: 确认收到',
      'Preview, as readers of English get it:\n\nPlease note.\n\nButtons: I have read this',
    ]);
    expect(linesOf(chat)).toEqual([
      'Notice N12 (a draft, not sent yet)',
      'Event: Matchmaking fair',
      'For: registered guests, 420 in all',
      'By channel: Telegram 300, the web chat 117',
      'By language: Chinese 400, English 20',
      'Left out: 5 unsubscribed, 3 without an account that can be written to',
      'Takes: about 10 seconds',
      'Begins: as soon as you confirm',
    ]);
    expect(valuesOf(chat)).toEqual([
      'notice N12 send 412',
      'notice N12 test',
      'notice N12 change',
      'notice N12 cancel',
    ]);
    expect(chat.labels[0]).toBe('Send to 412 people');
  });

  it('says so where quiet hours put it off, or do not', () => {
    const begins = new Date('2026-05-11T08:00:00+08:00');
    const delayed = told('通知 N12', shownOf({ preview: previewOf({ begins, isDelayed: true }) }), 'zh');
    expect(delayed.last.text).toContain('08:00（Asia/Shanghai）（22:00–8:00 不打扰，顺延到早上）');
    const critical = told(
      '通知 N12',
      shownOf({ preview: previewOf({}, noticeOf({ critical: true })) }),
      'zh',
    );
    expect(critical.last.text).toContain('重要通知：不受免打扰时段限制');
    expect(critical.last.text).not.toContain('已退订 5');
  });

  it('does not offer what is beyond the limit of a person’s own account, but what to do instead', () => {
    const lanes = [{ lane: 'wechat:main', count: 300, seconds: 450, limit: 50 }];
    const chat = told('notice N12', shownOf({ preview: previewOf({ lanes }) }));
    expect(chat.last.text).toContain('At a person’s pace it would take 8 minutes');
    expect(valuesOf(chat)).toEqual([
      'notice N12 without wechat',
      'notice N12 post',
      'notice N12 test',
      'notice N12 change',
      'notice N12 cancel',
    ]);
  });

  it('names a channel that is left out, and offers nothing to send where nobody is left', () => {
    const notice = noticeOf({ without: ['telegram', 'web'] });
    const chat = told('notice N12 without web', previewOf({ lanes: [], reach: 0 }, notice));
    expect(chat.last.text).toContain('300 on Telegram, which is left out');
    expect(chat.last.text).toContain('Nobody would get this notice');
    expect(valuesOf(chat)?.some((value) => value.includes('send'))).toBe(false);
  });
});

describe('a notice on its way', () => {
  it('is told of by its state, with what can be done', () => {
    const running = noticeOf({ state: 'running' });
    const chat = told('notice N12', shownOf({}, running));
    expect(valuesOf(chat)).toEqual(['notice N12 pause', 'notice N12 cancel', 'notice N12 report']);
    const missed = told('notice N12', shownOf({}, noticeOf({ state: 'missed' })));
    expect(valuesOf(missed)).toEqual(['notice N12 change']);
  });

  it('is sent again only after a question that says what may happen', () => {
    const chat = told('notice N12 resend unknown', shownOf());
    expect(chat.last.text).toContain('Sent again, it may arrive twice');
    chat.press('Yes, send it again');
    expect(chat.effects.at(-1)).toMatchObject({
      kind: 'resend-notice',
      input: { number: 12, what: 'unknown' },
    });
    expect(chat.ends({ ok: true, data: { notice: noticeOf(), count: 3 } })[0]?.text).toBe(
      'Notice N12 is being sent once more to 3 people.',
    );
    const progress = { ...shownOf().progress, unknown: 0 };
    expect(told('notice N12 resend unknown', shownOf({ progress })).last.text).toContain('nothing was sent');
  });

  it('is followed up with only after a question', () => {
    const chat = guest(facts([fair], { grants: [GRANT] }), 'en');
    chat.say('notice N12 escalate');
    expect(chat.effects).toEqual([]);
    chat.press('Yes, send it');
    expect(chat.effects.at(-1)).toMatchObject({ kind: 'escalate-notice', input: { number: 12 } });
    const unreached = [{ person: 'bo', ticket: '7K2M9QXA', name: 'Guest of honour' }];
    const told = chat.ends({ ok: true, data: { notice: noticeOf(), count: 2, unreached } });
    expect(texts(told)).toEqual([
      'It goes to 2 people once more, by another channel.',
      '1 person has no other channel, so somebody should call them:\nGuest of honour (ticket 7K2M9QXA)',
    ]);
  });

  it('gives its words for a group as one message, with a word about variables where there are some', () => {
    const chat = told('notice N12 post', shownOf());
    expect(chat.heard.map(({ text }) => text)).toEqual([
      'The next message can be pasted into a WeChat group as it is:',
      '请留意。\n\nPlease note.',
    ]);
    const own = noticeOf({ content: { ...noticeOf().content, text: { zh: '{姓名}，您好' } } });
    const plain = { zh: copyOf(own, 'zh') };
    expect(told('通知 N12 群文字', shownOf({ plain }, own), 'zh').heard[0]?.text).toContain(
      '请先改成对大家都合适的说法',
    );
  });

  it.each([
    ['scheduled', 'is confirmed already and begins on'],
    ['running', 'is on its way already'],
    ['done', 'has been sent already'],
    ['cancelled', 'is cancelled'],
    ['draft', 'is a draft, and nothing was sent'],
  ] as const)('is not confirmed again when it is %s', (state, why) => {
    const chat = guest(facts([fair], { grants: [GRANT] }));
    chat.say('notice N12 send 412');
    const [reply] = chat.ends({
      ok: false,
      reason: 'wrong-state',
      data: { notice: noticeOf({ state, startsAt: NOW }) },
    });
    expect(reply?.text).toContain(why);
  });

  it('that was opened begins the form with what it was written with', () => {
    const notice = noticeOf({
      critical: true,
      content: { ...noticeOf().content, link: 'https://example.org' },
    });
    const chat = told('notice N12 change', { notice, event: fair, fileSize: null, now: NOW });
    expect(chat.question).toBe('$review');
    expect(linesOf(chat)).toEqual([
      'Please check the notice. Nothing is sent yet; a preview comes first:',
      'Change of notice · Matchmaking fair',
      '',
      'Template: Write it myself',
      'Audience: Everybody registered',
      'Chinese text: 请留意。',
      'English text: Please note.',
      'File: (none)',
      'Buttons: (none)',
      'Link: https://example.org',
      'Priority: Critical',
      'Time: Now, once confirmed',
    ]);
    chat.say('confirm');
    expect(chat.effects.at(-1)?.input).toMatchObject({ edits: 12, critical: true, startsAt: null });
  });
});
