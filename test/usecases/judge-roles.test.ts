import { beforeEach, describe, expect, it } from 'vitest';
import { digestOf, newCode } from '../../src/usecases/codes.ts';
import { FAIR } from './house.ts';
import { JudgingDay } from './judging.ts';
import { idOf } from './linking.ts';

describe('a judge', () => {
  it('is briefed as they claim the role, and confirms or declares a conflict', async () => {
    const day = await JudgingDay.open({ planned: false });
    const code = newCode();
    const by = { by: idOf('ada'), expiresAt: null, slot: null, use: undefined };
    const scope = { role: 'judge' as const, office: 'office', event: FAIR, part: 'main', project: null };
    await day.house.stores.invites.add({ id: digestOf('claim', code), ...scope, note: '交通研究院', ...by });
    const heard = await day.say('guest', `认领 ${code}`, 'zh');
    expect(heard.split('\n')).toEqual(
      expect.arrayContaining([
        '主赛道：共 3 个项目，按出场顺序',
        'P01 盐碱地改良 · 热能工程系',
        'P02 车路协同 · 交通研究院（与您的单位相同，建议回避）',
        '产业化：权重 40，0–100 分',
        '[确认担任评委]',
        '[回避 P02 车路协同]',
      ]),
    );
    await day.press('guest', '回避 P02 车路协同');
    expect(await day.sheets()).toEqual(['p2 guest recused']);
    expect(await day.press('guest', '确认担任评委')).toContain('已确认您担任评委');
    const again = await day.say('guest', '评委须知');
    expect(again).toContain('P02 车路协同 · 交通研究院（已回避）');
    expect(again).not.toContain('[确认担任评委]');
    expect(await day.say('ada', 'judges')).toContain('交通研究院 · Main track · confirmed');
    expect(await day.say('ada', '评委 绿色赛道')).not.toContain('交通研究院');
    expect(await day.say('ann', 'judges')).toContain('Only the organizers of an event see its judges');
  });

  it('keeps a recusal when the day of the track is planned later', async () => {
    const day = await JudgingDay.open({ planned: false });
    await day.say('ann', 'recuse P01');
    const planned = await JudgingDay.open();
    const run = await planned.run();
    await day.house.stores.runs.save(run);
    expect(await day.say('ann', 'P01 85 90 78')).toContain('You stand back from P01');
    expect(await day.say('ann', 'sheets')).toContain('P01 Soil improvement: you stand back');
    expect(await day.say('ann', 'recuse P04')).toContain('you are not on its panel');
    expect(await day.say('ann', 'recuse P99')).toContain('no project P99');
  });

  it('who also reviews is asked what a conflict is about', async () => {
    const day = await JudgingDay.open();
    await day.grant('ann', { id: 'r', role: 'reviewer' });
    expect(await day.say('ann', '回避 P01')).toContain('Which of them do you stand back from for P01?');
    await day.press('ann', 'Scoring it as a judge');
    expect(await day.sheets()).toEqual(['p1 ann recused']);
  });
});

