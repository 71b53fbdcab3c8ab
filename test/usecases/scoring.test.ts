import { beforeEach, describe, expect, it } from 'vitest';
import { emptySheet } from '../../src/domain/sheet.ts';
import { FAIR } from './house.ts';
import { JudgingDay } from './judging.ts';
import { idOf, joined } from './linking.ts';

let day: JudgingDay;
beforeEach(async () => {
  day = await JudgingDay.open();
});

describe('a line of scores', () => {
  it('lands on the project on stage, and is read back in full', async () => {
    expect(await day.say('ann', '85 90 78 very solid')).toBe(
      [
        'Recorded: P02 Road sensing',
        'Industrialization: 85',
        'Market expansion plan: 90',
        'Capital needs: 78',
        'Total: 84.40',
        'Comment: very solid',
        'To correct it, send the scores again, or “correct P02”.',
      ].join('\n'),
    );
    expect(await day.say('bo', '８５，９０，７８ 很扎实', 'zh')).toBe(
      [
        '已记录：P02 车路协同',
        '产业化：85',
        '市场拓展计划：90',
        '资金需求：78',
        '合计：84.40',
        '评语：很扎实',
        '更正请重发或发送“更正 P02”。',
      ].join('\n'),
    );
    expect(await day.sheets()).toEqual(['p2 ann submitted 8440', 'p2 bo submitted 8440']);
  });

  it.each([
    'P01 85/90/78',
    '1号 85，90，78',
    'p1产业化85 市场90 资金78',
    '打分 P01 85 90 78',
    'score P01 85 90 78',
  ])('names a project: %s', async (line) => {
    await day.say('ann', line);
    expect(await day.sheets()).toEqual(['p1 ann submitted 8440']);
  });

  it('is corrected by another, and each stays as an entry', async () => {
    await day.say('ann', '85 90 78 solid');
    await day.say('ann', 'correct P02 85 90 80');
    await day.say('ann', '更正 P02 市场80');
    const sheet = await day.sheet('ann', 2);
    expect(sheet?.entries.map(({ scores }) => Object.values(scores))).toEqual([
      [85, 90, 78],
      [85, 90, 80],
      [80],
    ]);
    expect([sheet?.total, sheet?.comment]).toEqual([8200, 'solid']);
  });

  it('of some of the scores is a draft, until the others come', async () => {
    expect(await day.say('ann', 'P01 市场90')).toContain('Still missing: Industrialization, Capital needs.');
    expect(await day.sheets()).toEqual(['p1 ann draft']);
    expect(await day.say('ann', 'P01 产业化85 资金78')).toContain('Total: 84.40');
  });

  it('is for the track whose panel the judge is on, where several are on stage', async () => {
    await day.say('dee', '80 80 80');
    expect(await day.sheets()).toEqual(['p4 dee submitted 8000']);
    await day.grant('ann', { id: 'second', part: 'green' });
    await day.score({ panel: ['ann', 'dee'].map((name) => ({ person: idOf(name), name })) }, 'green');
    expect(await day.say('ann', '80 80 80')).toContain('Which project is this for? Nothing is kept yet.');
    await day.press('ann', 'P04 Solid batteries');
    expect(await day.sheets()).toEqual(['p4 ann submitted 8000', 'p4 dee submitted 8000']);
  });

  it('of a judge who has joined another account is on the sheet of the panel', async () => {
    await joined(day.house, 'bo', 'guest');
    await day.say('guest', '85 90 78');
    expect(await day.sheets()).toEqual(['p2 bo submitted 8440']);
  });
});

