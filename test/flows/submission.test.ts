import { beforeEach, describe, expect, it } from 'vitest';
import { later } from '../domain/examples.ts';
import type { House } from '../usecases/house.ts';
import { CLOSES, filled, houseWithCall, join, stored, write } from '../usecases/project-house.ts';
import { Applicant } from './applicant.ts';

let house: House;
const asked = {
  industrialization: 'off',
  market: 'off',
  capital: 'required',
  cooperation: 'off',
  patents: 'off',
  deck: 'required',
  images: 'optional',
} as const;

beforeEach(async () => {
  house = await houseWithCall({ asked }, { languages: ['zh'] });
});

/** Somebody who is asked for this part. */
async function at(part: string, lang: 'zh' | 'en' = 'en'): Promise<Applicant> {
  const answers: Readonly<Record<string, string>> = {
    'title-zh': '盐碱地改良技术',
    field: '2',
    applicant: '1',
    organization: '热能系',
    contact: '项目联络人',
    phone: '13800138000',
    email: lang === 'zh' ? '跳过' : 'skip',
    stage: '1',
    'summary-zh': '改良土壤。',
    capital: '500万',
  };
  const who = new Applicant(house, 'lead', lang);
  await who.say('submit');
  for (let turns = 0; who.chat.question !== part; turns++) {
    const answer = answers[who.chat.question ?? ''];
    if (answer === undefined || turns > 20)
      throw new Error(`expected to be asked for ${part}, heard ${who.chat.last.text}`);
    await who.say(answer);
  }
  return who;
}

async function addFile(id: string, type: string): Promise<void> {
  const file = {
    id,
    conversation: 'c',
    name: `${id}.x`,
    type,
    size: 10,
    sha256: id,
    createdAt: house.clock.now(),
  };
  await house.stores.files.add(file, new Uint8Array(10), later(house.clock.now(), 60));
}

