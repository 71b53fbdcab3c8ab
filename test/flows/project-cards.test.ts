import { beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../src/domain/project.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { aCall } from '../support/projects.ts';
import { fair, type House } from '../usecases/house.ts';
import { CLOSES, filled, houseWithCall, join, stored } from '../usecases/project-house.ts';
import { Applicant } from './applicant.ts';

let house: House;
beforeEach(async () => {
  house = await houseWithCall();
  await filled(house);
});

async function change(given: Partial<Project>, id = 'run.1'): Promise<void> {
  const before = await stored(house, id);
  await house.stores.projects.save({ ...before, ...given, rev: before.rev + 1 });
}

async function publish(id = 'run.1'): Promise<void> {
  const at = house.clock.now();
  const decision = { number: 1, verdict: 'accept', messages: [], by: 'b', at, publishedAt: at } as const;
  await change({ state: 'accepted', decision }, id);
}

async function reviewedBy(person: string): Promise<void> {
  const { event } = await stored(house);
  const grant = { id: person, person, role: 'reviewer', office: 'office', event, part: null } as const;
  await house.stores.grants.add({ ...grant, note: null, by: null, at: house.clock.now(), ended: null });
}

const WHOLE = {
  en: [
    'Project P01: Soil improvement with desulfurized coal waste',
    'Event: Matchmaking fair',
    'State: submitted',
    'Title in Chinese: 盐碱地改良技术',
    'Title in English: Soil improvement with desulfurized coal waste',
    'Field: Energy and environment',
    'Kind of applicant: University department',
    'Applicant: 热能工程系',
    'Contact: 项目联络人',
    'Phone: +8613800138000',
    'E-mail: team@example.org',
    'Stage: Pilot',
    'Summary in Chinese: 利用燃煤烟气脱硫废弃物改良盐碱土壤。',
    'Summary in English: Improves saline-alkali soil with desulfurized coal waste.',
    'Industrialization: 已在三省完成示范。',
    'Market expansion plan: 面向西北盐碱地区推广。',
    'Capital needs: CNY 5 million',
    'Public in the manual: Industrialization, Market expansion plan',
  ],
  zh: [
    '项目 P01：盐碱地改良技术',
    '活动：成果对接会',
    '状态：已提交',
    '中文名称：盐碱地改良技术',
    '英文名称：Soil improvement with desulfurized coal waste',
    '所属领域：能源环境',
    '申报单位类型：院系',
    '申报单位：热能工程系',
    '联系人：项目联络人',
    '联系电话：+8613800138000',
    '电子邮箱：team@example.org',
    '所处阶段：中试',
    '中文摘要：利用燃煤烟气脱硫废弃物改良盐碱土壤。',
    '英文摘要：Improves saline-alkali soil with desulfurized coal waste.',
    '产业化情况：已在三省完成示范。',
    '市场拓展计划：面向西北盐碱地区推广。',
    '资金需求：500万元',
    '在项目手册中公开：产业化情况、市场拓展计划',
  ],
} as const;
const WITHHELD =
  /^(?:State|Contact|Phone|E-mail|Capital|Public|状态|联系|电子邮箱|资金需求|在项目手册中公开)/u;

describe.each(['en', 'zh'] as const)('a project that somebody outside of its team opens, in %s,', (lang) => {
  const said = { en: 'project P01', zh: '项目 P01' }[lang];

  it('is all there for a reviewer', async () => {
    await change({ state: 'submitted' });
    await reviewedBy('reviewer');
    expect(await new Applicant(house, 'reviewer', lang).say(said)).toEqual([WHOLE[lang].join('\n')]);
  });

  it('is what its team made public for everybody else', async () => {
    await publish();
    const shown = WHOLE[lang].filter((line) => !WITHHELD.test(line));
    expect(shown).toHaveLength(12);
    expect(await new Applicant(house, 'guest', lang).say(said)).toEqual([shown.join('\n')]);
  });
});

describe('a code that two events have', () => {
  const expo = { code: 'expo', title: { zh: '展会', en: 'Expo' } };
  beforeEach(async () => {
    await house.verbs.importEvent(fair({ ...expo, call: aCall({ closesAt: CLOSES }) }));
    const before = await stored(house);
    await house.stores.projects.save({ ...before, id: 'run.2', event: eventId('office', 'expo'), rev: 1 });
  });

  it.each([
    ['en', 'edit P01', 'There are several projects P01. Which one?', 'P01 expo Soil improvement'],
    ['zh', '修改项目 P01', '有几个项目的编号都是 P01，是哪一个？', 'P01 expo 盐碱地改良技术'],
  ] as const)('is asked about where both are one’s own, in %s', async (lang, said, question, label) => {
    const who = new Applicant(house, 'lead', lang);
    expect(await who.say(said)).toEqual([question]);
    const expected = who.chat.labels.find((one) => one.startsWith(label)) ?? '';
    await who.press(expected);
    expect(who.chat.answers.project).toBe('run.2');
  });

  it.each([
    ['en', 'project P01', 'There are several projects P01. Which one?', ['Matchmaking fair', 'Expo']],
    ['zh', '项目 P01', '有几个项目的编号都是 P01，是哪一个？', ['成果对接会', '展会']],
  ] as const)('is asked about where neither is, in %s', async (lang, said, question, labels) => {
    for (const id of ['run.1', 'run.2']) await publish(id);
    const who = new Applicant(house, 'guest', lang);
    expect(await who.say(said)).toEqual([question]);
    expect([...who.chat.labels].sort()).toEqual([...labels].sort());
    expect((await who.press(labels[1])).join('\n')).toContain(labels[1]);
  });
});

describe('a member who is removed by chat', () => {
  it.each([
    [
      'en',
      'team P01',
      /^Remove: Member/,
      'Do you really want to remove this member? They will no longer see or change project P01.',
      ['No, leave it as it is', 'Fine, nothing was changed.'],
      ['Yes', 'That member is removed.'],
    ],
    [
      'zh',
      '队友 P01',
      /^移除：成员（/,
      '确定移除这位成员吗？移除后对方不能再查看和修改项目 P01。',
      ['不，保持不变', '好的，没有改动。'],
      ['确定', '已移除这位成员。'],
    ],
  ] as const)(
    'is asked about first, and sees it no more, in %s',
    async (lang, said, remove, sure, no, yes) => {
      await join(house, 'bo');
      const [lead, bo] = [new Applicant(house, 'lead', lang), new Applicant(house, 'bo', lang)];
      const askAgain = async () => {
        await lead.say(said);
        return lead.press(lead.chat.labels.find((label) => remove.test(label)) ?? '');
      };
      expect(await askAgain()).toEqual([sure]);
      expect(await lead.press(no[0])).toEqual([no[1]]);
      expect((await stored(house)).members).toHaveLength(2);
      await askAgain();
      expect(await lead.press(yes[0])).toEqual([yes[1]]);
      expect((await stored(house)).members.map(({ person }) => person)).toEqual(['lead']);
      expect((await bo.say('project P01'))[0]).toContain(lang === 'zh' ? '您无权查看' : 'that you can see');
    },
  );

  it('can be removed by the lead alone, who is told so', async () => {
    await join(house, 'bo');
    const bo = new Applicant(house, 'bo');
    await bo.say('team P01');
    expect(bo.chat.labels.filter((label) => label.startsWith('Remove'))).toEqual([]);
    expect(await bo.say('team P01 remove lead yes')).toEqual([
      'Only the lead can remove members. Send “team P01” to see who that is.',
    ]);
  });
});
