import { describe, expect, it } from 'vitest';
import { OTHERS } from '../../src/conversation/types.ts';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';

const inRoom = (chat: Chat<typeof TOY_FACTS>, text: string) => chat.take({ kind: 'text', text, room: true });

describe('in a room that others read', () => {
  it('what everybody may read is answered, without buttons', () => {
    const [reply, ...more] = inRoom(new Chat(toy, TOY_FACTS, 'en'), 'the weather');
    expect(more).toEqual([]);
    expect(reply).toEqual({ seq: 1, kind: 'say', text: 'It will be sunny.' });
  });

  it.each(['trip', 'trip lake', 'hello', '1', 'cancel', 'back', ''])(
    '“%s” is invited to a private chat',
    (said) => {
      const chat = new Chat(toy, TOY_FACTS, 'zh');
      const [reply, ...more] = inRoom(chat, said);
      expect(more).toEqual([]);
      expect(reply).toMatchObject({ kind: 'say', text: expect.stringContaining('请私聊我') });
      expect(reply).not.toHaveProperty('choices');
      expect(chat.session.active).toBeUndefined();
      expect(chat.effects).toEqual([]);
    },
  );
});

describe('what is neither text nor a file', () => {
  it.each(OTHERS)('such as %s is told in a form that it was not read, and the question again', (what) => {
    const chat = new Chat(toy, TOY_FACTS, 'en');
    for (const said of ['trip', 'English']) chat.say(said);
    const [reply, ...more] = chat.take({ kind: 'other', what });
    expect(more).toEqual([]);
    expect(reply?.text).toMatch(/^I cannot read .+\. Please answer in words.*\n\nWhat is your name\?$/su);
    expect(chat.question).toBe('name');
  });

  it('is told outside of a form too, with the menu', () => {
    const [reply] = new Chat(toy, TOY_FACTS, 'zh').take({ kind: 'other', what: 'voice' });
    expect(reply?.text).toContain('暂时看不懂语音，请用文字告诉我。');
    expect(reply?.choices?.length).toBeGreaterThan(0);
  });
});
