import { describe, expect, it } from 'vitest';
import { book } from '../../flows/book.ts';
import type { Lang } from '../../src/text/text.ts';
import type { Facts } from '../../src/usecases/load-facts.ts';
import { aCall, aProject } from '../support/projects.ts';
import { Chat } from '../support/talk.ts';
import { event, facts, NOW } from './guest.ts';

const ORGANIZER = {
  id: 'grant',
  person: 'person',
  role: 'organizer',
  office: 'office',
  event: null,
  part: null,
  note: null,
  by: null,
  at: NOW,
  ended: null,
} as const;

const FAIR = event('fair', { call: aCall(), languages: ['zh', 'en'] });

function chat(lang: Lang = 'en', grants: Facts['grants'] = [ORGANIZER]): Chat<Facts> {
  return new Chat(book, facts([FAIR], { grants }), lang);
}

const effectOf = (said: string, lang?: Lang) => {
  const one = chat(lang);
  one.say(said);
  const { kind, input } = one.effects.at(-1) ?? {};
  return { kind, input };
};

/** What is told of an outcome. */
const told = (lang: Lang, said: string, outcome: object) => {
  const one = chat(lang);
  one.say(said);
  const [effect] = one.effects;
  if (!effect) throw new Error('expected an effect, received none');
  return book.tell(effect, outcome as never, { facts: one.facts, answers: {}, lang }).replies;
};

describe('what is to be exported', () => {
  it.each([
    ['export projects', { code: null, kind: 'projects', format: 'xlsx' }],
    ['export fair reviews csv', { code: 'fair', kind: 'reviews', format: 'csv' }],
    ['EXPORT CSV MATERIALS FAIR', { code: 'fair', kind: 'materials', format: 'csv' }],
    ['导出 项目', { code: null, kind: 'projects', format: 'xlsx' }],
    ['导出项目', { code: null, kind: 'projects', format: 'xlsx' }],
    ['导出 fair 审核表，csv', { code: 'fair', kind: 'reviews', format: 'csv' }],
    ['导出　材料　ｅｘｃｅｌ', { code: null, kind: 'materials', format: 'xlsx' }],
  ])('is read from %j', (said, input) => {
    expect(effectOf(said)).toEqual({ kind: 'export-table', input });
  });

  it.each([
    ['export decks', { code: null, images: false }],
    ['export fair decks images', { code: 'fair', images: true }],
    ['导出 路演材料包', { code: null, images: false }],
    ['导出 fair 路演材料包 图片', { code: 'fair', images: true }],
  ])('is an archive: %j', (said, input) => {
    expect(effectOf(said)).toEqual({ kind: 'export-decks', input });
  });

  it('is chosen where it was not said, and asked for again where it was not understood', () => {
    for (const [lang, said, words] of [
      ['en', 'export', 'What would you like to export?'],
      ['zh', '导出', '要导出什么？'],
      ['en', 'export everything now', 'I did not understand “everything now”.'],
      ['zh', '导出 所有', '没有看懂“所有”。'],
    ] as const) {
      const one = chat(lang);
      const [reply] = one.say(said);
      expect(reply?.text).toContain(words);
      expect(reply?.choices).toHaveLength(4);
      one.say('4');
      expect(one.effects.at(-1)?.kind).toBe('export-decks');
    }
  });

  it('is the files of one project, for whoever may see them', () => {
    for (const said of ['export P03', 'export fair p3', '导出P03', '导出 fair Ｐ０３']) {
      const one = chat('en', []);
      one.say(said);
      const code = said.includes('fair') ? 'fair' : null;
      expect(one.effects.at(-1)).toMatchObject({ kind: 'link-files', input: { code, number: 3 } });
    }
  });

  it('is nothing for whoever organizes nothing', () => {
    for (const [lang, said, words] of [
      ['en', 'export projects', 'Only organizers and owners can export.'],
      ['zh', '导出 项目', '只有主办方和管理员可以导出。'],
    ] as const) {
      const one = chat(lang, []);
      expect(one.say(said)[0]?.text).toContain(words);
      expect(one.effects).toEqual([]);
    }
  });

  it('stands in the menu of organizers of an event that calls for projects', () => {
    expect(
      chat('zh')
        .say('帮助')[0]
        ?.choices?.map(({ label }) => label),
    ).toContain('导出');
    expect(
      chat('zh', [])
        .say('帮助')[0]
        ?.choices?.map(({ label }) => label),
    ).not.toContain('导出');
  });
});

