import { describe, expect, it } from 'vitest';
import type { FileQuestion } from '../../src/conversation/flow.ts';
import type { FILE_PROBLEMS } from '../../src/conversation/types.ts';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, type ToyFacts, toy } from '../support/toy.ts';

const MEGABYTE = 1024 * 1024;

const pass: FileQuestion<ToyFacts> = {
  id: 'pass',
  kind: 'file',
  ask: { zh: '请发送车票。', en: 'Please send your bus pass.' },
  label: { zh: '车票', en: 'Bus pass' },
  accepts: ['application/pdf', 'image/'],
  maxBytes: 2 * MEGABYTE,
  formats: { zh: 'PDF 或图片', en: 'a PDF or a picture' },
};

/** A chat whose form asks for a file now. */
function atPass(given: Partial<FileQuestion<ToyFacts>> = {}, lang: 'zh' | 'en' = 'en'): Chat<ToyFacts> {
  const chat = new Chat<ToyFacts>(toy, { ...TOY_FACTS, extra: [{ ...pass, ...given }] }, lang);
  const language = lang === 'zh' ? '中文' : 'English';
  for (const said of ['/trip', language, 'Ann', '3', '1', 'skip']) chat.say(said);
  expect(chat.question).toBe('pass');
  return chat;
}

const STORED = { ref: 'f1', size: Math.round(1.26 * MEGABYTE) };

describe('a question for a file', () => {
  it('is answered by a stored file, which the review names with its size and the effect carries', () => {
    const chat = atPass();
    chat.sendFile('pass.pdf', STORED);
    expect(chat.last).toMatchObject({ kind: 'review' });
    expect(chat.last.text).toContain('Bus pass: pass.pdf (1.3 MB)');
    expect(chat.active.raw.pass).toEqual({
      kind: 'file',
      ref: 'f1',
      name: 'pass.pdf',
      type: 'application/pdf',
      size: STORED.size,
    });
    chat.say('confirm');
    expect(chat.effects.at(-1)?.input.pass).toEqual({
      ref: 'f1',
      name: 'pass.pdf',
      type: 'application/pdf',
      size: STORED.size,
    });
  });

  it('is shown in Chinese as a Chinese office writes it', () => {
    const chat = atPass({}, 'zh');
    chat.sendFile('车票.png', { ref: 'f1', type: 'image/png', size: 300 });
    expect(chat.last.text).toContain('车票：车票.png（1 KB）');
  });

  it('says to text that a file is needed', () => {
    expect(atPass().say('I will bring it')[0]?.text).toBe(
      'A file is needed here: a PDF or a picture. Please send it in this chat.\n\nPlease send your bus pass.',
    );
    expect(atPass({}, 'zh').say('带过来')[0]?.text).toBe(
      '这一项需要上传文件：PDF 或图片。请直接在这里发送。\n\n请发送车票。',
    );
  });

  it.each(['skip', '1', 'Skip'])('is passed by “%s” when it is optional', (said) => {
    const chat = atPass({ optional: true });
    expect(chat.last.text).toContain('(optional: reply “skip” to pass)');
    chat.say(said);
    expect(chat.last.text).toContain('Bus pass: (none)');
  });

  it('is not passed when it is needed', () => {
    expect(atPass().say('skip')[0]?.text).toContain('This one is needed and cannot be skipped.');
  });

  it.each<[(typeof FILE_PROBLEMS)[number], string, string]>([
    ['empty', 'is empty and was not kept', '是空的，没有保存'],
    ['too_big', 'is too large and was not kept. The limit here is 2 MB', '太大，没有保存。上限为 2 MB'],
    ['too_many', 'too many files in one day', '一天内发送的文件太多'],
    ['disguised', 'holds something else than its name says', '内容与扩展名不符'],
    ['executable', 'programs and files with macros are not taken', '是程序或含有宏，出于安全考虑没有保存'],
    ['bomb', 'would unpack to far too much', '解压后过大'],
    ['infected', 'A virus was found in', '发现病毒'],
    ['unavailable', 'did not get through. Please send it once more', '没有接收成功，请重新发送一次'],
  ])('says of a file that is not here why: %s', (problem, en, zh) => {
    for (const [lang, words] of [
      ['en', en],
      ['zh', zh],
    ] as const) {
      const [reply, ...more] = atPass({}, lang).sendFile('pass.pdf', { problem });
      expect(more).toEqual([]);
      expect(reply).toMatchObject({ kind: 'ask', question: 'pass' });
      expect(reply?.text).toContain('“pass.pdf”');
      expect(reply?.text).toContain(words);
    }
  });

  it('says so where files do not come through', () => {
    expect(atPass().sendFile('pass.pdf')[0]?.text).toContain('does not pass the contents of “pass.pdf” on');
  });

  it('takes what it accepts and nothing else', () => {
    const chat = atPass();
    const [other] = chat.sendFile('pass.zip', { ...STORED, type: 'application/zip' });
    expect(other?.text).toContain(
      '“pass.zip” is not in a format that is wanted here. Please send a PDF or a picture.',
    );
    const [large] = chat.sendFile('pass.pdf', { ...STORED, size: 3 * MEGABYTE });
    expect(large?.text).toContain('“pass.pdf” is 3 MB in size, above the limit of 2 MB here.');
    expect(chat.answers).not.toHaveProperty('pass');
    chat.sendFile('pass.webp', { ...STORED, type: 'image/webp' });
    expect(chat.answers.pass).toBe('f1');
  });

  it('does not take a file that was sent before the question was seen', () => {
    const chat = atPass();
    const [reply] = chat.sendFile('pass.pdf', { ...STORED, seen: 1 });
    expect(reply?.text).toContain('You sent “pass.pdf” before you could see the question below');
    expect(chat.answers).not.toHaveProperty('pass');
  });

  it('can be changed in the review, and keeps its answer when nothing new is sent', () => {
    const chat = atPass();
    chat.sendFile('old.pdf', STORED);
    chat.say('change bus pass');
    expect(chat.last.text).toContain('Your answer so far: old.pdf (1.3 MB).');
    chat.say('continue');
    expect(chat.last.text).toContain('old.pdf');
    chat.say('change bus pass');
    chat.sendFile('new.pdf', { ...STORED, ref: 'f2' });
    expect(chat.last.text).toContain('Bus pass: new.pdf');
  });

  it('is asked again when a release accepts less', () => {
    const chat = atPass();
    chat.sendFile('pass.pdf', STORED);
    chat.facts = { ...TOY_FACTS, extra: [{ ...pass, accepts: ['image/'] }] };
    chat.say('confirm');
    expect(chat.effects).toEqual([]);
    expect(chat.question).toBe('pass');
  });

  it('leaves a stored file alone where none is asked for', () => {
    const chat = new Chat(toy, TOY_FACTS);
    expect(chat.sendFile('pass.pdf', STORED)[0]?.text).toContain('Nothing needs a file just now');
  });
});
