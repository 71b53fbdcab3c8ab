import { describe, expect, it } from 'vitest';
import { clean, commandOf, controlOf, fold, narrow } from '../../src/conversation/words.ts';

describe('text as it is kept', () => {
  it.each([
    ['no space around it', '  Ann \n', 'Ann'],
    ['nothing invisible', '\u200bAnn\u0000\u202e\ufeff', 'Ann'],
    ['its line breaks', 'a\nb', 'a\nb'],
    ['full-width marks as they were typed', '某大学（深圳）', '某大学（深圳）'],
    ['composed letters', 'Zoe\u0308', 'Zoë'],
    ['joined emoji whole', '👩‍🔬', '👩‍🔬'],
    ['right-to-left words', '\u200fمكتب', 'مكتب'],
  ])('has %s', (_, given, kept) => expect(clean(given)).toBe(kept));
});

describe('text as it is read', () => {
  it('is narrow', () => expect(narrow('ＡＢ１２＠，')).toBe('AB12@,'));
  it('has one case, one space and no full stop', () =>
    expect(fold(' Yes,\t PLEASE。！')).toBe('yes, please'));
});

describe('a word that steers', () => {
  it.each([
    ['help', 'help'],
    ['？', 'help'],
    ['/help', 'help'],
    ['Back!', 'back'],
    ['返回。', 'back'],
    ['ｓｋｉｐ', 'skip'],
    ['停止', 'cancel'],
    ['STOP', 'cancel'],
    [' continue ', 'resume'],
    ['继续', 'resume'],
  ])('is heard in “%s”', (said, control) => expect(controlOf(said)).toBe(control));

  it.each(['', '/', 'help me', 'backwards', '跳过吧不', 'constructor'])('is not heard in “%s”', (said) =>
    expect(controlOf(said)).toBeUndefined(),
  );
});

describe('a command', () => {
  const commands = [
    { id: 'mine', words: { zh: ['我的', '我的报名'], en: ['mine', 'my registration'] }, argument: true },
    { id: 'register', words: { zh: ['报名'], en: ['register'] }, argument: true },
    { id: 'stop', words: { zh: ['退订'], en: ['unsubscribe'] } },
  ] as const;
  const heard = (said: string) => {
    const found = commandOf(commands, said, undefined);
    return found && [found.command.id, found.argument];
  };

  it.each([
    ['register', 'register', ''],
    ['REGISTER Chengdu', 'register', 'Chengdu'],
    ['/register chengdu', 'register', 'chengdu'],
    ['register: chengdu', 'register', 'chengdu'],
    ['报名chengdu', 'register', 'chengdu'],
    ['报名：chengdu', 'register', 'chengdu'],
    ['报名　ｃｈｅｎｇｄｕ', 'register', 'chengdu'],
    ['报名，chengdu。', 'register', 'chengdu。'],
    ['my  registration', 'mine', ''],
    ['我的报名', 'mine', ''],
    ['退订！', 'stop', ''],
  ])('is heard in “%s”', (said, id, argument) => expect(heard(said)).toEqual([id, argument]));

  it.each(['registered', 'registering now', 'unsubscribe me', '退订吧', '', '/', 'please register'])(
    'is not heard in “%s”',
    (said) => expect(heard(said)).toBeUndefined(),
  );
});
