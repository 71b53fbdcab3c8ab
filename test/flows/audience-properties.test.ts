import { describe, expect, it } from 'vitest';
import { parseAudience } from '../../flows/audience.ts';
import { describeAudience } from '../../flows/audience-sentence.ts';
import { writeAudience } from '../../flows/audience-written.ts';
import {
  type Audience,
  type Condition,
  canonicalJson,
  type Leaf,
  needsProjects,
  simplify,
} from '../../src/domain/audience.ts';
import { matches, type Subject } from '../../src/domain/audience-match.ts';
import type { Lang } from '../../src/text/text.ts';
import { registration, session } from '../domain/examples.ts';
import fc from '../support/any.ts';
import { aCall, aProject, parts, WRITTEN } from '../support/projects.ts';
import { event, NOW } from './guest.ts';

const TRACK = {
  code: 'main',
  name: { zh: '主会场路演', en: 'Main stage' },
  session: null,
  fields: [],
  capacity: null,
};
const FAIR = event('fair', {
  sessions: [session('opening')],
  maxParty: 9,
  call: aCall({ tracks: [TRACK] }),
});

const leaf = fc.constantFrom<Leaf>(
  { state: ['confirmed', 'pending'] },
  { active: true },
  { attendance: 'onsite' },
  { kind: 'team' },
  { session: 'opening' },
  { seated: 'opening' },
  { waits: true },
  { checkedIn: true },
  { language: 'en' },
  { channel: 'wechat' },
  { answer: { question: 'field', value: 'ai' } },
  { party: 2 },
  { project: ['accepted'] },
  { project: ['draft', 'submitted'] },
  { projectField: 'energy' },
  { track: 'main' },
  { lacking: true },
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 4 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

const lang = fc.constantFrom<Lang>('zh', 'en');
const source: Audience['source'] = { kind: 'event', event: FAIR.id };

const project = fc
  .record({
    state: fc.constantFrom('accepted' as const, 'draft' as const, 'submitted' as const),
    field: fc.constantFrom('energy', 'materials'),
    track: fc.constantFrom(null, 'main'),
  })
  .map(({ state, field, track }) =>
    aProject({
      state,
      parts: parts({ ...WRITTEN, field }),
      slot: track === null ? null : { track, place: 1, state: 'proposed', at: NOW },
    }),
  );

const subject = fc
  .record({
    status: fc.constantFrom('confirmed' as const, 'waitlisted' as const, 'cancelled' as const),
    attendance: fc.constantFrom('onsite' as const, 'online' as const),
    sessions: fc.constantFrom<string[]>([], ['opening']),
    party: fc.integer({ min: 1, max: 3 }),
    projects: fc.array(project, { maxLength: 2 }),
  })
  .map(({ status, projects, ...details }): Subject => {
    const held = registration({ status });
    return {
      person: {
        id: 'a',
        accounts: [],
        shut: [],
        lang: 'en',
        langChosen: true,
        notices: true,
        createdAt: NOW,
      },
      registration: { ...held, details: { ...held.details, ...details } },
      event: FAIR,
      projects,
      account: undefined,
      seats: [],
    };
  });

describe('any audience', () => {
  it('means the same however it is simplified', () => {
    fc.assert(
      fc.property(condition, subject, (where, one) => {
        expect(matches(simplify(where), one)).toBe(matches(where, one));
        expect(simplify(simplify(where))).toEqual(simplify(where));
        expect(canonicalJson({ source, where: simplify(where) })).toBe(canonicalJson({ source, where }));
      }),
    );
  });

  it('can be said', () => {
    fc.assert(
      fc.property(condition, lang, (where, language) => {
        const said = describeAudience({ source, where }, FAIR, language);
        expect(said).toMatch(language === 'zh' ? /(?:嘉宾|团队|任何人)$/u : /guests|teams|nobody/u);
        expect(said).not.toMatch(/[{}]| {2}|undefined|^ | $/u);
        expect(said).not.toMatch(language === 'zh' ? /（）|的的|、、/u : /\(\)|who who|\( /u);
        const teams = { kind: 'members', event: FAIR.id } as const;
        const ofTeams = describeAudience({ source: teams, where }, FAIR, language);
        expect(ofTeams).toMatch(
          language === 'zh' ? /(?:项目成员|任何人)$/u : /^(?:guests and )?members|nobody/u,
        );
      }),
    );
  });

  it('that is of teams alone is true of nobody without a project', () => {
    fc.assert(
      fc.property(condition, subject, (where, one) => {
        const teams = { kind: 'members', event: FAIR.id } as const;
        const said = describeAudience({ source: teams, where }, FAIR, 'en');
        if (said.startsWith('members')) expect(matches(where, { ...one, projects: [] })).toBe(false);
      }),
    );
  });

  it('that is written for a change is read as the same again', () => {
    fc.assert(
      fc.property(condition, lang, (where, language) => {
        const simple = simplify(where);
        const from: Audience['source'] = needsProjects(simple) ? { kind: 'members', event: FAIR.id } : source;
        const text = writeAudience({ source: from, where: simple }, FAIR, language);
        if (text === undefined) return;
        const read = parseAudience(text, FAIR, language);
        expect('audience' in read && canonicalJson(read.audience)).toBe(
          canonicalJson({ source: from, where: simple }),
        );
      }),
    );
  });
});

describe('any text', () => {
  const words = fc.constantFrom(
    ...['onsite', 'or', 'and', 'not', '(', ')', ',', '、', 'session', 'opening', 'party', '2', 'tickets'],
    ...[
      '7K2M9QXA',
      '现场',
      '且',
      '或',
      '非',
      '（',
      '）',
      '类型',
      '企业',
      '：',
      'role',
      'owner',
      'vip',
      '贵宾',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(words, { maxLength: 14 }).map((some) => some.join(' ')),
    fc.array(words, { maxLength: 14 }).map((some) => some.join('')),
  );

  it('is understood, or explained in the language of whoever wrote it', () => {
    fc.assert(
      fc.property(text, lang, (said, language) => {
        const read = parseAudience(said, FAIR, language);
        if ('audience' in read)
          expect(describeAudience(read.audience, FAIR, language).length).toBeGreaterThan(3);
        else expect(read.problem).toMatch(language === 'zh' ? /例如/u : /for example/iu);
      }),
      { numRuns: 400 },
    );
  });
});
