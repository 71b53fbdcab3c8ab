import { describe, expect, it } from 'vitest';
import type { Lang } from '../../src/text/text.ts';
import { event, facts, guest, NOW, registered, texts } from './guest.ts';

const fair = event('fair');
const accounts = ['a', 'b'].map((id) => ({ channel: 'web', bot: 'main', id }));
const linked = facts([fair], { person: { accounts } });
const CODE = { code: '7K2M-9QXA', until: new Date(NOW.getTime() + 600_000) };

/** What is told when something that was said ends so. */
function told(said: string, outcome: Parameters<ReturnType<typeof guest>['ends']>[0], lang: Lang = 'en') {
  const chat = guest(linked, lang);
  chat.say(said);
  return texts(chat.ends(outcome));
}

describe('link', () => {
  it.each(['link', '/link', '绑定'])('“%s” asks for a code', (said) => {
    const chat = guest(facts([fair]));
    expect(chat.say(said)).toEqual([]);
    expect(chat.effects).toEqual([{ id: 'chat.1', kind: 'link-code', input: {} }]);
  });

  it('tells the code, until when it works, and what to do with it', () => {
    expect(told('link', { ok: true, data: CODE })).toEqual([
      'Link code: 7K2M-9QXA\nIt works once, until Sun, 10 May 2026 10:10 (Asia/Shanghai).\n\nSend “link 7K2M-9QXA” from your other account (WeChat, Telegram or the web, for example). Both will then share your registrations, tickets and reminders.\n\nPlease keep the code to yourself: an account that uses it can see and change your registrations.',
    ]);
    expect(told('绑定', { ok: true, data: CODE }, 'zh')).toEqual([
      '绑定码：7K2M-9QXA\n有效期至 2026年5月10日周日 10:10（Asia/Shanghai），只能使用一次。\n\n请用您的另一个账号（如微信、Telegram 或网页）发送“绑定 7K2M-9QXA”，两个账号即可共用报名、票和提醒。\n\n请勿将绑定码告诉他人：使用绑定码的账号可以查看和修改您的报名。',
    ]);
  });

  it.each([
    'link 7K2M-9QXA',
    'link 7k2m9qxa',
    'link 7K2M 9QXA',
    '/link: 7k2m-9qxa',
    '绑定7K2M9QXA',
    '绑定 ７Ｋ２Ｍ－９ＱＸＡ',
    '绑定：7K2M-9QXA。',
  ])('hears the code in “%s”, and only looks at it', (said) => {
    const chat = guest(facts([fair]));
    chat.say(said);
    expect(chat.effects.map(({ kind }) => kind)).toEqual(['check-link']);
    expect(String(chat.effects[0]?.input.code).toUpperCase()).toBe('7K2M9QXA');
  });

  it.each(['link me', 'link 7K2M9QXA constructor', '绑定微信', 'link 7K2M-9QX', `link ${'x'.repeat(5_000)}`])(
    'says what a code is like to “%s”, and tries nothing',
    (said) => {
      const chat = guest(facts([fair]));
      expect(chat.say(said)[0]?.text).toContain('for example: link 7K2M-9QXA');
      expect(chat.effects).toEqual([]);
    },
  );

  it('is heard in a form where words are asked for, with a code alone', () => {
    const chat = guest(facts([fair]));
    for (const said of ['register', 'link 7K2M-9QXA']) chat.say(said);
    expect(chat.effects[0]?.kind).toBe('check-link');
    expect(chat.answers).not.toHaveProperty('name');
    const other = guest(facts([fair]));
    for (const said of ['register', '绑定先生']) other.say(said);
    expect(other.answers.name).toBe('绑定先生');
  });

  /** A chat that was asked whether to go on with a code that brings so many registrations. */
  function asked(registrations: number, lang: Lang = 'en') {
    const chat = guest(facts([fair]), lang);
    chat.say('link 7K2M-9QXA');
    chat.ends(joined(registrations));
    return chat;
  }

  it.each([
    [
      0,
      'en',
      'This joins this account to the person who made the code: there are no registrations here yet, and later ones would be shared with them. Only go on if you made this code yourself on another account.',
    ],
    [1, 'en', 'the code: 1 registration here would be shared with them. Only go on if you made this code'],
    [2, 'en', 'the code: 2 registrations here would be shared with them. Only go on if you made this code'],
    [
      0,
      'zh',
      '绑定后，当前账号将并入生成绑定码的人。这里还没有报名，今后的报名将与对方共用。只有当绑定码是您本人用另一个账号生成的，才请继续。',
    ],
    [2, 'zh', '生成绑定码的人。这里的 2 个报名将与对方共用。只有当绑定码是您本人'],
  ] as const)('asks before it joins %i registrations (%s)', (count, lang, said) => {
    const chat = asked(count, lang);
    expect(chat.last.text).toContain(said);
    expect(chat.labels).toEqual(
      lang === 'en' ? ['I made it, link them', 'Do not link them'] : ['是我生成的，绑定', '不绑定'],
    );
    expect(chat.effects).toHaveLength(1);
  });

  it('joins by a press, a number or the words, and by nothing else', () => {
    for (const said of [
      '1',
      'I made it, link them',
      'link 7K2M-9QXA yes',
      'LINK 7k2m9qxa Yes',
      '绑定7K2M9QXA yes',
      '绑定 7K2M-9QXA 是。',
    ]) {
      const chat = asked(1);
      chat.say(said);
      expect(chat.effects.map(({ kind }) => kind)).toEqual(['check-link', 'link']);
      expect(String(chat.effects[1]?.input.code).toUpperCase()).toBe('7K2M9QXA');
    }
    const zh = asked(1, 'zh');
    zh.press('是我生成的，绑定');
    expect(zh.effects[1]).toMatchObject({ kind: 'link', input: { code: '7K2M9QXA' } });
  });

  it('is left alone by no', () => {
    const chat = asked(1, 'zh');
    expect(texts(chat.press('不绑定'))).toEqual(['好的，没有绑定，账号和报名都没有变化。']);
    expect(texts(asked(1).say('link 7K2M-9QXA no'))).toEqual([
      'Fine, nothing was linked, and nothing has changed.',
    ]);
    expect(texts(asked(1, 'zh').say('绑定 7K2M-9QXA 否'))[0]).toContain('没有绑定');
    expect(chat.effects).toHaveLength(1);
  });

  const joined = (registrations: number) => ({ ok: true, data: { registrations } }) as const;
  it.each([
    [0, 'en', 'This account had no registrations to bring along.'],
    [1, 'en', '1 registration came along, with the same ticket and seat.'],
    [3, 'en', '3 registrations came along, with the same tickets and seats.'],
    [0, 'zh', '绑定成功。这个账号没有需要合并的报名。两个账号'],
    [2, 'zh', '绑定成功。这个账号的 2 个报名已合并，票号和名额不变。两个账号'],
  ] as const)('tells that %i registrations came along (%s)', (count, lang, said) => {
    expect(told('link 7K2M-9QXA yes', joined(count), lang)[0]).toContain(said);
  });

  it.each([
    ['bad-code', undefined, 'not valid', '无效'],
    ['too-many-tries', { minutes: 1 }, 'try again in 1 minute.', '请 1 分钟后再试'],
    ['too-many-tries', { minutes: 8 }, 'try again in 8 minutes.', '请 8 分钟后再试'],
    ['own-code', undefined, 'from your other account', '您的另一个账号'],
    ['already-linked', undefined, 'linked already', '已经绑定'],
    ['both-registered', { event: fair }, 'Send “cancel fair” from one of them', '发送“取消 fair”'],
  ])('that ends with %s is told with what to do', (reason, data, en, zh) => {
    const outcome = { ok: false, reason, ...(data && { data }) } as const;
    for (const yes of ['', ' yes']) {
      expect(told(`link 7K2M-9QXA${yes}`, outcome, 'en')[0]).toContain(en);
      expect(told(`绑定 7K2M-9QXA${yes}`, outcome, 'zh')[0]).toContain(zh);
    }
  });

  it('in a room is left to a private chat', () => {
    for (const text of ['link', 'link 7K2M-9QXA', 'unlink yes']) {
      const chat = guest(linked);
      chat.take({ kind: 'text', text, room: true });
      expect(chat.effects).toEqual([]);
      expect(chat.last.choices).toBeUndefined();
    }
  });
});