describe('a sheet as a form', () => {
  let day: JudgingDay;
  beforeEach(async () => {
    day = await JudgingDay.open();
  });

  it('is filled in criterion by criterion, kept as a draft, and counts once it is submitted', async () => {
    expect(await day.say('ann', 'score')).toContain('P02 Road sensing\nYour score for “Industrialization”');
    await day.press('ann', '85 points');
    expect(await day.sheets()).toEqual(['p2 ann draft']);
    // Beside a list of eight a small number is a place in it.
    await day.say('ann', '2');
    await day.say('ann', '101');
    await day.say('ann', '5 points');
    expect(await day.sheets()).toEqual(['p2 ann draft']);
    expect((await day.sheet('ann', 2))?.entries.map(({ scores }) => scores)).toEqual([
      { industrialization: 85 },
      { market: 90 },
    ]);
    const review = await day.say('ann', 'solid work');
    expect(review).toContain('Total 62.50. Please check it; it counts once you submit it:');
    expect(await day.press('ann', 'Submit the scores')).toContain('Total: 62.50\nComment: solid work');
    expect(await day.sheets()).toEqual(['p2 ann submitted 6250']);
  });

  it('is corrected with what stands on it, and taken up where it was left', async () => {
    await day.say('ann', 'P01 85 90 78');
    expect(await day.say('ann', 'correct P01')).toContain('Total 84.40');
    await day.say('ann', 'cancel');
    await day.say('bo', 'P01 市场90');
    expect(await day.say('bo', '打分 P01', 'zh')).toContain('Industrialization');
    await day.say('bo', '85');
    expect(await day.say('bo', '78')).toContain('comment');
  });

  it('ends where the scoring has', async () => {
    await day.say('ann', 'score P01');
    await day.score({ state: 'locking' });
    expect(await day.say('ann', '85')).toContain('The scoring has ended');
    expect(await day.sheets()).toEqual([]);
    expect(await day.say('ann', 'score P01')).toContain('The scoring has ended');
    expect(await day.say('guest', 'score P01')).toContain('You are not a judge');
  });
});

describe('scores that are entered for a judge', () => {
  it('are marked, told to the judge, and theirs to correct', async () => {
    const day = await JudgingDay.open();
    expect(await day.say('sam', 'panel')).toContain(
      'The panel of Main track\nJ1: ann of a lab\nJ2: bo of a lab',
    );
    const heard = await day.say('sam', 'for J2 P01 85 90 78');
    expect(heard).toContain('Recorded for judge 2 (bo of a lab): P01 Soil improvement');
    expect(await day.sheet('bo', 1)).toMatchObject({
      entries: [{ proxy: true, by: idOf('sam') }],
      total: 8440,
    });
    const [letter] = day.house.lettersTo(idOf('bo'));
    expect(letter?.letter.text).toContain('计分长代您记录了 P01 盐碱地改良 的评分');
    await day.say('bo', 'correct P01 85 90 80');
    expect((await day.sheet('bo', 1))?.entries.map(({ proxy, by }) => [proxy, by])).toEqual([
      [true, idOf('sam')],
      [false, idOf('bo')],
    ]);
    expect(await day.say('ada', '代 评委3 P01 70 70 70')).toContain('Recorded for judge 3');
  });

  it('are refused of anybody else, of a number that nobody has, and without their form', async () => {
    const day = await JudgingDay.open();
    expect(await day.say('ann', 'for J2 P01 85 90 78')).toContain('Only the chief scorer and the organizers');
    expect(await day.say('sam', 'for J9 P01 85 90 78')).toContain('Nobody has the number 9 on the panel');
    expect(await day.say('sam', 'for J2')).toContain('for J3 P03 85 90 78');
    expect(await day.say('ann', 'panel')).toContain('Only the chief scorer');
    await day.say('bo', 'recuse P01');
    expect(await day.say('sam', 'for J2 P01 85 90 78')).toContain('stand');
    expect(await day.sheets()).toEqual(['p1 bo recused']);
  });
});

describe('before publication', () => {
  it('a judge hears nothing of what another one scored, whatever they send', async () => {
    const day = await JudgingDay.open();
    await day.say('bo', 'P01 61 62 63 words of another');
    await day.say('cy', 'P02 41 42 43');
    const said = [
      'sheets',
      'briefing',
      'judges',
      'panel',
      'P01',
      'score P01',
      'cancel',
      'correct P02',
      'mine',
    ];
    const orders = ['results', 'standing', '排名', '我的评分', 'for J2 P01', 'help', 'review P01', 'export'];
    for (const one of [...said, ...orders]) {
      const heard = await day.say('ann', one);
      expect(heard).not.toMatch(/\b(?:61|62|63|41|42|43)\b|words of another|61\.90|41\.90/u);
    }
    await day.say('ann', 'cancel');
    expect(await day.say('bo', 'sheets')).toBe(
      'Your scores, Main track (1 to come)\nP01 Soil improvement: 61.90\nP02 Road sensing: to be scored\nP03 Strong ceramics: not on stage yet',
    );
  });
});
