import { describe, expect, it } from 'vitest';
import { parseAudience } from '../../flows/audience.ts';
import { describeAudience } from '../../flows/audience-sentence.ts';
import { writeAudience } from '../../flows/audience-written.ts';
import type { Audience, Condition } from '../../src/domain/audience.ts';
import type { Lang } from '../../src/text/text.ts';
import { aCall } from '../support/projects.ts';
import { event } from './guest.ts';

const FAIR = event('fair', {
  call: aCall({
    tracks: [
      {
        code: 'main',
        name: { zh: '主会场路演', en: 'Main stage' },
        session: null,
        fields: [],
        capacity: null,
      },
    ],
  }),
});

function read(text: string, lang: Lang = 'en', of = FAIR): Audience {
  const parsed = parseAudience(text, of, lang);
  if ('problem' in parsed) throw new Error(`expected an audience, received: ${parsed.problem}`);
  return parsed.audience;
}

const teams = { kind: 'members', event: FAIR.id } as const;

describe('an audience of teams in words', () => {
  it.each<[string, string, Condition]>([
    ['project accepted', '项目 已通过', { project: ['accepted'] }],
    [
      'project draft or submitted',
      '项目状态 草稿或已提交',
      { any: [{ project: ['draft'] }, { project: ['submitted'] }] },
    ],
    ['project field energy', '项目领域 能源环境', { projectField: 'energy' }],
    ['track main', '赛道：主会场路演', { track: 'main' }],
    ['missing material', '缺材料', { lacking: true }],
    [
      'project accepted and not missing material',
      '项目 已通过 且 非 缺材料',
      { all: [{ project: ['accepted'] }, { not: { lacking: true } }] },
    ],
    [
      'onsite or track main',
      '现场 或 赛道 主会场路演',
      { any: [{ attendance: 'onsite' }, { track: 'main' }] },
    ],
  ])('%s / %s is read, and written again', (en, zh, where) => {
    for (const audience of [read(en), read(zh, 'zh')]) expect(audience).toEqual({ source: teams, where });
    for (const lang of ['zh', 'en'] as const) {
      const written = writeAudience({ source: teams, where }, FAIR, lang) ?? '';
      expect(read(written, lang)).toEqual({ source: teams, where });
    }
  });

  it('takes a field for one of projects, unless guests chose it in a question of the event', () => {
    expect(read('field materials')).toEqual({ source: teams, where: { projectField: 'materials' } });
    const label = { zh: '关注领域', en: 'Fields' };
    const asking = {
      ...FAIR,
      questions: [
        {
          id: 'fields',
          kind: 'multi' as const,
          ask: label,
          label,
          optional: true,
          choices: [
            { value: 'energy', label: { zh: '能源环境', en: 'Energy and environment' } },
            { value: 'other', label: { zh: '其他', en: 'Other' } },
          ],
        },
      ],
    };
    expect(read('field energy', 'en', asking)).toEqual({
      source: { kind: 'event', event: FAIR.id },
      where: { answer: { question: 'fields', value: 'energy' } },
    });
    expect(read('领域 新材料', 'zh', asking).where).toEqual({ projectField: 'materials' });
    expect(read('项目领域 能源环境', 'zh', asking).where).toEqual({ projectField: 'energy' });
  });

  it('is told where the event calls for no projects', () => {
    const parsed = parseAudience('project accepted', event('fair'), 'en');
    expect('problem' in parsed && parsed.problem).toContain('nothing that “project” could choose from');
  });

  it.each<[string, string, string]>([
    [
      'project accepted',
      'members of projects who have a project that is accepted',
      '项目状态为已通过的项目成员',
    ],
    [
      'project field energy and missing material',
      'members of projects who have a project in the field “Energy and environment” and have a project that is not complete',
      '项目领域为“能源环境”、项目缺材料的项目成员',
    ],
    [
      'onsite or track main',
      'guests and members of projects who attend on site or have a project in the track “Main stage”',
      '现场参加或项目在赛道“主会场路演”的嘉宾和项目成员',
    ],
    [
      'not project accepted',
      'guests and members of projects who have no project that is accepted',
      '没有状态为已通过的项目的嘉宾和项目成员',
    ],
  ])('%s is said as “%s”', (text, en, zh) => {
    expect(describeAudience(read(text), FAIR, 'en')).toBe(en);
    expect(describeAudience(read(text), FAIR, 'zh')).toBe(zh);
  });
});