describe('a line that comes late', () => {
  beforeEach(async () => {
    day.house.clock.pass(10);
    await day.next();
    day.house.clock.pass(1);
  });

  it('is asked about, with nothing stored before', async () => {
    expect(await day.say('ann', '85 90 78 solid')).toBe(
      'Is this for the previous one, P02, or for P03, on stage now? Nothing is kept yet.\n[P02 Road sensing]\n[P03 Strong ceramics]',
    );
    expect(await day.sheets()).toEqual([]);
    expect(await day.press('ann', 'P02 Road sensing')).toContain('Comment: solid');
    expect(await day.sheets()).toEqual(['p2 ann submitted 8440']);
    expect(await day.say('bo', '85 90 78', 'zh')).toContain('给上一个 P02 还是现在的 P03？');
  });

  it('is for the one on stage by whoever has scored the one before, names one, or is no longer late', async () => {
    await day.say('ann', 'P02 70 70 70');
    await day.say('ann', '80 80 80');
    await day.say('bo', 'P03 81 81 81');
    day.house.clock.pass(1);
    await day.say('cy', '82 82 82');
    expect(await day.sheets()).toEqual([
      'p2 ann submitted 7000',
      'p3 ann submitted 8000',
      'p3 bo submitted 8100',
      'p3 cy submitted 8200',
    ]);
  });
});

const REFUSED: readonly (readonly [string, string, string, string])[] = [
  [
    'out of range',
    'P01 85 190 78',
    '“市场拓展计划”的分数应在 0–100 之间，收到 190',
    'from 0 to 100, and 190 came',
  ],
  ['between steps', 'P01 85 90.5 78', '每 1 分一档，收到 90.5', 'in steps of 1, and 90.5 came'],
  ['with too many numbers', 'P01 85 90 78 60', '需要 3 个分数', '3 scores are needed'],
  ['with too few numbers', 'P01 85 90', '收到 2 个', 'and 2 came'],
  ['for a project of another track', 'P04 85 90 78', '您不在那里的评委席上', 'you are not on its panel'],
  ['for a project that was not on stage', 'P03 85 90 78', '还没有上台', 'has not been on stage yet'],
  ['for P99', 'P99 85 90 78', '没有您能打分的项目 P99', 'no project P99 for you'],
  ['of words only', 'P01 很扎实', '没有看到分数', 'There is no score in that'],
  ['for two projects', 'P01 85 90 78 P02 70 70 70', '收到的有 P01、P02', 'this names P01 and P02'],
  ['with a criterion twice', 'P01 市场90 市场80', '出现了两次', 'is in it twice'],
];

describe('a line that cannot be taken', () => {
  it.each(REFUSED)('%s', async (_, line, zh, en) => {
    for (const [name, lang, said] of [
      ['ann', 'zh', zh],
      ['bo', 'en', en],
    ] as const) {
      const heard = await day.say(name, line, lang);
      expect(heard).toContain(said);
      expect(heard).toContain(lang === 'zh' ? '没有记录' : 'othing was kept');
      expect(heard.split('\n')).toHaveLength(1);
    }
    expect(await day.sheets()).toEqual([]);
  });

  it.each(['locking', 'locked', 'published'] as const)('when the scoring is %s', async (state) => {
    await day.score({ state });
    expect(await day.say('ann', 'P01 85 90 78')).toContain('The scoring has ended');
    expect(await day.say('bo', '85 90 78', 'zh')).toContain('打分已结束');
    expect(await day.sheets()).toEqual([]);
  });

  it('before the scoring begins', async () => {
    await day.score({ state: 'closed' });
    expect(await day.say('ann', 'P01 85 90 78')).toContain('The scoring has not begun');
    expect(await day.say('bo', '85 90 78', 'zh')).toContain('打分还没有开始');
    expect(await day.sheets()).toEqual([]);
  });

  it('of somebody who is no judge, where it is surely meant as scores', async () => {
    expect(await day.say('guest', 'P01 85 90 78')).toContain('You are not a judge');
    expect(await day.say('sam', 'P01 85 90 78', 'zh')).toContain('您不是评委');
    expect(await day.say('guest', '85 90 78')).toContain('Hello, I am the events assistant');
    expect(await day.sheets()).toEqual([]);
  });

  it('of a judge who stands back, until they take that back', async () => {
    expect(await day.say('ann', 'recuse P01')).toContain('You stand back from P01 Soil improvement');
    expect(await day.say('ann', 'P01 85 90 78')).toContain('send “return P01” first');
    expect(await day.say('bo', '回避 P01', 'zh')).toContain('您已回避');
    expect(await day.say('bo', 'P01 85 90 78')).toContain('撤销回避 P01');
    expect(await day.sheets()).toEqual(['p1 ann recused', 'p1 bo recused']);
    await day.say('bo', '撤销回避 P01');
    await day.say('bo', 'P01 85 90 78');
    expect(await day.sheets()).toEqual(['p1 ann recused', 'p1 bo submitted 8440']);
    expect(await day.say('bo', 'return P01')).toContain('无需撤销');
  });

  it('when nothing is on stage: the last project is offered', async () => {
    const run = await day.run();
    const command = { id: 'x', at: day.house.clock.now(), by: 'host', what: 'noshow' as const, item: 'i-p2' };
    await day.house.stores.runs.save({ ...run, commands: [...run.commands, command], rev: 2 });
    expect(await day.say('ann', '85 90 78')).toContain('No project is on stage now');
    await day.press('ann', 'P01 Soil improvement');
    expect(await day.sheets()).toEqual(['p1 ann submitted 8440']);
  });
});