describe('unlink', () => {
  it.each(['unlink', '解绑', '解除绑定', '/unlink'])('“%s” asks first', (said) => {
    const chat = guest(linked);
    chat.say(said);
    expect(chat.last.text).toContain('Do you really want to unlink this account?');
    expect(chat.labels).toEqual(['Yes, unlink it', 'Keep it linked']);
    expect(chat.effects).toEqual([]);
  });

  it('is done by a press, a number or the words', () => {
    for (const said of ['1', 'Yes, unlink it', 'unlink yes']) {
      const chat = guest(linked);
      for (const text of ['unlink', said]) chat.say(text);
      expect(chat.effects).toEqual([{ id: 'chat.1', kind: 'unlink', input: { from: 'person' } }]);
    }
    const chat = guest(linked, 'zh');
    chat.say('解绑');
    chat.press('确定解绑');
    expect(texts(chat.ends())[0]).toContain('已解绑。您的报名和票保留在其他账号里。');
  });

  it('or left alone', () => {
    const chat = guest(linked, 'zh');
    chat.say('解绑');
    expect(texts(chat.press('保持绑定'))).toEqual(['好的，账号保持绑定。']);
    expect(chat.effects).toEqual([]);
  });

  it.each(['unlink other', 'unlink others', '解绑其他', '解绑 其他账号'])(
    '“%s” asks for all the others',
    (said) => {
      const chat = guest(linked);
      chat.say(said);
      expect(chat.last.text).toContain('Do you really want to unlink your other accounts?');
      chat.press('Yes, unlink the others');
      expect(chat.effects).toEqual([{ id: 'chat.1', kind: 'unlink-others', input: {} }]);
      expect(texts(chat.ends({ ok: true, data: { first: true } }))).toEqual([
        'Your other accounts are unlinked. To link one again, send “link” here to get a code.',
      ]);
      const zh = guest(linked, 'zh');
      zh.say('解绑其他 yes');
      expect(texts(zh.ends({ ok: true, data: { first: false } }))[0]).toContain('只保留最初的账号');
      const kept = guest(linked);
      expect(texts(kept.say('unlink other no'))).toEqual(['Fine, the accounts stay linked.']);
    },
  );

  it('says so where nothing is linked', () => {
    const alone = facts([fair], { registrations: [registered(fair)] });
    expect(texts(guest(alone).say('unlink'))).toEqual([
      'No other account is linked to this one. Send “link” to link one.',
    ]);
    expect(texts(guest(alone, 'zh').say('解绑'))).toEqual(['当前账号没有绑定其他账号。发送“绑定”可绑定。']);
  });

  it.each([
    ['nothing-linked', 'No other account is linked', '没有绑定其他账号'],
    ['first-account', 'send “unlink” from the other account', '请用要解除的那个账号发送“解绑”'],
  ])('that ends with %s is told with what to do', (reason, en, zh) => {
    expect(told('unlink yes', { ok: false, reason }, 'en')[0]).toContain(en);
    expect(told('unlink yes', { ok: false, reason }, 'zh')[0]).toContain(zh);
  });
});