describe('what cannot be taken gets a sentence of its own, and nothing is lost', () => {
  it.each([
    [
      'zh',
      '收到 2,000 字，超出 1,920 字（上限 80 字），没有保存。刚才的内容还在上面的聊天记录里，请缩短后再发一次。',
    ],
    [
      'en',
      'That has 2,000 characters, 1,920 too many (80 at most), so it was not saved. Your text is still above in this chat: please shorten it and send it again.',
    ],
  ] as const)('a title of 2,000 characters, in %s', async (lang, sentence) => {
    const who = await at('title-zh', lang);
    expect((await who.say('x'.repeat(2_000)))[0]).toContain(`${sentence}\n\n`);
    expect(who.chat.question).toBe('title-zh');
  });

  it.each([
    ['zh', '“500”没有写明单位。请点选，或连同单位再发一次，例如：500万元', ['500万元', '500元']],
    [
      'en',
      '“500” has no currency. Please tap what you mean, or send it again with one, for example: CNY 5 million',
      ['CNY 5 million', 'CNY 500'],
    ],
  ] as const)('an amount without a unit, in %s', async (lang, sentence, labels) => {
    const who = await at('capital', lang);
    expect((await who.say('500'))[0]).toContain(sentence);
    expect(who.chat.labels).toEqual(labels);
    await who.press(labels[0]);
    expect((await stored(house, 'web:main:lead.1')).parts.capital?.value).toBe('5000000 CNY');
  });

  it.each([
    ['zh', '没有看懂“纳米”。请点选一项，或回复序号 1–6，例如 1。'],
    ['en', 'I did not understand “纳米”. Please tap a choice or reply with its number, 1–6, for example 1.'],
  ] as const)('an unknown field, in %s', async (lang, sentence) => {
    const who = await at('field', lang);
    expect((await who.say('纳米'))[0]).toContain(sentence);
  });

  it.each([
    ['zh', '没有找到项目“P09”，或您无权查看。发送“我的项目”可查看您的项目。'],
    ['en', 'There is no project “P09” that you can see. Send “projects” for your own.'],
  ] as const)('a project of others, in %s', async (lang, sentence) => {
    house = await houseWithCall();
    await filled(house);
    const who = new Applicant(house, 'eve', lang);
    expect(await who.say('project P09')).toEqual([sentence]);
    expect((await who.say('project P01'))[0]).toBe(sentence.replace('P09', 'P01'));
  });

  it.each([
    [
      'zh',
      '项目 P01 的提交已于 2026年5月15日周五 18:00（Asia/Shanghai）截止，刚才的内容没有保存；截止前保存的内容都还在。如需补交，请联系主办方重新开放：会务组 028-8512 3456',
    ],
    [
      'en',
      'Project P01 could be changed until Fri, 15 May 2026 18:00 (Asia/Shanghai), so what you sent last was not saved. Everything saved before is kept. The organizers can open it again: the event team, +86 28 8512 3456',
    ],
  ] as const)('an answer after the deadline, in %s', async (lang, sentence) => {
    const who = await at('capital', lang);
    const before = await stored(house, 'web:main:lead.1');
    house.clock.set(CLOSES);
    expect(await who.say('500万')).toEqual([sentence]);
    expect(await stored(house, 'web:main:lead.1')).toEqual(before);
    expect(await who.say('edit P01')).toEqual([sentence]);
    expect((await who.say('submit'))[0]).toContain(
      lang === 'zh' ? '已于 2026年5月15日周五 18:00' : 'closed on Fri, 15 May',
    );
    await house.stores.projects.save({ ...before, extendedUntil: later(CLOSES, 60), rev: before.rev + 1 });
    await who.say('edit P01');
    expect(who.chat.question).toBe('capital');
  });

  it.each([
    ['zh', 'executable', '“deck.pdf”是程序或含有宏，出于安全考虑没有保存。请发送以下格式：PDF 或 PPT。'],
    [
      'en',
      'executable',
      'For safety, programs and files with macros are not taken, so “deck.pdf” was not kept. Please send a PDF or a presentation.',
    ],
    ['zh', 'disguised', '文件“deck.pdf”的内容与扩展名不符，没有保存。请用原来的格式重新保存后发送。'],
    [
      'en',
      'disguised',
      'The file “deck.pdf” holds something else than its name says and was not kept. Please save it in its own format and send it again.',
    ],
    ['zh', 'empty', '文件“deck.pdf”是空的，没有保存。请检查后重新发送。'],
    ['en', 'empty', 'The file “deck.pdf” is empty and was not kept. Please check it and send it again.'],
  ] as const)('a file, in %s: %s', async (lang, problem, sentence) => {
    const who = await at('deck', lang);
    expect((await who.sendFile({ problem }))[0]).toContain(sentence);
    expect(who.chat.question).toBe('deck');
  });

  it('a file of another kind, and one that is gone when it is to be kept', async () => {
    const who = await at('deck');
    expect((await who.sendFile({ ref: 'a', type: 'image/png', name: 'a.png' }))[0]).toContain(
      '“a.png” is not in a format',
    );
    expect((await who.sendFile({ ref: 'gone' })).at(-1)).toContain(
      'That file is no longer there, so it was not saved.',
    );
    expect(who.chat.question).toBe('deck');
  });
});