describe('what was acknowledged', () => {
  it('is stored once, also when its effect is carried out again after the stage has gone on', async () => {
    const effect = { id: 'web:main:ann.7', kind: 'submit-scores', input: { line: '85 90 78', seat: null } };
    const once = await day.verbs.performEffect(effect, idOf('ann'));
    await day.next();
    await day.score({ state: 'locking' });
    const again = await day.verbs.performEffect(effect, idOf('ann'));
    expect([once.ok, again.ok]).toEqual([true, true]);
    expect(await day.sheets()).toEqual(['p2 ann submitted 8440']);
    expect((await day.sheet('ann', 2))?.entries).toHaveLength(1);
  });

  it('loses to the lock in one sentence, whichever sheet was there before', async () => {
    const { stores } = day.house;
    await day.say('bo', '70 70 70');
    const lock = async () => {
      const of = { event: FAIR, track: 'main', project: 'p2' };
      const empty = ['ann', 'cy'].map((name) => emptySheet({ ...of, judge: idOf(name) }));
      await stores.sheets.lock(FAIR, 'main', empty);
    };
    // The lock comes between the reading of a sheet and its writing.
    let isLocked = false;
    day.verbs = day.house.verbsOn({
      ...stores,
      sheets: {
        ...stores.sheets,
        async save(next) {
          if (!isLocked) await lock();
          isLocked = true;
          return stores.sheets.save(next);
        },
      },
    });
    expect(await day.say('ann', '85 90 78')).toContain('The scoring has ended');
    isLocked = false;
    expect(await day.say('bo', '85 90 78')).toContain('The scoring has ended');
    expect(await day.sheets()).toEqual(['p2 bo submitted 7000']);
  });

  it('is written on top of what came at the same time', async () => {
    const lines = ['P02 产业化85', 'P02 市场90', 'P02 资金78'];
    const all = lines.map((line, i) => ({ id: `e${i}`, kind: 'submit-scores', input: { line, seat: null } }));
    await Promise.all(all.map((effect) => day.verbs.performEffect(effect, idOf('ann'))));
    expect(await day.sheets()).toEqual(['p2 ann submitted 8440']);
    expect((await day.sheet('ann', 2))?.rev).toBe(3);
  });

  it('can be written on again once its sheet was reopened', async () => {
    await day.say('ann', '85 90 78');
    const sheet = await day.sheet('ann', 2);
    if (!sheet) throw new Error('expected a sheet, received none');
    const { project, judge } = sheet;
    const opened = {
      id: 'r',
      project,
      judge,
      by: 'ada',
      at: day.house.clock.now(),
      reason: 'a slip',
      endedAt: null,
    };
    await day.score({ state: 'locked', reopened: [opened] });
    const entry = { id: 'r', at: day.house.clock.now(), by: 'ada', what: 'reopened' as const };
    const reopened = { ...entry, proxy: false, scores: {}, comment: null, reason: 'a slip' };
    await day.house.stores.sheets.save({ ...sheet, entries: [...sheet.entries, reopened], rev: 2 });
    expect(await day.say('ann', 'P02 85 90 80')).toContain('Total: 85.00');
    expect(await day.say('bo', 'P02 85 90 80')).toContain('The scoring has ended');
  });
});