describe('what is told of an export', () => {
  const file = { kind: 'stored', id: 'f', name: 'fair-projects.csv', type: 'text/csv' };

  it('is the file with how many rows it has', () => {
    const outcome = { ok: true, data: { event: FAIR, kind: 'projects', listed: 12, file } };
    const en =
      'Projects of Matchmaking fair: 12 rows. The file is kept for a day; export it again after that.';
    expect(told('en', 'export projects', outcome)).toEqual([{ kind: 'file', text: en, file }]);
    const zh = '项目：“成果对接会”，共 12 行。文件保留一天，之后请重新导出。';
    expect(told('zh', '导出项目', outcome)).toEqual([{ kind: 'file', text: zh, file }]);
  });

  it('is the link to an archive, how large it is and until when it is good', () => {
    const data = {
      event: FAIR,
      files: 200,
      bytes: 1_500_000_000,
      link: 'https://h/exports/s/d.zip',
      until: NOW,
    };
    const [en] = told('en', 'export decks', { ok: true, data });
    expect(en?.text).toBe(
      'The decks of Matchmaking fair: 200 files, about 1,430.5 MB. Please download them before Sun, 10 May 2026 10:00 (Asia/Shanghai), and keep the link to yourself:\nhttps://h/exports/s/d.zip',
    );
    const [zh] = told('zh', '导出路演材料包', { ok: true, data });
    expect(zh?.text).toContain('“成果对接会”的路演材料包：200 个文件');
  });

  it('is links to files, or where there is no address the files', () => {
    const deck = { kind: 'stored', id: 'd', name: 'x.pdf', type: 'application/pdf' };
    const data = {
      event: FAIR,
      project: aProject(),
      until: NOW,
      files: [{ part: 'deck', file: deck, link: 'https://h/files/s/x.pdf' }],
    };
    expect(told('zh', '导出P01', { ok: true, data })[0]?.text).toBe(
      '盐碱地改良技术（P01）的文件，链接在 2026年5月10日周日 10:00（Asia/Shanghai）前有效，请勿外传：\n路演材料：x.pdf\nhttps://h/files/s/x.pdf',
    );
    const unlinked = { ...data, files: [{ part: 'deck', file: deck, link: undefined }] };
    expect(told('en', 'export P01', { ok: true, data: unlinked })).toEqual([
      { kind: 'file', text: 'Deck', file: deck },
    ]);
  });

  it('is which event is meant, and choosing it has the same', () => {
    const data = [{ code: 'fair', title: FAIR.title }];
    const [table] = told('en', 'export materials csv', { ok: false, reason: 'which-event', data });
    expect(table?.choices).toEqual([{ value: 'export fair materials csv', label: 'Matchmaking fair' }]);
    const [decks] = told('zh', '导出路演材料包 图片', { ok: false, reason: 'which-event', data });
    expect(decks?.choices).toEqual([{ value: 'export fair decks images', label: '成果对接会' }]);
    expect(effectOf('export fair decks images').input).toEqual({ code: 'fair', images: true });
  });

  it.each([
    ['not-allowed', undefined, 'Only organizers', '只有主办方'],
    ['unknown-event', [], 'None of the events', '没有找到'],
    [
      'nothing',
      { event: FAIR },
      'Matchmaking fair has nothing to export yet',
      '“成果对接会”还没有可以导出的内容',
    ],
    ['too-large', { event: FAIR }, 'larger than 20 MB', '超过 20 MB'],
    ['unknown-project', undefined, 'There is no such project', '没有找到这个项目'],
    ['no-files', { project: aProject() }, 'P01 has no files yet', '项目 P01 还没有上传文件'],
    ['no-address', { event: FAIR }, 'set PUBLIC_URL', '设置 PUBLIC_URL'],
  ])('is why there is none: %s', (reason, data, en, zh) => {
    expect(told('en', 'export projects', { ok: false, reason, data })[0]?.text).toContain(en);
    expect(told('zh', '导出项目', { ok: false, reason, data })[0]?.text).toContain(zh);
  });
});