describe('the form of a project', () => {
  it('takes a deck, pictures one after the other, and says what nobody else will read', async () => {
    const who = await at('deck');
    await addFile('deck1', 'application/pdf');
    await addFile('photo', 'image/png');
    await who.sendFile({ ref: 'deck1' });
    expect(who.chat.question).toBe('image-1');
    await who.sendFile({ ref: 'photo', type: 'image/png', name: 'photo.png' });
    expect(who.chat.question).toBe('image-2');
    await who.say('skip');
    expect(who.chat.labels).toEqual(['Contact', 'Phone', 'Capital needs', 'Deck', 'Done']);
    await who.press('Done');
    expect(who.chat.last.text).toContain(
      'Public in the manual: none of these, for the reviewers and judges only',
    );
    expect(who.chat.last.text).toContain('It can be changed until Fri, 15 May 2026 18:00 (Asia/Shanghai)');
    await who.press('Submit');
    expect((await stored(house, 'web:main:lead.1')).state).toBe('submitted');
    const [file] = await house.stores.files.byId(['deck1']);
    expect(file?.owners).toEqual(['project:web:main:lead.1']);
  });

  it('goes on where it was left, days later in another chat of the same person', async () => {
    const who = await at('summary-zh');
    expect((await who.say('cancel'))[0]).toContain('Draft P01 is saved.');
    house.clock.pass(3 * 24 * 60);
    const other = new Applicant(house, 'lead', 'zh', 'phone');
    await other.say('提交项目', '1');
    expect(other.chat.question).toBe('summary-zh');
    await other.say('改良土壤。');
    await who.say('continue');
    expect(who.chat.question).toBe('capital');
  });

  it('works the same for every member, each of whom hears what the others changed', async () => {
    house = await houseWithCall();
    await filled(house);
    await join(house, 'bo');
    const [lead, bo] = [new Applicant(house, 'lead'), new Applicant(house, 'bo')];
    await lead.say('skip', 'edit P01', 'skip', 'skip');
    await bo.say('edit P01', 'skip', 'skip');
    await bo.say('change contact', '新联络人');
    expect((await lead.say('change market expansion plan', '西北')).at(-1)).toContain(
      'Your team mate has just changed:',
    );
    expect((await stored(house)).parts.contact?.value).toBe('新联络人');
  });

  it('tells of a race that it lost, with what stands there now, and asks again', async () => {
    const who = await at('capital');
    await join(house, 'bo', 'web:main:lead.1');
    who.meanwhile = async () => {
      await write(house, 'bo', 'capital', '1000 USD', { project: 'web:main:lead.1' });
    };
    expect((await who.say('500万')).join('\n')).toContain(
      'A team mate has just changed this one. It reads now: USD 1,000\nWhat you sent was not saved; send it again to replace theirs.',
    );
    expect(who.chat.question).toBe('capital');
    await who.say('500万');
    expect((await stored(house, 'web:main:lead.1')).parts.capital).toMatchObject({
      value: '5000000 CNY',
      version: 2,
    });
  });

  it('ends where the deadline passes while an answer is on its way, and all that was kept stays', async () => {
    const who = await at('capital');
    const before = await stored(house, 'web:main:lead.1');
    who.meanwhile = async () => house.clock.set(CLOSES);
    expect((await who.say('500万')).at(-1)).toContain(
      'Project P01 could be changed until Fri, 15 May 2026 18:00',
    );
    expect(who.chat.session.active).toBeUndefined();
    expect(await stored(house, 'web:main:lead.1')).toEqual(before);
  });

  it('is begun for the event that is named, or says when that opens', async () => {
    const who = new Applicant(house, 'lead');
    expect((await who.say('submit nowhere'))[0]).toContain(
      'There is no event “nowhere” that takes projects.',
    );
    await who.say('submit fair');
    expect(who.chat.question).toBe('title-zh');
    house = await houseWithCall({ opensAt: later(house.clock.now(), 60) });
    expect((await new Applicant(house, 'bo').say('submit'))[0]).toBe(
      'The call for projects of “Matchmaking fair” opens on Sun, 10 May 2026 11:00 (Asia/Shanghai). Please send “submit” then.',
    );
  });

  it('asks an event’s own questions, and says when there are too many projects', async () => {
    const text = (words: string) => ({ zh: words, en: words });
    const questions = [
      {
        id: 'visit',
        kind: 'choice' as const,
        ask: text('Visit?'),
        label: text('Visit'),
        optional: false,
        choices: [
          { value: 'yes', label: text('Yes') },
          { value: 'no', label: text('No') },
        ],
      },
    ];
    house = await houseWithCall(
      { asked: { ...asked, deck: 'off', images: 'off' }, questions, perPerson: 1 },
      { languages: ['zh'] },
    );
    const who = await at('own-visit');
    await who.say('Yes', 'skip');
    expect(who.chat.last.text).toContain('Visit: Yes');
    const other = new Applicant(house, 'lead', 'en', 'phone');
    await other.say('submit new');
    expect((await other.say('乙')).at(-1)).toContain(
      'You have 1 open project for “Matchmaking fair” already',
    );
    expect(other.chat.session.active).toBeUndefined();
  });
});

describe('in a form, words of projects', () => {
  it('that stand in an answer are no command', async () => {
    const who = await at('title-zh');
    await who.say('项目 P01 的后续');
    expect(who.chat.question).toBe('field');
    expect((await stored(house, 'web:main:lead.1')).parts['title-zh']?.value).toBe('项目 P01 的后续');
  });

  it('“submit” under the review confirms it', async () => {
    const who = await at('deck');
    await addFile('deck1', 'application/pdf');
    await who.sendFile({ ref: 'deck1' });
    await who.say('skip', 'skip');
    expect(who.chat.last.kind).toBe('review');
    await who.say('submit');
    expect((await stored(house, 'web:main:lead.1')).state).toBe('submitted');
  });
});
