import { describe, expect, it } from 'vitest';
import type { Lang } from '../../src/text/text.ts';
import { event, facts, guest, texts } from './guest.ts';

const fair = event('fair', { title: { zh: '对接大会', en: 'Matchmaking conference' } });
const CODE = 'LY1.7K2M9QXA.h3Jq0s-axY2_Lm9P';
const SHOWN = { event: fair, ticket: '7K2M9QXA', registrations: 0 };

/** A chat that was asked whether to claim a ticket. */
function asked(lang: Lang, registrations = 0) {
  const chat = guest(facts([fair]), lang);
  chat.say(CODE);
  chat.ends({ ok: true, data: { ...SHOWN, registrations } });
  return chat;
}

describe('the code of a ticket', () => {
  it.each([
    CODE,
    ` ${CODE}。`,
    `ticket ${CODE}`,
    `/ticket ${CODE}`,
    `认领票 ${CODE}`,
    `认领票${CODE}`,
    `认领票：${CODE}`,
    `Ticket: ${CODE}.`,
  ])('is heard in “%s”, letter by letter, and only looked at', (said) => {
    const chat = guest(facts([fair]));
    expect(chat.say(said)).toEqual([]);
    expect(chat.effects).toEqual([{ id: 'chat.1', kind: 'check-ticket', input: { code: CODE } }]);
  });

  it('is heard in a form where words are asked for', () => {
    const chat = guest(facts([fair]));
    for (const said of ['register', CODE]) chat.say(said);
    expect(chat.effects[0]?.kind).toBe('check-ticket');
    expect(chat.answers).not.toHaveProperty('name');
    const other = guest(facts([fair]));
    for (const said of ['register', 'Ticket Office']) other.say(said);
    expect(other.answers.name).toBe('Ticket Office');
  });

  it.each(['ticket', '认领票', 'ticket 7K2M9QXA', 'LY1.short', `${CODE}xyz`, `ticket ${'x'.repeat(5_000)}`])(
    'says where to find one to “%s”, and tries nothing',
    (said) => {
      const chat = guest(facts([fair]));
      expect(chat.say(said)[0]?.text).toContain('scan the ticket’s QR code');
      expect(chat.effects).toEqual([]);
    },
  );

  it('asks first, naming the event and the ticket', () => {
    const en = asked('en');
    expect(en.last.text).toBe(
      'This is ticket 7K2M9QXA for “Matchmaking conference”. Claiming it joins this account to the person who holds it, and you would share registrations, tickets and reminders. Only go on if the ticket is your own.',
    );
    expect(en.labels).toEqual(['It is mine, claim it', 'Leave it']);
    const zh = asked('zh', 2);
    expect(zh.last.text).toBe(
      '这是“对接大会”的票，票号 7K2M9QXA。认领后，当前账号将并入这张票的持有人，共用报名、票和提醒。这里的 2 个报名也将共用。只有当这是您本人的票，才请继续。',
    );
    expect(zh.labels).toEqual(['是我的票，认领', '不认领']);
    expect(asked('en', 1).last.text).toContain('reminders. 1 registration here would be shared, too. Only');
  });

  it('joins by a press, a number or the words, and by nothing else', () => {
    for (const said of ['1', 'It is mine, claim it', `ticket ${CODE} yes`, `认领票 ${CODE} 是`]) {
      const chat = asked('en');
      chat.say(said);
      expect(chat.effects[1]).toEqual({ id: 'chat.2', kind: 'link-ticket', input: { code: CODE } });
      expect(texts(chat.ends({ ok: true, data: { registrations: 0 } }))[0]).toContain('are linked');
    }
    const left = asked('zh');
    expect(texts(left.press('不认领'))).toEqual(['好的，没有认领，账号和报名都没有变化。']);
    expect(left.effects).toHaveLength(1);
  });

  it.each([
    ['bad-ticket', undefined, 'That ticket code is not valid', '这个票码无效'],
    ['too-many-tries', { minutes: 8 }, 'try again in 8 minutes.', '请 8 分钟后再试'],
    [
      'ticket-cancelled',
      SHOWN,
      'for “Matchmaking conference” has been cancelled',
      '“对接大会”的这张票已取消',
    ],
    ['ticket-over', SHOWN, '“Matchmaking conference” is over', '“对接大会”已经结束'],
    ['own-ticket', SHOWN, 'conference”, ticket 7K2M9QXA. Send “mine”', '这就是您自己的票'],
    ['both-registered', SHOWN, 'Send “cancel fair” first', '请先发送“取消 fair”'],
  ])('that ends with %s is told with what to do', (reason, data, en, zh) => {
    const outcome = { ok: false, reason, ...(data && { data }) } as const;
    for (const [lang, said] of [
      ['en', en],
      ['zh', zh],
    ] as const)
      for (const yes of ['', ' yes']) {
        const chat = guest(facts([fair]), lang);
        chat.say(`ticket ${CODE}${yes}`);
        expect(texts(chat.ends(outcome))[0]).toContain(said);
      }
  });

  it('in a room is left to a private chat', () => {
    for (const text of [CODE, `ticket ${CODE}`]) {
      const chat = guest(facts([fair]));
      chat.take({ kind: 'text', text, room: true });
      expect(chat.effects).toEqual([]);
    }
  });
});
