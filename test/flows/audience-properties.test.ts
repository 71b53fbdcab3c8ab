import { describe, expect, it } from 'vitest';
import { parseAudience } from '../../flows/audience.ts';
import { describeAudience } from '../../flows/audience-sentence.ts';
import {
  type Audience,
  type Condition,
  canonicalJson,
  type Leaf,
  simplify,
} from '../../src/domain/audience.ts';
import { matches, type Subject } from '../../src/domain/audience-match.ts';
import type { Lang } from '../../src/text/text.ts';
import { registration, session } from '../domain/examples.ts';
import fc from '../support/any.ts';
import { event, NOW } from './guest.ts';

const FAIR = event('fair', { sessions: [session('opening')], maxParty: 9 });

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

const subject = fc
  .record({
    status: fc.constantFrom('confirmed' as const, 'waitlisted' as const, 'cancelled' as const),
    attendance: fc.constantFrom('onsite' as const, 'online' as const),
    sessions: fc.constantFrom<string[]>([], ['opening']),
    party: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ status, ...details }): Subject => {
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
